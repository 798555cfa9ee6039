import type { PendingInvocation } from './pending-invocation.ts';

/** Events may be handed ahead to an environment that answers faster than this, and so many at once. */
const swiftMs = 2;
const mostAhead = 8;

/**
 * The events that an environment has been given beyond the one in hand, because its handler is swift: they wait for their
 * turn there and not here, which spares a round trip for each. Times are the system's: they are about this machine's work.
 */
export class HandedAhead {
  #events: PendingInvocation[] = [];
  #begunAt = 0;
  /** What answers took lately. */
  #pace = Number.POSITIVE_INFINITY;
  #recalling = false;

  get size(): number {
    return this.#events.length;
  }

  get swift(): boolean {
    return this.#pace < swiftMs;
  }

  /** Nothing goes behind an answer that is streamed: its reader sets the pace. */
  get takesMore(): boolean {
    return this.swift && this.#events.length < mostAhead && !this.#recalling && !this.#events.at(-1)?.stream;
  }

  push(invocation: PendingInvocation): void {
    this.#events.push(invocation);
  }

  begun(): void {
    this.#begunAt = performance.now();
  }

  /** The event in hand is answered; the next one, if there is one, begins there by itself. */
  answered(): PendingInvocation | undefined {
    const took = performance.now() - this.#begunAt;
    this.#pace = this.#pace === Number.POSITIVE_INFINITY ? took : this.#pace * 0.8 + took * 0.2;
    return this.#events.shift();
  }

  /** Whether to ask for them, as the one in hand has taken long after all. */
  recallIfSlow(ms: number): boolean {
    if (this.#events.length === 0 || this.#recalling || performance.now() - this.#begunAt < ms) return false;
    this.#recalling = true;
    return true;
  }

  /** They will not be begun there. */
  takeBack(): readonly PendingInvocation[] {
    this.#recalling = false;
    const events = this.#events;
    this.#events = [];
    return events;
  }
}
