import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DynamoDb } from '#gateway/cloud/dynamodb/dynamodb.ts';
import { findEngineBinary } from '#gateway/cloud/dynamodb/engine-binary.ts';
import type { Table } from '#gateway/model/table.ts';
import { createObserver, type Observation } from '#gateway/observe/observer.ts';
import { bid, bidderIndex, bidsTable, startTestDynamoDb } from './tables.ts';

let dataDirectory: string;
let running: DynamoDb | null = null;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'gavel-tables-'));
});
afterEach(async () => {
  await running?.stop();
  running = null;
  await rm(dataDirectory, { recursive: true });
});

/** Stops the one before, so that each call is a restart with the same data. */
const restart = async (tables: readonly Table[], reset: readonly string[] | 'all' | 'none' = 'none') => {
  await running?.stop();
  running = null;
  const observer = createObserver();
  const notices: string[] = [];
  observer.subscribe((seen: Observation) => seen.kind === 'notice' && notices.push(seen.text));
  running = await startTestDynamoDb({ dataDirectory, tables, reset, observer });
  return { dynamodb: running, notices };
};
const start = async (tables: readonly Table[], reset: readonly string[] | 'all' | 'none' = 'none') =>
  (await restart(tables, reset)).dynamodb;
const put = (dynamodb: DynamoDb, table = 'bids') =>
  dynamodb.call('PutItem', { TableName: table, Item: bid('a', 1, { bidder: { S: 'ada' } }) });
const count = async (dynamodb: DynamoDb, table = 'bids', more: object = {}) =>
  (await dynamodb.call<{ Count: number }>('Scan', { TableName: table, ...more })).Count;

test('tables and items outlive a restart, and only the first start made them', async () => {
  const first = await start([bidsTable()]);
  expect(first.created).toEqual(['bids']);
  await put(first);
  const second = await start([bidsTable()]);
  expect(second.created).toEqual([]);
  expect(await count(second)).toBe(1);
});

