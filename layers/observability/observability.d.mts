import type { Context } from 'aws-lambda';

/** Structured log lines that carry the request id, the function and whether the start was cold. */
export declare const logger: {
  debug(message: string, extra?: object): void;
  info(message: string, extra?: object): void;
  warn(message: string, extra?: object): void;
  error(message: string, extra: unknown): void;
};

/** The same client, its calls now part of the trace. */
export declare const tracedClient: <Client>(client: Client) => Client;

/** Logs an error that a handler answers for, and marks the trace. */
export declare const reportFailure: (error: unknown) => void;

/** Wraps a handler: log context, a subsegment, and what it throws is logged before Lambda sees it. */
export declare const observed: <Event, Result>(
  handle: (event: Event, context: Context) => Promise<Result>,
) => (event: Event, context: Context) => Promise<Result>;
