import { expect, test } from 'vitest';
import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import { checkpointsInMemory } from '#gateway/lambda/event-sources/checkpoints.ts';
import type { FunctionInvoker } from '#gateway/lambda/invocation.ts';
import { eventually } from '../cloud/eventually.ts';
import { streamBench } from './stream-bench.ts';

const { sources, useClock, write } = streamBench();
const answered = {
  kind: 'answered',
  functionError: null,
  executedVersion: '1',
  requestId: 'r',
  initMs: null,
  durationMs: 1,
} as const;

// biome-ignore lint/suspicious/noExplicitAny: tests look into the events of windows.
type Event = any;

/** Counts records in the state of its window. */
const counting = (
  answer = (event: Event): unknown => ({ state: { n: (event.state.n ?? 0) + event.Records.length } }),
) => {
  const events: Event[] = [];
  const lambda: FunctionInvoker = {
    async invoke({ payload }) {
      const event = JSON.parse(payload);
      events.push(event);
      return { ...answered, payload: JSON.stringify(answer(event)) };
    },
  };
  return { lambda, events };
};
const window = { tumblingWindowInSeconds: 60, batchSize: 2 };
/** At the beginning of a minute. */
const clockAt = async (): Promise<AdjustableClock> => {
  const clock = adjustableClock(Math.floor(Date.now() / 60_000) * 60_000 + 1000, 0);
  await useClock(clock);
  return clock;
};

test('a window’s state goes from call to call, and a last call ends it', async () => {
  const clock = await clockAt();
  const { lambda, events } = counting();
  await write(1, 3);
  const running = sources(lambda, window, { clock });
  await running.idle();
  expect(events.map(({ Records, state }) => [Records.length, state])).toEqual([
    [2, {}],
    [1, { n: 2 }],
  ]);
  const start = new Date(Math.floor(clock.now() / 60_000) * 60_000).toISOString();
  expect(events[0]).toMatchObject({
    window: { start },
    shardId: expect.any(String),
    eventSourceARN: expect.stringContaining(':table/bids/stream/'),
    isFinalInvokeForWindow: false,
    isWindowTerminatedEarly: false,
  });
  clock.advance(60_000);
  await eventually('the last call', () => events.length === 3);
  expect(events[2]).toMatchObject({ Records: [], state: { n: 3 }, isFinalInvokeForWindow: true, window: { start } });
});

test('an answer without a state fails its batch', async () => {
  const clock = await clockAt();
  const { lambda, events } = counting(({ Records }) => (Records.length > 0 ? {} : { state: {} }));
  await write(1);
  const running = sources(lambda, { ...window, maximumRetryAttempts: 0 }, { clock });
  await running.idle();
  expect(events.length).toBe(1);
  expect(running.letters).toMatchObject([{ requestContext: { condition: 'RetryAttemptsExhausted' } }]);
});

test('a restart within a window begins it anew, with all of its records', async () => {
  const clock = await clockAt();
  const checkpoints = checkpointsInMemory();
  const before = counting();
  await write(1, 2);
  const first = sources(before.lambda, window, { clock, checkpoints });
  await first.idle();
  await first.stop();
  await write(3);
  const after = counting();
  await sources(after.lambda, window, { clock, checkpoints }).idle();
  expect(after.events.map(({ Records, state }) => [Records.length, state])).toEqual([
    [2, {}],
    [1, { n: 2 }],
  ]);
});
