import type { FunctionReference } from '../invocation.ts';

/** An event that was accepted and is not done with. It crosses restarts: plain data only. */
export type AcceptedEvent = {
  readonly requestId: string;
  readonly function: FunctionReference;
  readonly payload: string;
  readonly traceId?: string;
  readonly clientContext?: string;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  /** How often the function ran with it. */
  readonly runs: number;
  /** How often in a row it was turned away before it could run. */
  readonly throttles: number;
  /** Not before; null: at once. */
  readonly dueAt: number | null;
};
