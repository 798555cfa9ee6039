import type { Timer } from '../../clock.ts';
import type { InvocationResult } from '../invocation.ts';
import { type DeliveryContext, deliverFinal } from './delivery.ts';
import type { Partition, SourceRecord } from './event-source.ts';
import type { Progress } from './progress.ts';

/** A state that is larger ends its window early. */
const maximumStateBytes = 1_048_576;

type Open = { readonly start: number; readonly end: number; state: unknown; terminated: boolean; timer: Timer };

/**
 * Windows of a fixed length that follow each other on the gateway's clock, each with a state that goes from invocation to
 * invocation. Positions are done with when their window is: a restart reads an open window anew and so finds its state again.
 */
export class TumblingWindow {
  readonly #context: DeliveryContext;
  readonly #partition: Partition;
  readonly #progress: Progress;
  readonly #wake: () => void;
  #held: string[] = [];
  #open: Open | null = null;

  constructor(context: DeliveryContext, partition: Partition, progress: Progress, wake: () => void) {
    this.#context = context;
    this.#partition = partition;
    this.#progress = progress;
    this.#wake = wake;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** How many of the first records belong to the window of the very first. */
  membersOf(records: readonly SourceRecord[]): number {
    const start = this.#startOf(records[0]!);
    const other = records.findIndex((record) => this.#startOf(record) !== start);
    this.#begin(start);
    return other < 0 ? records.length : other;
  }

  /** What an invocation is given and gives back besides records. */
  within(context: DeliveryContext): DeliveryContext {
    return { ...context, members: () => this.#members(false), answered: (result) => this.#answered(result) };
  }

  hold(positions: readonly string[]): void {
    this.#held.push(...positions);
  }

  /** Calls the function a last time for a window whose time is over, or whose follower has begun. */
  async endIfOver(next: number | null, stopped: AbortSignal): Promise<void> {
    const open = this.#open;
    if (!open || stopped.aborted) return;
    const isNextLater = next !== null && next >= open.end;
    if (!isNextLater && !open.terminated && (next !== null || this.#context.clock.now() < open.end)) return;
    open.timer.cancel();
    const final = { ...this.#context, members: () => this.#members(true), answered: () => null };
    await deliverFinal(final, stopped);
    if (stopped.aborted) return;
    this.#open = null;
    const held = this.#held;
    this.#held = [];
    this.#progress.done(held);
  }

  close(): void {
    this.#open?.timer.cancel();
  }

  #startOf({ createdAt }: SourceRecord): number {
    const ms = this.#context.mapping.tumblingWindowInSeconds * 1000;
    return Math.floor(createdAt / ms) * ms;
  }

  #begin(start: number): void {
    if (this.#open) return;
    const { clock, mapping } = this.#context;
    const end = start + mapping.tumblingWindowInSeconds * 1000;
    const timer = clock.after(Math.max(0, end - clock.now()), this.#wake);
    this.#open = { start, end, state: {}, terminated: false, timer };
  }

  #members(isFinalInvokeForWindow: boolean): Readonly<Record<string, unknown>> {
    const { start, end, state, terminated } = this.#open!;
    return {
      window: { start: new Date(start).toISOString(), end: new Date(end).toISOString() },
      state,
      shardId: this.#partition.id,
      eventSourceARN: this.#context.mapping.eventSourceArn,
      isFinalInvokeForWindow,
      isWindowTerminatedEarly: terminated,
    };
  }

  /** Takes over the state; a text says why the answer is none. */
  #answered(result: InvocationResult): string | null {
    if (result.kind !== 'answered' || result.functionError || !this.#open) return null;
    const state = stateIn(result.payload);
    if (state === undefined) return 'the answer has no state';
    this.#open.state = state;
    this.#open.terminated = Buffer.byteLength(JSON.stringify(state)) > maximumStateBytes;
    return null;
  }
}

const stateIn = (payload: string): unknown => {
  try {
    return (JSON.parse(payload) as { state?: unknown } | null)?.state;
  } catch {
    return undefined;
  }
};
