import { systemClock } from '#gateway/clock.ts';
import { checkpointsInMemory } from '#gateway/lambda/event-sources/checkpoints.ts';
import { deadLettersInMemory } from '#gateway/lambda/event-sources/dead-letters.ts';
import { type EventSourcesOptions, startEventSources } from '#gateway/lambda/event-sources/event-sources.ts';
import type { EventSourceMapping } from '#gateway/model/lambda-function.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { bidsTable } from '../cloud/tables.ts';

/** The stream of the table of bids to a broadcaster, as the template reader would give it. */
export const bidsMapping = (change: Partial<EventSourceMapping> = {}): EventSourceMapping => ({
  logicalId: 'BroadcastFunctionBids',
  id: 'mapping-1',
  eventSourceArn: bidsTable().streamArn!,
  functionName: 'broadcast:live',
  enabled: true,
  batchSize: 100,
  maximumBatchingWindowInSeconds: 0,
  startingPosition: 'TRIM_HORIZON',
  startingPositionTimestamp: null,
  maximumRetryAttempts: -1,
  maximumRecordAgeInSeconds: -1,
  bisectBatchOnFunctionError: false,
  parallelizationFactor: 1,
  tumblingWindowInSeconds: 0,
  onFailure: null,
  functionResponseTypes: [],
  filters: [],
  maximumConcurrency: null,
  topics: [],
  queues: [],
  bootstrapServers: [],
  consumerGroupId: null,
  sourceAccess: [],
  documentDb: null,
  place: { file: 'template.yaml', line: 40, column: 7 },
  ...change,
});

/** Event sources with everything in memory, and what they said. */
export const startTestEventSources = (
  change: Partial<EventSourcesOptions> & Pick<EventSourcesOptions, 'dynamodb' | 'lambda'>,
) => {
  const observer = change.observer ?? createObserver();
  const notices: string[] = [];
  observer.subscribe((seen) => seen.kind === 'notice' && notices.push(seen.text));
  const deadLetters = deadLettersInMemory();
  const sources = startEventSources({
    mappings: [bidsMapping()],
    clock: systemClock,
    account: { region: 'us-east-1' },
    checkpoints: checkpointsInMemory(),
    deadLetters,
    ...change,
    observer,
  });
  return { ...sources, notices, letters: deadLetters.letters };
};
