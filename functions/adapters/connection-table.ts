import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { type Item, number, readNumber, readText, text } from './item.ts';

export type ConnectionTable = {
  noteConnection(connectionId: string, connectedAt: number): Promise<void>;
  /** Removes the connection and all that it watches; nothing of any other connection. */
  forgetConnection(connectionId: string): Promise<void>;
  /** False where the connection is not known: it has ended meanwhile. */
  subscribe(connectionId: string, lotId: string, connectedAt: number): Promise<boolean>;
  unsubscribe(connectionId: string, lotId: string): Promise<void>;
  watchers(lotId: string, now: number): Promise<readonly string[]>;
};

/** API Gateway ends a connection after two hours; ten minutes more, and its rows are surely stale. */
const lifeMs = (2 * 60 + 10) * 60_000;
const expiry = (connectedAt: number): Item => ({ expiresAt: number(Math.floor((connectedAt + lifeMs) / 1000)) });

const connection = (connectionId: string) => text(`CONN#${connectionId}`);
const channel = (lotId: string) => text(`CH#${lotId}`);

export const connectionTable = (client: DynamoDBClient, tableName: string): ConnectionTable => {
  const pages = async function* (pk: Item['pk'], now: number | null): AsyncGenerator<Item[]> {
    let start: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk! },
          ConsistentRead: true,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      // TTL deletes within days, not at the second: what is expired does not count from then on.
      yield (page.Items ?? []).filter((item) => now === null || readNumber(item, 'expiresAt') * 1000 > now);
      start = page.LastEvaluatedKey;
    } while (start);
  };

  const deleteAll = async (keys: readonly Item[]): Promise<void> => {
    let open = keys.map((Key) => ({ DeleteRequest: { Key } }));
    for (let attempt = 0; open.length > 0; attempt++) {
      if (attempt > keys.length / 25 + 5) throw new Error(`${open.length} rows of a connection could not be deleted`);
      const batch = open.slice(0, 25);
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: batch } }),
      );
      open = [...open.slice(25), ...((UnprocessedItems?.[tableName] as typeof open | undefined) ?? [])];
    }
  };

  return {
    async noteConnection(connectionId, connectedAt) {
      const Item = { pk: connection(connectionId), sk: text('META'), ...expiry(connectedAt) };
      await client.send(new PutItemCommand({ TableName: tableName, Item }));
    },

    async forgetConnection(connectionId) {
      const keys: Item[] = [];
      for await (const rows of pages(connection(connectionId), null)) {
        for (const { pk, sk } of rows) {
          keys.push({ pk: pk!, sk: sk! });
          if (sk!.S !== 'META') keys.push({ pk: sk!, sk: pk! });
        }
      }
      await deleteAll(keys);
    },

    async subscribe(connectionId, lotId, connectedAt) {
      const [own, other] = [connection(connectionId), channel(lotId)];
      const row = (pk: Item['pk'], sk: Item['sk']) => ({
        Put: { TableName: tableName, Item: { pk: pk!, sk: sk!, ...expiry(connectedAt) } },
      });
      try {
        await client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                // A watch that overtakes or follows the end of its connection must leave nothing behind.
                ConditionCheck: {
                  TableName: tableName,
                  Key: { pk: own, sk: text('META') },
                  ConditionExpression: 'attribute_exists(pk)',
                },
              },
              row(own, other),
              row(other, own),
            ],
          }),
        );
        return true;
      } catch (error) {
        if (!(error instanceof TransactionCanceledException)) throw error;
        if (error.CancellationReasons?.[0]?.Code === 'ConditionalCheckFailed') return false;
        throw error;
      }
    },

    async unsubscribe(connectionId, lotId) {
      const [own, other] = [connection(connectionId), channel(lotId)];
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: other, sk: own } }));
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: { pk: own, sk: other } }));
    },

    async watchers(lotId, now) {
      const ids: string[] = [];
      for await (const rows of pages(channel(lotId), now)) {
        for (const row of rows) ids.push(readText(row, 'sk').slice('CONN#'.length));
      }
      return ids;
    },
  };
};
