import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FollowedTime } from './followed-time.ts';

type Callback = (...given: unknown[]) => void;

const system = { setTimeout, clearTimeout, setInterval, clearInterval };
const longestDelay = 2_147_483_647;
const pending = new Set<FollowedTimer>();

/** Looks like Node's `Timeout`, but is due by the gateway's clock. */
class FollowedTimer {
  readonly #time: FollowedTime;
  readonly #callback: Callback;
  readonly #given: readonly unknown[];
  readonly #ms: number;
  readonly #repeats: boolean;
  #due: number;
  #handle: NodeJS.Timeout | null = null;
  #referenced = true;

  constructor(time: FollowedTime, callback: Callback, ms: unknown, given: readonly unknown[], repeats: boolean) {
    const wanted = Number(ms);
    // Node's own rule: what is no delay, or too long a one, is a millisecond.
    this.#ms = wanted >= 1 && wanted <= longestDelay ? Math.trunc(wanted) : 1;
    this.#time = time;
    this.#callback = callback;
    this.#given = given;
    this.#repeats = repeats;
    this.#due = time.monotonic() + this.#ms;
    pending.add(this);
    this.arm();
  }

  /** Sets the system's timer anew; called whenever the clock was set. */
  arm(): void {
    if (this.#handle) system.clearTimeout(this.#handle);
    const delay = this.#time.systemDelay(this.#due - this.#time.monotonic());
    // While the clock stands still a timer waits for it to be set; it keeps the thread alive as any timer does.
    this.#handle = system.setTimeout(() => this.#fire(), Math.min(delay ?? longestDelay, longestDelay));
    if (!this.#referenced) this.#handle.unref();
  }

  #fire(): void {
    if (this.#due - this.#time.monotonic() > 0.5) {
      this.arm();
      return;
    }
    if (this.#repeats) {
      this.#due = this.#time.monotonic() + this.#ms;
      this.arm();
    } else this.close();
    this.#callback(...this.#given);
  }

  close(): this {
    pending.delete(this);
    if (this.#handle) system.clearTimeout(this.#handle);
    this.#handle = null;
    return this;
  }
  refresh(): this {
    pending.add(this);
    this.#due = this.#time.monotonic() + this.#ms;
    this.arm();
    return this;
  }
  ref(): this {
    this.#referenced = true;
    this.#handle?.ref();
    return this;
  }
  unref(): this {
    this.#referenced = false;
    this.#handle?.unref();
    return this;
  }
  hasRef(): boolean {
    return this.#referenced && this.#handle !== null;
  }
  [Symbol.toPrimitive](): number {
    return this.#handle ? Number(this.#handle) : -1;
  }
  [Symbol.dispose](): void {
    this.close();
  }
}

/** Replaces the timers of this thread; returns what sets them anew after the clock was set. */
export const followTimers = (time: FollowedTime): (() => void) => {
  const setTimeout = (callback: Callback, ms?: unknown, ...given: unknown[]): FollowedTimer =>
    new FollowedTimer(time, callback, ms, given, false);
  const setInterval = (callback: Callback, ms?: unknown, ...given: unknown[]): FollowedTimer =>
    new FollowedTimer(time, callback, ms, given, true);
  const clear = (timer: unknown): void => {
    if (timer instanceof FollowedTimer) timer.close();
    else system.clearTimeout(timer as NodeJS.Timeout);
  };
  const later = (ms?: number, value?: unknown, options?: { signal?: AbortSignal; ref?: boolean }): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const { signal } = options ?? {};
      const abort = (): void => {
        timer.close();
        reject(Object.assign(new DOMException('The operation was aborted', 'AbortError'), { cause: signal?.reason }));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      }, ms);
      if (options?.ref === false) timer.unref();
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  Object.defineProperty(setTimeout, promisify.custom, { value: later });

  const replaced = { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear };
  Object.assign(globalThis, replaced);
  Object.assign(timers, replaced);
  Object.assign(timersPromises, { setTimeout: later });
  Object.assign(timersPromises.scheduler, {
    wait: (ms: number, options?: { signal?: AbortSignal }) => later(ms, undefined, options),
  });
  syncBuiltinESMExports();
  return () => {
    for (const timer of pending) timer.arm();
  };
};
