import { systemClock } from '#gateway/clock.ts';
import { type DynamoDbOptions, startDynamoDb } from '#gateway/cloud/dynamodb/dynamodb.ts';
import type { Table } from '#gateway/model/table.ts';
import { createObserver } from '#gateway/observe/observer.ts';

/** A table of bids as the template reader would give it: key `lot` + `version`, an index by bidder, a stream. */
export const bidsTable = (change: Partial<Table> = {}): Table => {
  const name = change.name ?? 'bids';
  return {
    logicalId: 'BidsTable',
    name,
    arn: `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`,
    streamArn: `arn:aws:dynamodb:us-east-1:123456789012:table/${name}/stream/2026-01-01T00:00:00.000`,
    streamViewType: 'NEW_AND_OLD_IMAGES',
    attributeDefinitions: [
      { AttributeName: 'lot', AttributeType: 'S' },
      { AttributeName: 'version', AttributeType: 'N' },
      { AttributeName: 'bidder', AttributeType: 'S' },
    ],
    keySchema: [
      { AttributeName: 'lot', KeyType: 'HASH' },
      { AttributeName: 'version', KeyType: 'RANGE' },
    ],
    globalSecondaryIndexes: [bidderIndex],
    localSecondaryIndexes: [],
    timeToLiveAttribute: 'expiresAt',
    place: { file: 'template.yaml', line: 12, column: 3 },
    ...change,
  };
};

export const bidderIndex = {
  IndexName: 'byBidder',
  KeySchema: [
    { AttributeName: 'bidder', KeyType: 'HASH' },
    { AttributeName: 'version', KeyType: 'RANGE' },
  ],
  Projection: { ProjectionType: 'ALL' },
} as const;

/** A DynamoDB in memory, embedded, with the table of bids unless told otherwise. */
export const startTestDynamoDb = (change: Partial<DynamoDbOptions> = {}) =>
  startDynamoDb({
    tables: [bidsTable()],
    dataDirectory: null,
    endpoint: null,
    region: 'us-east-1',
    clock: systemClock,
    observer: createObserver(),
    reset: 'none',
    ...change,
  });

/** An item of the table of bids. */
export const bid = (lot: string, version: number, more: Record<string, unknown> = {}) => ({
  lot: { S: lot },
  version: { N: String(version) },
  ...more,
});
