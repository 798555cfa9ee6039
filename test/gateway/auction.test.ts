import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { openSocket } from './socket.ts';

let gateway: Gateway;
let table: DynamoDBClient;

beforeAll(async () => {
  gateway = await startGateway({ template: 'template.yaml', configEnv: 'dev' });
  table = new DynamoDBClient({
    endpoint: gateway.dynamodbEndpoint!,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
}, 30_000);
afterAll(async () => {
  table?.destroy();
  await gateway?.stop();
});

/** The members that these tests look at, of whichever answer. */
type Reply = {
  readonly lotId: string;
  readonly make: string;
  readonly version: number;
  readonly amountCents: number;
  readonly highestBid: { readonly amountCents: number };
  readonly lots: readonly { readonly lotId: string; readonly closesAt: string }[];
  readonly bids: readonly { readonly bidId: string }[];
  readonly error: Readonly<Record<string, unknown>>;
};
const json = async (response: Response): Promise<Reply> => (await response.json()) as Reply;
const post = (api: string, path: string, body: unknown): Promise<Response> =>
  gateway.fetch(api, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const newLot = async (): Promise<string> => {
  const closesAt = new Date(gateway.clock.now() + 3_600_000).toISOString();
  const lot = { make: 'Saab', model: '96', year: 1973, startPriceCents: 100_000, closesAt };
  const response = await post('Market', '/dev/lots', lot);
  expect(response.status).toBe(201);
  return (await json(response)).lotId;
};
const bid = (lotId: string, bidId: string, amountCents: number): Promise<Response> =>
  post('Bidding', `/dev/lots/${lotId}/bids`, { bidId, bidder: 'ada', amountCents });

describe('Market', () => {
  test('status is answered by API Gateway alone', async () => {
    const response = await gateway.fetch('Market', '/dev/status');
    expect([response.status, await response.json()]).toEqual([200, { service: 'market', status: 'ok' }]);
  });

  test('a first start shows a dozen demo lots, those that close next first, with no reserve price', async () => {
    const page = await json(await gateway.fetch('Market', '/dev/lots'));
    const lots = page.lots as unknown as { lotId: string; closesAt: string }[];
    const demo = lots.filter((lot) => lot.lotId.startsWith('demo-'));
    expect(demo).toHaveLength(12);
    expect(demo.map((lot) => lot.closesAt)).toEqual(demo.map((lot) => lot.closesAt).sort());
    expect(JSON.stringify(page)).not.toContain('reservePrice');
  });

  test('the release role reaches the newest build through the stage next', async () => {
    const response = await gateway.fetch('Market', '/next/lots/demo-12');
    expect([response.status, (await json(response)).make]).toEqual([200, 'Tesla']);
  });

  test('a wrong field is a 400 that names it, without a stack', async () => {
    const response = await post('Market', '/dev/lots', { make: 'Saab', model: '96', year: 1973, closesAt: 'soon' });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text).error.field).toMatch(/startPriceCents|closesAt/);
    expect(text).not.toMatch(/\.ts|node_modules| at /);
  });

  test('an unknown route and an unknown stage are refused in the words of API Gateway', async () => {
    const route = await gateway.fetch('Market', '/dev/nothing');
    expect([route.status, await route.text()]).toEqual([403, '{"message":"Missing Authentication Token"}']);
    const stage = await gateway.fetch('Market', '/prod/lots');
    expect([stage.status, await stage.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });
});

describe('Bidding', () => {
  test('a bid is accepted above the highest only, and a retry gets the same answer', async () => {
    const lotId = await newLot();
    const first = await bid(lotId, 'b-1', 100_000);
    const accepted = await first.text();
    expect([first.status, JSON.parse(accepted).version]).toEqual([201, 1]);
    const low = await bid(lotId, 'b-2', 100_000);
    expect([low.status, (await json(low)).error]).toMatchObject([
      409,
      { field: 'amountCents', priceToBeatCents: 100_000 },
    ]);
    expect((await bid(lotId, 'b-3', 100_001)).status).toBe(201);
    const retry = await bid(lotId, 'b-1', 100_000);
    expect([retry.status, await retry.text()]).toEqual([201, accepted]);
    const ladder = await json(await gateway.fetch('Bidding', `/dev/lots/${lotId}/bids`));
    expect(ladder.bids.map((one) => one.bidId)).toEqual(['b-3', 'b-1']);
  });

  test('fifty bidders at once: versions are dense and the winner is the highest accepted', async () => {
    const lotId = await newLot();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => bid(lotId, `b-${i}`, 100_000 + ((i * 37) % 50) * 100)),
    );
    const accepted = await Promise.all(answers.filter((one) => one.status === 201).map(json));
    const versions = accepted.map((one) => one.version).sort((a, b) => a - b);
    expect(versions).toEqual(versions.map((_, i) => i + 1));
    expect(answers.every((one) => [201, 409, 503].includes(one.status))).toBe(true);
    const lot = await json(await gateway.fetch('Market', `/dev/lots/${lotId}`));
    const amounts = accepted.map((one) => one.amountCents);
    expect(lot.highestBid.amountCents).toBe(Math.max(...amounts));
  });

  test('an unknown lot is a 404, an unknown route API Gateway’s own', async () => {
    expect((await bid('no-such-lot', 'b-1', 1)).status).toBe(404);
    const response = await gateway.fetch('Bidding', '/dev/nothing');
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  });
});

describe('Live', () => {
  test('every watcher of a lot hears of an accepted bid, and of no other lot', async () => {
    const [lotId, otherLot] = [await newLot(), await newLot()];
    const url = gateway.url('Live')!;
    const [one, two, other] = [await openSocket(url), await openSocket(url), await openSocket(url)];
    one.send({ action: 'watch', lotId });
    two.send({ action: 'watch', lotId });
    other.send({ action: 'watch', lotId: otherLot });
    for (const socket of [one, two, other]) await socket.next((message) => message.type === 'watching');
    await bid(lotId, 'b-1', 123_400);
    for (const socket of [one, two]) {
      const price = await socket.next((message) => message.type === 'price');
      expect(price).toMatchObject({ lotId, version: 1, highestBid: { bidder: 'ada', amountCents: 123_400 } });
    }
    await bid(otherLot, 'b-1', 200_000);
    expect(await other.next((message) => message.type === 'price')).toMatchObject({ lotId: otherLot });
    one.send({ action: 'unwatch', lotId });
    await one.next((message) => message.type === 'unwatched');
    await Promise.all([one, two, other].map((socket) => socket.close()));
  });

  test('a connection that is gone is removed, and only that one', async () => {
    const lotId = await newLot();
    const watcher = await openSocket(gateway.url('Live')!);
    watcher.send({ action: 'watch', lotId });
    await watcher.next((message) => message.type === 'watching');
    // A row whose connection ended without a $disconnect, as happens on AWS.
    const name = gateway.application().tables.find((one) => one.logicalId === 'ConnectionsTable')!.name;
    const expiresAt = { N: String(Math.floor(gateway.clock.now() / 1000) + 3600) };
    const [gone, channel] = [{ S: 'CONN#AAAAAAAAAAAAAAA=' }, { S: `CH#${lotId}` }];
    for (const [pk, sk] of [
      [gone, { S: 'META' }],
      [gone, channel],
      [channel, gone],
    ] as const) {
      await table.send(new PutItemCommand({ TableName: name, Item: { pk, sk, expiresAt } }));
    }
    await bid(lotId, 'b-1', 150_000);
    await watcher.next((message) => message.type === 'price');
    await gateway.idle();
    const left = await table.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': channel },
        ConsistentRead: true,
      }),
    );
    expect(left.Items).toHaveLength(1);
    await bid(lotId, 'b-2', 160_000);
    expect(await watcher.next((message) => message.version === 2)).toMatchObject({ type: 'price' });
    await watcher.close();
  });

  test('what no route takes is answered helpfully', async () => {
    const socket = await openSocket(gateway.url('Live')!);
    socket.socket.send('not even JSON');
    expect(await socket.next((message) => message.type === 'error')).toMatchObject({ type: 'error' });
    socket.send({ action: 'watch', lotId: 'no-such-lot' });
    expect(await socket.next((message) => message.type === 'error')).toMatchObject({
      error: { code: 'lot-unknown', field: 'lotId' },
    });
    await socket.close();
  });
});
