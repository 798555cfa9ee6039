import type { Clock } from '../../clock.ts';
import type { Table } from '../../model/table.ts';
import { type DynamoDbClient, isDynamoDbError } from './client.ts';

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Which items the sweeper has deleted. A stream marks such a record as the service's own; the engine cannot know, so
 * the event source asks here.
 */
export type Expirations = { has(table: string, keys: Item, oldImage: Item | undefined): boolean };

export type TimeToLive = { readonly expirations: Expirations; stop(): Promise<void> };

const sweepEvery = 10_000;
/** DynamoDB leaves alone what expired more than five years ago: such a number is more likely a mistake. */
const fiveYears = 5 * 365 * 24 * 3600;
const remembered = 10_000;

/** Deletes expired items, by the gateway's clock. DynamoDB promises a few days; here it is a few seconds. */
export const startTimeToLive = (options: {
  readonly client: DynamoDbClient;
  /** The tables of now; a reload changes them. */
  tables(): readonly Table[];
  readonly clock: Clock;
  notice(level: 'warning', text: string): void;
}): TimeToLive => {
  const { client, clock, notice } = options;
  const expiring = (): readonly Table[] => options.tables().filter((table) => table.timeToLiveAttribute);
  const swept = new Map<string, string>();
  const identity = (table: string, keys: Item): string =>
    JSON.stringify([table, ...Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1))]);
  const remember = (id: string, expiry: string): void => {
    if (swept.size >= remembered) swept.delete(swept.keys().next().value!);
    swept.set(id, expiry);
  };

  const sweepTable = async (table: Table): Promise<void> => {
    const attribute = table.timeToLiveAttribute!;
    const keyNames = table.keySchema.map((key) => key.AttributeName);
    // The attribute may be a part of the key, and a projection names nothing twice.
    const others = keyNames.filter((name) => name !== attribute);
    const names = { '#t': attribute, ...Object.fromEntries(others.map((name, i) => [`#k${i}`, name])) };
    const now = Math.floor(clock.now() / 1000);
    let start: unknown;
    do {
      const page: { Items: Item[]; LastEvaluatedKey?: unknown } = await client.call('Scan', {
        TableName: table.name,
        // A value of another type compares as false, as DynamoDB's own sweeper wants a number.
        FilterExpression: '#t < :now AND #t > :floor',
        ProjectionExpression: Object.keys(names).join(', '),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':now': { N: String(now) }, ':floor': { N: String(now - fiveYears) } },
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      for (const item of page.Items) await expire(table.name, attribute, item, keyNames);
      start = page.LastEvaluatedKey;
    } while (start && !stopped);
  };

  const expire = async (table: string, attribute: string, item: Item, keyNames: string[]): Promise<void> => {
    const keys = Object.fromEntries(keyNames.map((name) => [name, item[name]!]));
    const id = identity(table, keys);
    // Remembered first: the stream may be read before the answer is here.
    remember(id, String(item[attribute]!.N));
    try {
      await client.call('DeleteItem', {
        TableName: table,
        Key: keys,
        // Whoever has moved the expiry meanwhile keeps the item.
        ConditionExpression: '#t = :t',
        ExpressionAttributeNames: { '#t': attribute },
        ExpressionAttributeValues: { ':t': item[attribute] },
      });
    } catch (error) {
      swept.delete(id);
      if (!isDynamoDbError(error, 'ConditionalCheckFailedException')) throw error;
    }
  };

  let stopped = false;
  let timer = { cancel: () => {} };
  let running: Promise<void> | null = null;
  let due = false;
  const sweepAll = async (): Promise<void> => {
    while (due && !stopped) {
      due = false;
      try {
        for (const table of expiring()) await sweepTable(table);
      } catch (error) {
        if (!stopped) notice('warning', `expired items could not be deleted: ${(error as Error).message}`);
      }
    }
    running = null;
  };
  const arm = (): void => {
    timer = clock.after(sweepEvery, () => {
      // Armed at once, so that a clock that leaps still ends with a sweep at its new time.
      arm();
      due = true;
      running ??= sweepAll();
    });
  };
  arm();

  return {
    expirations: {
      has(table, keys, oldImage) {
        const expiry = swept.get(identity(table, keys));
        if (expiry === undefined) return false;
        const attribute = expiring().find(({ name }) => name === table)?.timeToLiveAttribute;
        return !oldImage || !attribute || oldImage[attribute]?.N === expiry;
      },
    },
    async stop() {
      stopped = true;
      timer.cancel();
      await running;
    },
  };
};
