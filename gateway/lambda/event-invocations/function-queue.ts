import type { AcceptedEvent } from './event.ts';

export type FunctionQueueOptions = {
  /** How many of its events may run at once, looked at before each. */
  concurrency(): number;
  /** Settles when the event is done with, or is to be tried again later; never rejects. */
  run(event: AcceptedEvent): Promise<void>;
};

/** The events of one function that may run now, in order of arrival. */
export class FunctionQueue {
  readonly #options: FunctionQueueOptions;
  readonly #ready: AcceptedEvent[] = [];
  #running = 0;

  constructor(options: FunctionQueueOptions) {
    this.#options = options;
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#ready.length === 0;
  }

  push(event: AcceptedEvent): void {
    this.#ready.push(event);
    this.#pump();
  }

  /** Forgets what has not begun. */
  clear(): void {
    this.#ready.length = 0;
  }

  /** No more of them than its concurrency are on their way at once, so that other callers find a place between them. */
  #pump(): void {
    while (this.#ready.length > 0 && this.#running < Math.max(1, this.#options.concurrency())) {
      const event = this.#ready.shift()!;
      this.#running++;
      void this.#options.run(event).then(() => {
        this.#running--;
        this.#pump();
      });
    }
  }
}
