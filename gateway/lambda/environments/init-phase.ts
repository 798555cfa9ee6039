import type { Clock, Timer } from '../../clock.ts';
import type { InitReport, InvocationLog } from './invocation-log.ts';

/** On Lambda the init phase may take ten seconds. */
const initLimitMs = 10_000;

/**
 * The init phase, with its limit. Where it fails Lambda tries once more, within the invocation that waits: that try may
 * take as long as the function, and what it takes is the invocation's own time.
 */
export class InitPhase {
  readonly #clock: Clock;
  readonly #log: InvocationLog;
  readonly #functionMs: number;
  readonly #timedOut: () => void;
  #failure: InitReport | null = null;
  #phase: 'init' | 'invoke' = 'init';
  /** What a second try took of the first event's time. */
  spentMs = 0;
  #billedMs: number | null = null;
  #begunAt: number;
  #limit: Timer;

  constructor(clock: Clock, log: InvocationLog, functionMs: number, isHeld: () => boolean, timedOut: () => void) {
    this.#clock = clock;
    this.#log = log;
    this.#functionMs = functionMs;
    this.#timedOut = () => {
      // A debugger looks at it: once more the time that it had.
      if (isHeld()) this.#limit = clock.after(this.limitMs, this.#timedOut);
      else timedOut();
    };
    this.#begunAt = clock.monotonic();
    this.#limit = clock.after(initLimitMs, this.#timedOut);
    log.initStart();
  }

  get isRetry(): boolean {
    return this.#phase === 'invoke';
  }

  get limitMs(): number {
    return this.isRetry ? this.#functionMs : initLimitMs;
  }

  succeeded(bills: boolean): void {
    const took = this.#over();
    if (this.isRetry) this.spentMs = took;
    else if (bills) this.#billedMs = took;
  }

  takeSpent(): number {
    const { spentMs } = this;
    this.spentMs = 0;
    return spentMs;
  }

  /** How long it took; told with the first event's answer only. */
  takeBilled(): number | null {
    const billedMs = this.#billedMs;
    this.#billedMs = null;
    return billedMs;
  }

  #over(): number {
    this.#limit.cancel();
    return this.#clock.monotonic() - this.#begunAt;
  }

  failed(status: 'error' | 'timeout', errorType: string): void {
    this.#failure = { phase: this.#phase, status, errorType, durationMs: this.#over() };
    this.#log.initReport(this.#failure);
  }

  /** An event that could not begin has lines in the log all the same. */
  reportTo(requestId: string): void {
    if (!this.#failure) return;
    this.#log.start(requestId);
    this.#log.end(requestId, { ...this.#failure, initMs: null, memoryMb: 0, traceId: '' });
  }

  retry(): void {
    this.#phase = 'invoke';
    this.#begunAt = this.#clock.monotonic();
    this.#limit = this.#clock.after(this.#functionMs, this.#timedOut);
  }

  cancel(): void {
    this.#limit.cancel();
  }
}
