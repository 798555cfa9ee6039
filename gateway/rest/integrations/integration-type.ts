import type { RestContext } from '../context.ts';

/**
 * A method's integration, compiled: the three steps that its type takes in the three integration phases.
 * The phases are the same for all types; what they do is here, a file a type.
 */
export type IntegrationType = {
  /** Whether the client gets an `X-Amzn-Trace-Id`: for Lambda and AWS services yes, for MOCK and HTTP proxies no. */
  readonly answersTraceId: boolean;
  /** Makes what the backend is sent. */
  request(context: RestContext): void;
  /** Calls the backend; waits for it no longer than its time-out. */
  call(context: RestContext): void | Promise<void>;
  /** Turns what came back into the method's response. */
  response(context: RestContext): void;
};
