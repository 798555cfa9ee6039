/** An account runs so many events at once, and so many of them are always kept for functions that reserve nothing. */
export const accountConcurrency = 1000;
export const keptUnreserved = 100;

/** Which limit an event met, in Lambda's words. */
export type ThrottleReason = 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded';

/** The events in flight of all functions that reserve no concurrency: they share what the others leave. */
export type UnreservedConcurrency = { maximum: number; inFlight: number };

/** What an event that was let in calls when it is answered. */
export type Leave = () => void;

/** The `Leave` of events that nobody counts. */
export const uncounted: Leave = () => {};

/**
 * Lets events of one function in, or throttles them as Lambda does. Where they queue instead (`unreserved` is null), only
 * a reservation of zero keeps any out, which is how one turns a function off.
 */
export class Admission {
  /** As reserved; null where the function shares the account's concurrency. */
  reserved: number | null = null;
  /** How many events may be in flight. */
  maximum = 0;
  readonly #unreserved: UnreservedConcurrency | null;
  #inFlight = 0;

  constructor(unreserved: UnreservedConcurrency | null) {
    this.#unreserved = unreserved;
  }

  enter(): ThrottleReason | Leave {
    if (this.maximum === 0) return 'ReservedFunctionConcurrentInvocationLimitExceeded';
    const shared = this.#unreserved;
    if (shared === null) return uncounted;
    if (this.reserved !== null) {
      if (this.#inFlight >= this.maximum) return 'ReservedFunctionConcurrentInvocationLimitExceeded';
      this.#inFlight++;
      return () => {
        this.#inFlight--;
      };
    }
    if (this.#inFlight >= this.maximum || shared.inFlight >= shared.maximum) return 'ConcurrentInvocationLimitExceeded';
    this.#inFlight++;
    shared.inFlight++;
    return () => {
      this.#inFlight--;
      shared.inFlight--;
    };
  }
}
