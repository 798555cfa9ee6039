/**
 * The one source of time. Wall time (`now`) and elapsed time (`monotonic`) run at the clock's own speed, and timers
 * follow it, so that a test can let ten minutes pass in a moment and every limit, date and expiry agrees.
 */
export type Clock = {
  /** Milliseconds since 1970, whole. */
  now(): number;
  /** Milliseconds that never go back; for latencies and time-outs. */
  monotonic(): number;
  /** Calls back once after `ms` of this clock. Never keeps the process alive. */
  after(ms: number, callback: () => void): Timer;
  /** What a second copy of this clock in another process needs; see `ClockReading`. */
  reading(): ClockReading;
  /** Calls back whenever speed or offset change; returns the way to stop that. */
  onChange(listener: () => void): () => void;
};

export type Timer = { cancel(): void };

/** Clock time = `at` + (system time − `systemAt`) × `speed`. */
export type ClockReading = { readonly at: number; readonly systemAt: number; readonly speed: number };

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, callback) {
    // Node caps a timer at 2^31 − 1 ms; the longest limit here (a stream's age, a week) fits.
    const handle = setTimeout(callback, Math.min(ms, 2_147_483_647));
    handle.unref();
    return { cancel: () => clearTimeout(handle) };
  },
  reading: () => ({ at: 0, systemAt: 0, speed: 1 }),
  onChange: () => () => {},
};
