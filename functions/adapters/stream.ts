import type { DynamoDBRecord } from 'aws-lambda';
import type { BidAccepted } from '#domain/lot.ts';
import { readBidAccepted } from './auction-items.ts';
import type { Item } from './item.ts';

/** The accepted bid that a record of the auctions table's stream carries; null where it is about something else. */
export const bidAcceptedIn = (record: DynamoDBRecord): BidAccepted | null => {
  const image = record.dynamodb?.NewImage as Item | undefined;
  if (record.eventName !== 'INSERT' || image?.type?.S !== 'bid-accepted') return null;
  return readBidAccepted(image);
};
