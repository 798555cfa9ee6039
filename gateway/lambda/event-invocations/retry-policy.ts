import type { EventInvokeConfig } from '../../model/lambda-function.ts';
import type { InvocationResult } from '../invocation.ts';
import type { AcceptedEvent } from './event.ts';

/**
 * How Lambda goes on with an event after an attempt.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export type NextStep =
  | { readonly kind: 'done'; readonly condition: Condition; readonly event: AcceptedEvent }
  | { readonly kind: 'again'; readonly event: AcceptedEvent };

/** As the record for a destination names it. */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency';

export type RetryPolicy = Pick<EventInvokeConfig, 'maximumRetryAttempts' | 'maximumEventAgeInSeconds'>;

export const defaultPolicy: RetryPolicy = { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 21_600 };

/** One minute before the first retry, two before the second. */
const afterErrorMs = [60_000, 120_000];
const firstThrottleMs = 1_000;
const longestThrottleMs = 300_000;

export const isTooOld = (event: AcceptedEvent, policy: RetryPolicy, now: number): boolean =>
  now - event.acceptedAt > policy.maximumEventAgeInSeconds * 1000;

export const nextStep = (
  before: AcceptedEvent,
  result: InvocationResult,
  policy: RetryPolicy,
  /** The function is turned off: there is no waiting for it. */
  isOff: boolean,
  now: number,
): NextStep => {
  if (result.kind !== 'answered') {
    if (isOff) return { kind: 'done', condition: 'ZeroReservedConcurrency', event: before };
    const waitMs = Math.min(firstThrottleMs * 2 ** before.throttles, longestThrottleMs);
    return again({ ...before, throttles: before.throttles + 1, dueAt: now + waitMs }, policy);
  }
  const event = { ...before, runs: before.runs + 1, throttles: 0 };
  if (result.functionError === null) return { kind: 'done', condition: 'Success', event };
  if (event.runs > policy.maximumRetryAttempts) return { kind: 'done', condition: 'RetriesExhausted', event };
  return again({ ...event, dueAt: now + afterErrorMs[Math.min(event.runs, afterErrorMs.length) - 1]! }, policy);
};

/** A retry that would come too late is not waited for. */
const again = (event: AcceptedEvent, policy: RetryPolicy): NextStep =>
  isTooOld(event, policy, event.dueAt!)
    ? { kind: 'done', condition: 'EventAgeExceeded', event }
    : { kind: 'again', event };
