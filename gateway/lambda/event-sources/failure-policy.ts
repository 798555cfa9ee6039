import type { InvocationResult } from '../invocation.ts';

/** What a mapping says about failures. */
export type FailurePolicy = {
  /** -1: until the record is too old. */
  readonly maximumRetryAttempts: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly reportBatchItemFailures: boolean;
};

/** How an invocation with a batch ended. */
export type Outcome =
  | { readonly kind: 'succeeded' }
  /** Records before the index `from` succeeded. */
  | { readonly kind: 'failed'; readonly from: number; readonly reason: string }
  /** The function did not run, so nothing counts as an attempt. */
  | { readonly kind: 'withheld'; readonly reason: string };

export const readOutcome = (
  result: InvocationResult,
  positions: readonly string[],
  reportBatchItemFailures: boolean,
): Outcome => {
  if (result.kind !== 'answered') return { kind: 'withheld', reason: result.reason };
  if (result.functionError) return { kind: 'failed', from: 0, reason: errorText(result.payload) };
  return reportBatchItemFailures ? readReport(result.payload, positions) : { kind: 'succeeded' };
};

/** Nothing, `{}` and an empty list report success; a report that names no record of the batch fails all of it. */
const readReport = (payload: string, positions: readonly string[]): Outcome => {
  const wrong: Outcome = { kind: 'failed', from: 0, reason: 'the answer is no report of batch item failures' };
  let answer: unknown;
  try {
    answer = payload === '' ? null : JSON.parse(payload);
  } catch {
    return wrong;
  }
  if (answer === null || answer === '') return { kind: 'succeeded' };
  if (typeof answer !== 'object') return wrong;
  const failures = (answer as { batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (!Array.isArray(failures)) return wrong;
  if (failures.length === 0) return { kind: 'succeeded' };
  const indexes = failures.map((failure) => positions.indexOf(failure?.itemIdentifier));
  if (indexes.includes(-1)) return wrong;
  return { kind: 'failed', from: Math.min(...indexes), reason: `${failures.length} records reported as failed` };
};

const errorText = (payload: string): string => {
  try {
    const { errorType, errorMessage } = JSON.parse(payload);
    return [errorType, errorMessage].filter(Boolean).join(': ') || payload;
  } catch {
    return payload;
  }
};

/** A part of a batch that goes to the function in one invocation: records `start` to `end` (exclusive). */
export type Unit = { readonly start: number; readonly end: number; readonly attempts: number };

/** What follows a failure. */
export type Decision =
  | { readonly kind: 'retry'; readonly units: readonly Unit[] }
  | { readonly kind: 'discard'; readonly unit: Unit };

/**
 * After a failure of `unit` from the index `from` on (counted within the batch): what is left is tried again, in halves
 * where the mapping bisects, and given up once its attempts are used up. Splitting costs no attempt.
 */
export const decide = (policy: FailurePolicy, unit: Unit, from: number): Decision => {
  // A report that moved on has shown where the fault is: the attempts of what is left begin with this one.
  const progressed = from > unit.start;
  const left = { start: from, end: unit.end };
  if (policy.bisectBatchOnFunctionError && left.end - left.start > 1) {
    if (progressed) return { kind: 'retry', units: [{ ...left, attempts: unit.attempts }] };
    const middle = Math.ceil((left.start + left.end) / 2);
    return {
      kind: 'retry',
      units: [
        { start: left.start, end: middle, attempts: unit.attempts },
        { start: middle, end: left.end, attempts: unit.attempts },
      ],
    };
  }
  const attempts = progressed ? 1 : unit.attempts + 1;
  const exhausted = policy.maximumRetryAttempts >= 0 && attempts > policy.maximumRetryAttempts;
  return exhausted
    ? { kind: 'discard', unit: { ...left, attempts } }
    : { kind: 'retry', units: [{ ...left, attempts }] };
};

/** Milliseconds before the next attempt, after so many failures in a row. */
export const backOff = (failures: number): number => Math.min(500 * 2 ** (failures - 1), 30_000);
