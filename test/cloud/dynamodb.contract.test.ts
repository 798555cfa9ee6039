import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DynamoDb } from '#gateway/cloud/dynamodb/dynamodb.ts';
import { hexId } from '#gateway/ids.ts';
import { eventually } from './eventually.ts';
import { bid, bidsTable, startTestDynamoDb } from './tables.ts';

/** What the application and the gateway ask of a DynamoDB; whatever stands in for the embedded one must pass this. */
const endpoints = [null, ...(process.env.AWS_ENDPOINT_URL_DYNAMODB ? [process.env.AWS_ENDPOINT_URL_DYNAMODB] : [])];

describe.each(endpoints.map((endpoint) => ({ endpoint, where: endpoint ?? 'the embedded engine' })))(
  'DynamoDB at $where',
  ({ endpoint }) => {
    const name = `gavel-contract-${hexId(4)}`;
    let dynamodb: DynamoDb;
    beforeAll(async () => {
      dynamodb = await startTestDynamoDb({ tables: [bidsTable({ name })], endpoint });
    });
    afterAll(async () => {
      await dynamodb.call('DeleteTable', { TableName: name });
      await dynamodb.stop();
    });

    const put = (item: unknown, more: object = {}) =>
      dynamodb.call('PutItem', { TableName: name, Item: item, ...more });
    const get = async (lot: string, version: number) =>
      (
        await dynamodb.call<{ Item?: unknown }>('GetItem', {
          TableName: name,
          Key: bid(lot, version),
          ConsistentRead: true,
        })
      ).Item;

    test('says that it made the table', () => {
      expect(dynamodb.created).toEqual([name]);
    });

    test('refuses a put whose condition fails, and keeps the item as it was', async () => {
      const first = bid('conditional', 1, { amount: { N: '100' } });
      const ifNew = { ConditionExpression: 'attribute_not_exists(lot)' };
      await put(first, ifNew);
      await expect(put(bid('conditional', 1, { amount: { N: '1' } }), ifNew)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
      });
      expect(await get('conditional', 1)).toEqual(first);
    });

    test('writes all of a transaction or nothing, and gives each reason', async () => {
      await put(bid('taken', 1));
      const transaction = dynamodb.call('TransactWriteItems', {
        TransactItems: [
          { Put: { TableName: name, Item: bid('free', 1) } },
          { Put: { TableName: name, Item: bid('taken', 1), ConditionExpression: 'attribute_not_exists(lot)' } },
        ],
      });
      await expect(transaction).rejects.toMatchObject({
        name: 'TransactionCanceledException',
        body: { CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }] },
      });
      expect(await get('free', 1)).toBeUndefined();
    });

    test('carries out a transaction once for a token', async () => {
      const add = (token: string, by: number) =>
        dynamodb.call('TransactWriteItems', {
          ClientRequestToken: token,
          TransactItems: [
            {
              Update: {
                TableName: name,
                Key: bid('once', 1),
                UpdateExpression: 'ADD amount :by',
                ExpressionAttributeValues: { ':by': { N: String(by) } },
              },
            },
          ],
        });
      const token = hexId(16);
      await add(token, 5);
      await add(token, 5);
      expect(await get('once', 1)).toMatchObject({ amount: { N: '5' } });
      await expect(add(token, 6)).rejects.toMatchObject({ name: 'IdempotentParameterMismatchException' });
    });

    test('pages through an index, in order', async () => {
      for (let version = 1; version <= 5; version++) await put(bid('paged', version, { bidder: { S: 'ada' } }));
      const versions: string[] = [];
      let start: unknown;
      do {
        const page: { Items: { version: { N: string } }[]; LastEvaluatedKey?: unknown } = await dynamodb.call('Query', {
          TableName: name,
          IndexName: 'byBidder',
          KeyConditionExpression: 'bidder = :bidder',
          ExpressionAttributeValues: { ':bidder': { S: 'ada' } },
          ScanIndexForward: false,
          Limit: 2,
          ...(start !== undefined && { ExclusiveStartKey: start }),
        });
        expect(page.Items.length).toBeLessThanOrEqual(2);
        versions.push(...page.Items.map((item) => item.version.N));
        start = page.LastEvaluatedKey;
      } while (start);
      expect(versions).toEqual(['5', '4', '3', '2', '1']);
    });

    test('streams the changes of a key in order, with both images', async () => {
      for (let amount = 1; amount <= 12; amount++) await put(bid('streamed', 1, { amount: { N: String(amount) } }));
      await dynamodb.call('DeleteItem', { TableName: name, Key: bid('streamed', 1) });

      const changes = await eventually('13 changes', async () => {
        const records = await allRecords(dynamodb, name);
        const ours = records.filter((record) => record.dynamodb.Keys.lot.S === 'streamed');
        return ours.length === 13 && ours;
      });
      expect(changes.map((record) => record.eventName)).toEqual(['INSERT', ...Array(11).fill('MODIFY'), 'REMOVE']);
      expect(changes.map((record) => record.dynamodb.NewImage?.amount.N)).toEqual([...numbers(1, 12), undefined]);
      expect(changes.map((record) => record.dynamodb.OldImage?.amount.N)).toEqual([undefined, ...numbers(1, 12)]);
    });

    test('knows the attribute by which items expire', async () => {
      const { TimeToLiveDescription } = await dynamodb.call<{ TimeToLiveDescription: unknown }>('DescribeTimeToLive', {
        TableName: name,
      });
      expect(TimeToLiveDescription).toEqual({
        AttributeName: 'expiresAt',
        TimeToLiveStatus: expect.stringMatching(/^ENABL/),
      });
    });
  },
);

const numbers = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, i) => String(first + i));

type Image = { lot: { S: string }; amount: { N: string } };
type StreamRecord = { eventName: string; dynamodb: { Keys: Image; NewImage?: Image; OldImage?: Image } };

const allRecords = async (dynamodb: DynamoDb, table: string): Promise<StreamRecord[]> => {
  const { Streams } = await dynamodb.callStreams<{ Streams: { StreamArn: string }[] }>('ListStreams', {
    TableName: table,
  });
  const StreamArn = Streams[0]!.StreamArn;
  const { StreamDescription } = await dynamodb.callStreams<{ StreamDescription: { Shards: { ShardId: string }[] } }>(
    'DescribeStream',
    { StreamArn },
  );
  const records: StreamRecord[] = [];
  for (const { ShardId } of StreamDescription.Shards) {
    const { ShardIterator } = await dynamodb.callStreams<{ ShardIterator: string }>('GetShardIterator', {
      StreamArn,
      ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    for (let next: string | undefined = ShardIterator; next; ) {
      const page: { Records: StreamRecord[]; NextShardIterator?: string } = await dynamodb.callStreams('GetRecords', {
        ShardIterator: next,
      });
      records.push(...page.Records);
      next = page.Records.length > 0 ? page.NextShardIterator : undefined;
    }
  }
  return records;
};
