/** Pages of lots and bids. What a client gets to ask for the next page is opaque to it. */
import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { invalidInput } from '#domain/auction-error.ts';
import type { Bid, Lot, Make } from '#domain/lot.ts';
import { catalogue, eventKey, lotKey, readBidAccepted, readLot } from './auction-items.ts';
import { type Item, readText, readTime, text, time } from './item.ts';

export type Page<T> = { readonly entries: readonly T[]; readonly next: string | null };

export type LotQuery = {
  readonly status: 'open' | 'closed';
  readonly make: Make | undefined;
  readonly limit: number;
  readonly after: string | undefined;
};

export type Catalogue = {
  listLots(query: LotQuery, now: number): Promise<Page<Lot>>;
  /** Newest first. */
  listBids(lotId: string, limit: number, after: string | undefined): Promise<Page<Bid>>;
};

export const lotCatalogue = (client: DynamoDBClient, tableName: string): Catalogue => ({
  async listLots({ status, make, limit, after }, now) {
    const index = make ? { name: 'lots-by-make', key: 'make', value: make } : byClosing;
    const last = after === undefined ? null : readLotCursor(after);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: index.name,
        // The time decides, so that a lot leaves the open ones at its moment, with nobody writing.
        KeyConditionExpression: `#key = :key AND closesAt ${status === 'open' ? '>' : '<='} :now`,
        ExpressionAttributeNames: { '#key': index.key },
        ExpressionAttributeValues: { ':key': text(index.value), ':now': time(now) },
        ScanIndexForward: status === 'open',
        Limit: limit,
        // A start outside the condition is refused; a lot that closed since the last page has no open one before it.
        ...(last &&
          (status === 'closed' || last.closesAt > now) && {
            ExclusiveStartKey: { ...lotKey(last.lotId), [index.key]: text(index.value), closesAt: time(last.closesAt) },
          }),
      }),
    );
    return { entries: Items.map(readLot), next: LastEvaluatedKey ? lotCursor(LastEvaluatedKey) : null };
  },

  async listBids(lotId, limit, after) {
    const last = after === undefined ? null : readVersionCursor(after);
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :events)',
        ExpressionAttributeValues: { ':pk': lotKey(lotId).pk!, ':events': text('EVENT#') },
        ScanIndexForward: false,
        ConsistentRead: true,
        Limit: limit,
        ...(last !== null && { ExclusiveStartKey: eventKey(lotId, last) }),
      }),
    );
    const bids = Items.filter((item) => readText(item, 'type') === 'bid-accepted').map(
      (item) => readBidAccepted(item).bid,
    );
    const lastSeen = LastEvaluatedKey && Number(readText(LastEvaluatedKey, 'sk').slice('EVENT#'.length));
    return { entries: bids, next: lastSeen === undefined ? null : encode([lastSeen]) };
  },
});

const byClosing = { name: 'lots-by-closing', key: 'catalogue', value: catalogue };

const encode = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

const decode = (cursor: string): readonly unknown[] => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
};

const lotCursor = (key: Item): string => encode([readText(key, 'pk').slice('LOT#'.length), readTime(key, 'closesAt')]);

const wrongCursor = () => invalidInput('after', 'must be the `next` of an earlier page');

const latest = 8.64e15;
const readLotCursor = (cursor: string): { lotId: string; closesAt: number } => {
  const [lotId, closesAt] = decode(cursor);
  if (typeof lotId !== 'string' || !Number.isInteger(closesAt) || Math.abs(closesAt as number) > latest) {
    throw wrongCursor();
  }
  return { lotId, closesAt: closesAt as number };
};

const readVersionCursor = (cursor: string): number => {
  const [version] = decode(cursor);
  if (!Number.isSafeInteger(version) || (version as number) < 1) throw wrongCursor();
  return version as number;
};
