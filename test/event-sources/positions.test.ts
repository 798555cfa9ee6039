import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { checkpointFile, checkpointsInMemory } from '#gateway/lambda/event-sources/checkpoints.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { eventually } from '../cloud/eventually.ts';
import { bidsMapping } from './mappings.ts';
import { recordingFunction } from './recording-function.ts';
import { range, streamBench } from './stream-bench.ts';

const { call, currentDynamoDb, sources, stopSources, write } = streamBench();

/** The DynamoDB of the test, with a look at each answer of its streams. */
const watched = (look: (action: string, answer: { Records?: unknown[]; StreamDescription?: object }) => void) => {
  const dynamodb = currentDynamoDb();
  return {
    ...dynamodb,
    async callStreams<T>(action: string, input: unknown): Promise<T> {
      const answer = await dynamodb.callStreams<T>(action, input);
      look(action, answer as object);
      return answer;
    },
  };
};

test('LATEST sees nothing from before it was ready, and everything after', async () => {
  const broadcast = recordingFunction();
  await write(1, 3);
  const running = sources(broadcast, { startingPosition: 'LATEST' });
  await running.ready();
  await write(4, 5);
  await running.idle();
  expect(broadcast.batches.flat()).toEqual([4, 5]);
});

test('a stop does not wait for a function that does not answer; what it had in hand comes again', async () => {
  const checkpoints = checkpointsInMemory();
  let end = (): void => {};
  const ended = new Promise<void>((done) => {
    end = done;
  });
  const stuck = recordingFunction(async () => {
    await ended;
    throw new Error('killed');
  });
  await write(1, 2);
  const first = sources(stuck, { maximumRetryAttempts: 0 }, { checkpoints });
  await eventually('the batch in hand', () => stuck.batches.length === 1);
  await first.stop();
  end();
  const after = recordingFunction();
  await sources(after, {}, { checkpoints }).idle();
  expect(after.batches.flat()).toEqual([1, 2]);
  expect(first.letters).toEqual([]);
});

test('a restart goes on after the last record that was handled', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gavel-checkpoints-'));
  try {
    const file = join(dir, 'checkpoints.json');
    const before = recordingFunction();
    await write(1, 3);
    const first = sources(before, {}, { checkpoints: checkpointFile(file) });
    await first.idle();
    await first.stop();
    await write(4, 5);
    const after = recordingFunction();
    await sources(after, {}, { checkpoints: checkpointFile(file) }).idle();
    expect([before.batches.flat(), after.batches.flat()]).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  } finally {
    await stopSources();
    await rm(dir, { recursive: true });
  }
});

test('a LATEST mapping that was stopped before its first record has missed none', async () => {
  const checkpoints = checkpointsInMemory();
  const first = sources(recordingFunction(), { startingPosition: 'LATEST' }, { checkpoints });
  await first.ready();
  await first.stop();
  await write(1, 2);
  const broadcast = recordingFunction();
  await sources(broadcast, { startingPosition: 'LATEST' }, { checkpoints }).idle();
  expect(broadcast.batches.flat()).toEqual([1, 2]);
});

test('a table that is made anew under a running mapping is read from its first record', async () => {
  const broadcast = recordingFunction();
  const running = sources(broadcast, { startingPosition: 'LATEST' });
  await running.ready();
  await write(1);
  await running.idle();
  await call('UpdateTable', { StreamSpecification: { StreamEnabled: false } });
  await call('UpdateTable', {
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  await write(2);
  await running.idle();
  expect(broadcast.batches.flat().at(-1)).toBe(2);
});

test('what a request of this gateway may have written is looked for at once', async () => {
  const observer = createObserver();
  let reads = 0;
  const dynamodb = watched((action) => {
    if (action === 'GetRecords') reads++;
  });
  const running = sources(recordingFunction(), {}, { observer, dynamodb });
  await running.idle();
  const request = { kind: 'request', at: 0, api: 'a', stage: 's', method: 'POST', path: '/', route: null } as const;
  const before = performance.now();
  for (let i = 0; i < 20; i++) {
    const seen = reads;
    observer.emit({ ...request, status: 200, latencyMs: 1, requestId: 'r', reason: null });
    await eventually('a read', () => reads > seen);
  }
  // Twenty intervals of a quarter of a second would be five seconds.
  expect(performance.now() - before).toBeLessThan(2_500);
});

test('records flow while the clock stands still', async () => {
  const broadcast = recordingFunction();
  const running = sources(broadcast, {}, { clock: adjustableClock(Date.now(), 0) });
  await running.ready();
  await write(1);
  await eventually('the record', () => broadcast.batches.length === 1);
});

test('a reload changes a mapping without losing or repeating a record', async () => {
  const broadcast = recordingFunction();
  const running = sources(broadcast);
  await write(1, 3);
  running.replace([bidsMapping({ batchSize: 1 })]);
  await write(4, 6);
  await running.idle();
  running.replace([]);
  await write(7);
  await running.idle();
  running.replace([bidsMapping()]);
  await running.idle();
  expect(broadcast.batches.flat()).toEqual(range(1, 7));
});

test('a read that fails while records wait for company loses none of them', async () => {
  const clock = adjustableClock(Date.now(), 0);
  const broadcast = recordingFunction();
  let outage = false;
  let failures = 0;
  let read = 0;
  const flaky = watched((action, answer) => {
    if (action === 'GetRecords' && outage) {
      failures++;
      throw new Error('out of order');
    }
    read += answer.Records?.length ?? 0;
  });
  const window = { batchSize: 3, maximumBatchingWindowInSeconds: 60 };
  const running = sources(broadcast, window, { clock, dynamodb: flaky });
  await running.ready();
  await write(1, 2);
  await eventually('records in hand', () => read === 2);
  outage = true;
  await eventually('a failure', () => failures > 1);
  outage = false;
  await write(3);
  await running.idle();
  expect(broadcast.batches).toEqual([[1, 2, 3]]);
  expect(running.notices).toEqual(['table bids cannot be read for broadcast:live: out of order']);
});

test('what a batch reported as handled is not repeated after a restart', async () => {
  const checkpoints = checkpointsInMemory();
  const mapping = { functionResponseTypes: ['ReportBatchItemFailures'] };
  const before = recordingFunction((_, batch) => ({
    batchItemFailures: [{ itemIdentifier: batch[2]!.dynamodb.SequenceNumber }],
  }));
  await write(1, 4);
  const clock = adjustableClock(Date.now(), 0);
  const first = sources(before, mapping, { checkpoints, clock });
  await eventually('the report', () => first.notices.length > 0);
  await first.stop();
  const after = recordingFunction();
  await sources(after, mapping, { checkpoints }).idle();
  expect([before.batches, after.batches]).toEqual([[[1, 2, 3, 4]], [[3, 4]]]);
});

test('records older than the stream belong to a table of the same name that was dropped', async () => {
  const broadcast = recordingFunction();
  await write(1, 3);
  const later = watched((action, answer) => {
    const inAnHour = Date.now() / 1000 + 3600;
    if (action === 'DescribeStream') Object.assign(answer.StreamDescription!, { CreationRequestDateTime: inAnHour });
  });
  await sources(broadcast, {}, { dynamodb: later }).idle();
  expect(broadcast.batches).toEqual([]);
});
