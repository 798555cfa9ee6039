import type { FrameType, frameType, InvocationHead } from '../frames.ts';

export type RuntimeEvent = { readonly head: InvocationHead; readonly payload: string; readonly deadlineMs: number };

/** The events that a runtime has been given: the first is in hand, those after it wait for its next question. */
export class RuntimeEvents {
  readonly #events: { readonly head: string; readonly payload: string }[] = [];
  readonly #answer: (type: FrameType, durationMs: number, body: string) => void;
  #current: RuntimeEvent | null = null;
  #begunAt = 0;
  #asking: ((event: RuntimeEvent) => void) | null = null;

  constructor(answer: (type: FrameType, durationMs: number, body: string) => void) {
    this.#answer = answer;
  }

  get current(): RuntimeEvent | null {
    return this.#current;
  }

  push(head: string, payload: string): void {
    this.#events.push({ head, payload });
    this.#give();
  }

  /** Forgets those that nobody has begun. */
  forgetWaiting(): void {
    // The gateway counts the first one as begun from when the one before it was answered.
    this.#events.splice(this.#current ? 0 : 1);
  }

  /** The runtime asks for its next event. */
  next(take: (event: RuntimeEvent) => void): void {
    if (this.#current) take(this.#current);
    else {
      this.#asking = take;
      this.#give();
    }
  }

  answer(type: typeof frameType.result | typeof frameType.failure, body: string): void {
    this.#current = null;
    this.#answer(type, Math.round((performance.now() - this.#begunAt) * 100) / 100, body);
  }

  #give(): void {
    if (!this.#asking || this.#current) return;
    const event = this.#events.shift();
    if (!event) return;
    const head = JSON.parse(event.head) as InvocationHead;
    // In the system's time, the only one that a process sees.
    this.#current = { head, payload: event.payload, deadlineMs: Date.now() + Math.floor(head.timeoutMs) };
    this.#begunAt = performance.now();
    const take = this.#asking;
    this.#asking = null;
    take(this.#current);
  }
}
