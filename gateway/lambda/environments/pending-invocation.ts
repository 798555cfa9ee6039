import type { InvocationResult } from '../invocation.ts';

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
