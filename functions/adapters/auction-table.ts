import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { outcomeUnknown } from '#domain/auction-error.ts';
import type { Bid, BidAccepted, Lot } from '#domain/lot.ts';
import type { BidStore } from '#domain/place-bid.ts';
import { bidAttributes, bidKey, eventItem, lotItem, lotKey, readBid, readLot } from './auction-items.ts';
import { number, text, time } from './item.ts';

export type AuctionTable = BidStore & {
  /** False where the lot exists already. */
  addLot(lot: Lot): Promise<boolean>;
};

export const auctionTable = (client: DynamoDBClient, tableName: string): AuctionTable => {
  const findBid = async (lotId: string, bidId: string): Promise<Bid | null> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: bidKey(lotId, bidId), ConsistentRead: true }),
    );
    return Item ? readBid(Item) : null;
  };

  return {
    findBid,

    async findLot(lotId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: lotKey(lotId), ConsistentRead: true }),
      );
      return Item ? readLot(Item) : null;
    },

    async commit(event) {
      try {
        await client.send(bidTransaction(tableName, event));
        return { outcome: 'committed' };
      } catch (error) {
        if (error instanceof TransactionCanceledException) return canceled(error);
        if (isRefusedRequest(error)) throw error;
        // A time-out or a fault on the way back: the transaction may stand. If its bid does, it is ours.
        const written = await findBid(event.lotId, event.bid.bidId);
        if (written === null) throw outcomeUnknown(event.bid.bidId);
        return { outcome: 'repeated', bid: written };
      }
    },

    async addLot(lot) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: lotItem(lot),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
};

/** The order of its parts is that of the cancellation reasons below. */
const bidTransaction = (tableName: string, { type, lotId, bid }: BidAccepted) =>
  new TransactWriteItemsCommand({
    TransactItems: [
      {
        Put: {
          TableName: tableName,
          Item: { ...bidKey(lotId, bid.bidId), ...bidAttributes(bid) },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
      {
        Update: {
          TableName: tableName,
          Key: lotKey(lotId),
          UpdateExpression: 'SET version = :version, highestBid = :bid',
          ConditionExpression: 'version = :before AND #status = :open AND closesAt > :at',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':version': number(bid.version),
            ':before': number(bid.version - 1),
            ':bid': { M: bidAttributes(bid) },
            ':open': text('open'),
            ':at': time(bid.at),
          },
        },
      },
      {
        Put: {
          TableName: tableName,
          Item: eventItem({ type, lotId, bid }),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    ],
  });

/** Either the bid stands already, or somebody else was quicker. Anything else is our mistake. */
const canceled = (error: TransactionCanceledException): Awaited<ReturnType<BidStore['commit']>> => {
  const reasons = error.CancellationReasons ?? [];
  const earlier = reasons[0]?.Code === 'ConditionalCheckFailed' ? reasons[0].Item : undefined;
  if (earlier) return { outcome: 'repeated', bid: readBid(earlier) };
  const lost = new Set(['ConditionalCheckFailed', 'TransactionConflict']);
  if (reasons.some((reason) => lost.has(reason.Code ?? ''))) return { outcome: 'stale' };
  throw error;
};

/** A 4xx answer says that nothing was written. */
const isRefusedRequest = (error: unknown): boolean => {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
};
