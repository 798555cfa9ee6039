import type { Clock, Timer } from '../../clock.ts';

/**
 * A limit on each of many spans, one after the other, with one timer for many of them: it is set when none runs, and
 * when it goes off it looks whether the span of that moment has had its time, or is set anew for what is left.
 */
export class TimeLimit {
  readonly ms: number;
  readonly #clock: Clock;
  readonly #isHeld: () => boolean;
  readonly #reached: () => void;
  #timer: Timer | null = null;
  #begunAt: number | null = null;

  /** While `isHeld` says so, the time is not up: a debugger may be looking. */
  constructor(clock: Clock, ms: number, isHeld: () => boolean, reached: () => void) {
    this.#clock = clock;
    this.ms = ms;
    this.#isHeld = isHeld;
    this.#reached = reached;
  }

  /** `spentMs` of it have gone already. */
  begin(spentMs = 0): void {
    this.#begunAt = this.#clock.monotonic() - spentMs;
    if (!this.#timer) this.#arm(this.ms - spentMs);
  }

  /** Ends the span and tells how long it was. */
  end(): number {
    const elapsed = this.#begunAt === null ? 0 : this.#clock.monotonic() - this.#begunAt;
    this.#begunAt = null;
    return elapsed;
  }

  cancel(): void {
    this.#begunAt = null;
    this.#timer?.cancel();
    this.#timer = null;
  }

  #arm(ms: number): void {
    this.#timer = this.#clock.after(ms, () => {
      this.#timer = null;
      if (this.#begunAt === null) return;
      const left = this.ms - (this.#clock.monotonic() - this.#begunAt);
      if (left > 0.5) this.#arm(left);
      else if (this.#isHeld()) this.#arm(this.ms);
      else this.#reached();
    });
  }
}
