import { afterEach, beforeEach } from 'vitest';
import type { DynamoDb } from '#gateway/cloud/dynamodb/dynamodb.ts';
import type { EventSources, EventSourcesOptions } from '#gateway/lambda/event-sources/event-sources.ts';
import type { EventSourceMapping } from '#gateway/model/lambda-function.ts';
import { bid, startTestDynamoDb } from '../cloud/tables.ts';
import { bidsMapping, startTestEventSources } from './mappings.ts';

/** A fresh DynamoDB for each test of the file that calls this, and event sources on it; all is stopped after the test. */
export const streamBench = () => {
  let dynamodb: DynamoDb;
  let started: EventSources[];
  const stopSources = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((sources) => sources.stop()));
  };
  beforeEach(async () => {
    started = [];
    dynamodb = await startTestDynamoDb();
  });
  afterEach(async () => {
    await stopSources();
    await dynamodb.stop();
  });

  const call = (action: string, input: object) => dynamodb.call(action, { TableName: 'bids', ...input });
  return {
    call,
    currentDynamoDb: () => dynamodb,
    stopSources,
    sources(
      lambda: EventSourcesOptions['lambda'],
      mapping: Partial<EventSourceMapping> = {},
      more: Partial<EventSourcesOptions> = {},
    ) {
      const one = startTestEventSources({ dynamodb, lambda, mappings: [bidsMapping(mapping)], ...more });
      started.push(one);
      return one;
    },
    /** Puts bids on lot `a`, versions `first` to `last`. */
    async write(first: number, last = first, more: Record<string, unknown> = {}): Promise<void> {
      for (let version = first; version <= last; version++) await call('PutItem', { Item: bid('a', version, more) });
    },
    async useClock(clock: EventSourcesOptions['clock']): Promise<void> {
      await dynamodb.stop();
      dynamodb = await startTestDynamoDb({ clock });
    },
  };
};

export const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