test.each([
  {
    change: 'another key',
    table: bidsTable({ keySchema: [{ AttributeName: 'lot', KeyType: 'HASH' }] }),
    why: 'its key was lot + version and is now lot',
  },
  {
    change: 'another type of a key',
    table: bidsTable({
      attributeDefinitions: bidsTable().attributeDefinitions.map((a) => ({ ...a, AttributeType: 'S' as const })),
    }),
    why: 'version was of type N and is now S',
  },
  {
    change: 'another key of an index',
    table: bidsTable({
      globalSecondaryIndexes: [{ ...bidderIndex, KeySchema: [{ AttributeName: 'bidder', KeyType: 'HASH' }] }],
    }),
    why: 'its index byBidder has changed',
  },
  {
    change: 'a new local index',
    table: bidsTable({
      localSecondaryIndexes: [
        {
          IndexName: 'inLot',
          KeySchema: [
            { AttributeName: 'lot', KeyType: 'HASH' },
            { AttributeName: 'bidder', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
    why: 'its local secondary indexes have changed',
  },
])('$change is refused with the way out, and the data stay', async ({ table, why }) => {
  await put(await start([bidsTable()]));
  await expect(start([table])).rejects.toThrow(
    new RegExp(`template.yaml:12:3: table bids .*${why.replace(/\+/g, '\\+')}\\n.*--reset bids`),
  );
  expect(await count(await start([bidsTable()]))).toBe(1);

  const anew = await start([table], ['bids']);
  expect(anew.created).toEqual(['bids']);
  expect(await count(anew)).toBe(0);
});

test('a new index is added and filled; one that the template drops stays, and is named', async () => {
  const without = bidsTable({
    globalSecondaryIndexes: [],
    attributeDefinitions: bidsTable().attributeDefinitions.slice(0, 2),
  });
  await put(await start([without]));
  expect(await count(await start([bidsTable()]), 'bids', { IndexName: 'byBidder' })).toBe(1);
  const { notices } = await restart([without]);
  expect(notices).toEqual(['table bids keeps its index byBidder, which the template no longer has']);
});

test('a stream and a time to live follow the template', async () => {
  const described = async (dynamodb: DynamoDb) => {
    const { Table: table } = await dynamodb.call<{ Table: Record<string, unknown> }>('DescribeTable', {
      TableName: 'bids',
    });
    const { TimeToLiveDescription: ttl } = await dynamodb.call<{ TimeToLiveDescription: Record<string, unknown> }>(
      'DescribeTimeToLive',
      { TableName: 'bids' },
    );
    return [table.StreamSpecification, ttl.AttributeName];
  };
  const plain = bidsTable({ streamViewType: null, streamArn: null, timeToLiveAttribute: null });
  expect(await described(await start([plain]))).toEqual([undefined, undefined]);
  expect(await described(await start([bidsTable()]))).toEqual([
    { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    'expiresAt',
  ]);
  const other = bidsTable({ streamViewType: 'KEYS_ONLY', timeToLiveAttribute: 'gone' });
  expect(await described(await start([other]))).toEqual([{ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' }, 'gone']);
  expect(await described(await start([plain]))).toEqual([undefined, undefined]);
});

test('a reset takes the tables it names, or all', async () => {
  const tables = [bidsTable(), bidsTable({ name: 'others' })];
  const first = await start(tables);
  await put(first);
  await put(first, 'others');

  const named = await start(tables, ['others']);
  expect([named.created, await count(named), await count(named, 'others')]).toEqual([['others'], 1, 0]);
  await expect(start(tables, ['nothing'])).rejects.toThrow(/nothing\n.*bids, others/);
  const all = await start(tables, 'all');
  expect([all.created, await count(all)]).toEqual([['bids', 'others'], 0]);
});

test('a reload adds tables to a running DynamoDB, and refuses what a start would refuse', async () => {
  const dynamodb = await start([bidsTable()]);
  await put(dynamodb);
  expect(await dynamodb.replace([bidsTable(), bidsTable({ name: 'others' })])).toEqual(['others']);
  await put(dynamodb, 'others');
  const changed = bidsTable({ keySchema: [{ AttributeName: 'lot', KeyType: 'HASH' }] });
  await expect(dynamodb.replace([changed])).rejects.toThrow('--reset bids');
  expect([await count(dynamodb), await count(dynamodb, 'others')]).toEqual([1, 1]);
});

test('one refused table leaves the others untouched', async () => {
  await start([bidsTable({ name: 'others' })]);
  const changed = bidsTable({ name: 'others', keySchema: [{ AttributeName: 'lot', KeyType: 'HASH' }] });
  await expect(start([bidsTable(), changed])).rejects.toThrow('table others cannot keep its data');
  expect((await start([bidsTable()])).created).toEqual(['bids']);
});

test('a table that DynamoDB would refuse is refused with its place', async () => {
  await expect(start([bidsTable({ name: 'no spaces' })])).rejects.toThrow(
    /^template.yaml:12:3: table no spaces cannot be/,
  );
});

test('an endpoint where nobody answers is named', async () => {
  await expect(startTestDynamoDb({ endpoint: 'http://127.0.0.1:1' })).rejects.toThrow(
    /no DynamoDB answers at http:\/\/127.0.0.1:1 \(ECONNREFUSED\)\n.*AWS_ENDPOINT_URL_DYNAMODB/,
  );
});

test('a missing engine is one line to install', () => {
  const otherPlatform = process.platform === 'win32' ? 'linux' : 'win32';
  expect(() => findEngineBinary(otherPlatform, 'x64')).toThrow(
    new RegExp(`Run: npm install --no-save @dynoxide/${otherPlatform}-x64@.* or set AWS_ENDPOINT_URL_DYNAMODB`),
  );
  expect(() => findEngineBinary('sunos', 'x64')).toThrow(
    /does not exist for sunos-x64\n {2}Set AWS_ENDPOINT_URL_DYNAMODB/,
  );
});
