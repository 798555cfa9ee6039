import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { deadLetterFile } from '#gateway/lambda/event-sources/dead-letters.ts';
import type { EventSources, EventSourcesOptions } from '#gateway/lambda/event-sources/event-sources.ts';
import { eventually } from '../cloud/eventually.ts';
import { bid } from '../cloud/tables.ts';
import { bidsMapping } from './mappings.ts';
import { recordingFunction } from './recording-function.ts';
import { streamBench } from './stream-bench.ts';

const { sources, stopSources, write } = streamBench();

/** Lets time pass until the condition holds: retries wait on the clock. */
const passing = async (running: EventSources, clock = adjustableClock(Date.now(), 0)) => {
  let over = false;
  const idle = running.idle().finally(() => {
    over = true;
  });
  await eventually('the end of all retries', () => {
    clock.advance(30_000);
    return over;
  });
  await idle;
};
const failing = (bad: number) =>
  recordingFunction((versions) => {
    if (versions.includes(bad)) throw new Error(`no ${bad}`);
  });

test('a function that fails holds up its shard, and goes on once it works', async () => {
  const clock = adjustableClock(Date.now(), 0);
  let failures = 3;
  const broadcast = recordingFunction(() => {
    if (failures-- > 0) throw new Error('not yet');
  });
  await write(1, 2);
  const running = sources(broadcast, {}, { clock });
  await passing(running, clock);
  expect(broadcast.batches).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(running.notices).toEqual([
    'broadcast:live did not handle 2 records of table bids (Error: not yet); they are tried again',
  ]);
});

test('a function that fails waits between attempts, longer each time', async () => {
  const clock = adjustableClock(Date.now(), 0);
  const broadcast = failing(1);
  await write(1);
  sources(broadcast, {}, { clock });
  const attemptsAfter = async (ms: number, expected: number) => {
    clock.advance(ms - 1);
    expect(broadcast.batches.length).toBe(expected - 1);
    clock.advance(1);
    await eventually(`attempt ${expected}`, () => broadcast.batches.length === expected);
    // The pause begins a turn after the answer.
    await new Promise(setImmediate);
  };
  await eventually('the first attempt', () => broadcast.batches.length === 1);
  await new Promise(setImmediate);
  await attemptsAfter(500, 2);
  await attemptsAfter(1_000, 3);
  await attemptsAfter(2_000, 4);
});

test('a function that fails has its attempts counted; what is given up is kept in a file and said aloud', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gavel-letters-'));
  try {
    const file = join(dir, 'dead-letters.jsonl');
    const clock = adjustableClock(Date.now(), 0);
    const broadcast = failing(2);
    await write(1, 3);
    const onFailure = 'arn:aws:sqs:us-east-1:123456789012:dead';
    const running = sources(
      broadcast,
      { maximumRetryAttempts: 2, batchSize: 2, onFailure },
      { clock, deadLetters: deadLetterFile(file) },
    );
    await passing(running, clock);
    expect(broadcast.batches).toEqual([[1, 2], [1, 2], [1, 2], [3]]);
    const [letter, ...others] = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      requestContext: {
        functionArn: 'broadcast:live',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '7', functionError: 'Unhandled' },
      version: '1.0',
      DDBStreamBatchInfo: { batchSize: 2, streamArn: bidsMapping().eventSourceArn },
      destination: onFailure,
      response: '{"errorType":"Error","errorMessage":"no 2"}',
    });
    expect(letter.records.map((record: { dynamodb: { Keys: unknown } }) => record.dynamodb.Keys)).toEqual([
      bid('a', 1),
      bid('a', 2),
    ]);
    expect(running.notices.at(-1)).toBe(
      `2 records of table bids were given up for broadcast:live (3 attempts failed); they are kept in ${file}`,
    );
  } finally {
    await stopSources();
    await rm(dir, { recursive: true });
  }
});

test('a function that fails loses only the bad record when the mapping bisects', async () => {
  const clock = adjustableClock(Date.now(), 0);
  const broadcast = failing(3);
  await write(1, 4);
  const running = sources(broadcast, { maximumRetryAttempts: 0, bisectBatchOnFunctionError: true }, { clock });
  await passing(running, clock);
  expect(broadcast.batches).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]);
  expect(running.letters.map((letter) => (letter.records as unknown[]).length)).toEqual([1]);
});

test('a function that fails goes on at the first record that it reports as failed', async () => {
  const clock = adjustableClock(Date.now(), 0);
  let failures = 1;
  const broadcast = recordingFunction((versions, batch) => {
    const at = versions.indexOf(3);
    if (at === -1 || failures-- <= 0) return { batchItemFailures: [] };
    return {
      batchItemFailures: [batch.at(-1)!, batch[at]!].map((record) => ({
        itemIdentifier: record.dynamodb.SequenceNumber,
      })),
    };
  });
  await write(1, 5);
  const functionResponseTypes = ['ReportBatchItemFailures'];
  await passing(sources(broadcast, { functionResponseTypes }, { clock }), clock);
  expect(broadcast.batches).toEqual([
    [1, 2, 3, 4, 5],
    [3, 4, 5],
  ]);
});

test('a function that fails is given up on when the records are too old', async () => {
  const clock = adjustableClock(Date.now(), 0);
  const broadcast = failing(1);
  await write(1);
  const running = sources(broadcast, { maximumRecordAgeInSeconds: 60 }, { clock });
  await passing(running, clock);
  expect(running.letters).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
  expect(broadcast.batches.length).toBeGreaterThan(1);
});

test('a function that fails is not counted as failing while it cannot run', async () => {
  const clock = adjustableClock(Date.now(), 0);
  const works = recordingFunction();
  let refusals = 5;
  const broadcast: EventSourcesOptions['lambda'] = {
    invoke: async (request) =>
      refusals-- > 0 ? { kind: 'throttled', reason: 'Rate Exceeded.' } : works.invoke(request),
  };
  await write(1);
  const running = sources(broadcast, { maximumRetryAttempts: 0 }, { clock });
  await passing(running, clock);
  expect([works.batches, running.letters]).toEqual([[[1]], []]);
});

test('a function that fails does not keep the gateway from stopping', async () => {
  const broadcast = failing(1);
  await write(1);
  const running = sources(broadcast, {}, { clock: adjustableClock(Date.now(), 0) });
  await eventually('an attempt', () => broadcast.batches.length === 1);
  await running.stop();
});

test('what is given up is reported to a destination that is served, and kept in no file then', async () => {
  const clock = adjustableClock(Date.now(), 0);
  const sent: [string, unknown][] = [];
  await write(1);
  const running = sources(
    failing(1),
    { maximumRetryAttempts: 0, onFailure: 'arn:aws:lambda:us-east-1:123456789012:function:told' },
    {
      clock,
      sendOn: async (destination, letter) => {
        sent.push([destination, JSON.parse(letter)]);
        return true;
      },
    },
  );
  await passing(running, clock);
  expect(sent).toEqual([
    [
      'arn:aws:lambda:us-east-1:123456789012:function:told',
      expect.objectContaining({ version: '1.0', DDBStreamBatchInfo: expect.objectContaining({ batchSize: 1 }) }),
    ],
  ]);
  expect(running.letters).toEqual([]);
});
