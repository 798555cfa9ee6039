import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backOff, decide, readOutcome, type Unit } from '#gateway/lambda/event-sources/failure-policy.ts';
import type { InvocationResult } from '#gateway/lambda/invocation.ts';

const answered = (payload: string): InvocationResult => ({
  kind: 'answered',
  payload,
  functionError: null,
  executedVersion: '$LATEST',
  requestId: 'r',
  initMs: null,
  durationMs: 1,
});

describe('what a function reports', () => {
  const positions = ['10', '11', '12'];
  test.each([
    ['null', 'succeeded'],
    ['""', 'succeeded'],
    ['', 'succeeded'],
    ['{}', 'succeeded'],
    ['{"batchItemFailures":null}', 'succeeded'],
    ['{"batchItemFailures":[]}', 'succeeded'],
    ['{"batchItemFailures":[{"itemIdentifier":"12"},{"itemIdentifier":"11"}]}', 1],
    ['{"batchItemFailures":[{"itemIdentifier":"10"}]}', 0],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', 0],
    ['{"batchItemFailures":[{"itemIdentifier":null}]}', 0],
    ['{"batchItemFailures":[{"itemId":"12"}]}', 0],
    ['{"batchItemFailures":[{"itemIdentifier":"12"},{"itemIdentifier":"99"}]}', 0],
    ['{"batchItemFailures":"12"}', 0],
    ['"done"', 0],
  ])('%s', (payload, from) => {
    expect(readOutcome(answered(payload), positions, true)).toMatchObject(
      from === 'succeeded' ? { kind: 'succeeded' } : { kind: 'failed', from },
    );
  });

  test('counts only where the mapping says so', () => {
    const payload = '{"batchItemFailures":[{"itemIdentifier":"10"}]}';
    expect(readOutcome(answered(payload), positions, false)).toEqual({ kind: 'succeeded' });
  });
});

/** Runs a batch in which certain records always fail through the policy, as a delivery does. */
const simulate = (size: number, bad: ReadonlySet<number>, policy: Parameters<typeof decide>[0]) => {
  const queue: Unit[] = [{ start: 0, end: size, attempts: 0 }];
  const handled: number[] = [];
  const discarded: number[] = [];
  let invocations = 0;
  const take = (into: number[], start: number, end: number): void => {
    for (let i = start; i < end; i++) into.push(i);
  };
  while (queue.length > 0 && invocations < 10_000) {
    const unit = queue.shift()!;
    invocations++;
    const failing = [...bad].filter((index) => index >= unit.start && index < unit.end).sort((a, b) => a - b)[0];
    if (failing === undefined) {
      take(handled, unit.start, unit.end);
      continue;
    }
    const from = policy.reportBatchItemFailures ? failing : unit.start;
    take(handled, unit.start, from);
    const decision = decide(policy, unit, from);
    if (decision.kind === 'retry') queue.unshift(...decision.units);
    else take(discarded, decision.unit.start, decision.unit.end);
  }
  return { handled, discarded, invocations };
};

test('each record is handled or given up, once, in order, in a bounded number of invocations', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 39 })),
      fc.record({
        maximumRetryAttempts: fc.integer({ min: 0, max: 4 }),
        bisectBatchOnFunctionError: fc.boolean(),
        reportBatchItemFailures: fc.boolean(),
      }),
      (size, bad, policy) => {
        const { handled, discarded, invocations } = simulate(size, new Set(bad), policy);
        expect([...handled, ...discarded].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
        expect(handled).toEqual([...handled].sort((a, b) => a - b));
        expect(handled.some((index) => bad.includes(index))).toBe(false);
        // A mapping that bisects gives up bad records alone.
        if (policy.bisectBatchOnFunctionError) expect(discarded.every((index) => bad.includes(index))).toBe(true);
        expect(invocations).toBeLessThanOrEqual((policy.maximumRetryAttempts + 3) * size);
      },
    ),
  );
});

test('without a limit nothing is ever given up', () => {
  const policy = { maximumRetryAttempts: -1, bisectBatchOnFunctionError: false, reportBatchItemFailures: false };
  expect(decide(policy, { start: 0, end: 2, attempts: 1_000 }, 0)).toEqual({
    kind: 'retry',
    units: [{ start: 0, end: 2, attempts: 1_001 }],
  });
});

test('attempts are counted anew for what is left after progress', () => {
  const policy = { maximumRetryAttempts: 1, bisectBatchOnFunctionError: false, reportBatchItemFailures: true };
  expect(decide(policy, { start: 0, end: 3, attempts: 1 }, 2)).toEqual({
    kind: 'retry',
    units: [{ start: 2, end: 3, attempts: 1 }],
  });
  expect(decide(policy, { start: 2, end: 3, attempts: 1 }, 2)).toMatchObject({ kind: 'discard' });
});

test('pauses double up to half a minute', () => {
  expect([1, 2, 3, 6, 7, 50].map(backOff)).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000]);
});
