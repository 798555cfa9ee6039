import type { ThrottleReason } from '../concurrency.ts';
import type { InvocationResult } from '../invocation.ts';
import type { AnswerStream } from './answer-stream.ts';

/** An event on its way through a function's environments. */
export type PendingInvocation = {
  readonly requestId: string;
  readonly payload: string;
  /** As invoked, with the qualifier. */
  readonly arn: string;
  readonly traceId: string;
  readonly clientContext: string | undefined;
  /** System time (not the clock's), for deciding when another environment starts. */
  readonly arrivedAt: number;
  /** Where the answer goes piece by piece; null where it is wanted whole. */
  readonly stream: AnswerStream | null;
  settle(result: InvocationResult): void;
};

/** The answer to an event that no environment took. */
export const refusal = (payload: string, executedVersion: string, requestId: string): InvocationResult => ({
  kind: 'answered',
  payload,
  functionError: 'Unhandled',
  executedVersion,
  requestId,
  initMs: null,
  durationMs: 0,
});

export const throttled = (limit: ThrottleReason): InvocationResult => ({
  kind: 'throttled',
  reason: 'Rate Exceeded.',
  limit,
});
