import { type BatchWindow, openWindow } from './batch-window.ts';
import { type DeliveryContext, deliver } from './delivery.ts';
import type { Partition, SourceRecord } from './event-source.ts';
import type { Progress } from './progress.ts';
import type { TumblingWindow } from './tumbling-window.ts';

/** Lambda's limit for the payload of an invocation; a batch ends before it. */
const payloadLimit = 6 * 1024 * 1024;

export type LaneOptions = {
  readonly context: DeliveryContext;
  readonly partition: Partition;
  readonly progress: Progress;
  /** Null where the mapping keeps no windows. */
  readonly tumbling: TumblingWindow | null;
  readonly stopped: AbortSignal;
  /** A batch may be due, or has been delivered. */
  wake(): void;
};

/** Records of one partition that keep their order: one batch of them at a time is on its way. */
export class RecordLane {
  readonly #options: LaneOptions;
  readonly #partition: Partition;
  readonly #buffer: SourceRecord[] = [];
  /** Everything that was begun and is not done with, in order. */
  #begun: string[] = [];
  #window: BatchWindow | null = null;
  #delivering: Promise<void> | null = null;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#partition = { ...options.partition, checkpoint: (position) => this.#done(position) };
  }

  get size(): number {
    return this.#buffer.length;
  }

  /** Resolves when the batches under way are delivered, at once where there are none. */
  get delivering(): Promise<void> {
    return this.#delivering ?? Promise.resolve();
  }

  get isIdle(): boolean {
    return this.#buffer.length === 0 && this.#delivering === null;
  }

  push(record: SourceRecord): void {
    const { context, wake } = this.#options;
    this.#buffer.push(record);
    this.#begun.push(record.position);
    this.#window ??= openWindow(context.clock, context.mapping.maximumBatchingWindowInSeconds, wake);
  }

  /** Nothing more will come: what waits for company goes now. */
  close(): void {
    this.#window?.close();
  }

  /** Delivers what is due, batch after batch. Resolves when nothing is due any more. */
  pump(): Promise<void> {
    if (!this.#delivering && !this.#isDue && !this.#options.tumbling?.isOpen) return Promise.resolve();
    this.#delivering ??= this.#deliverDue().finally(() => {
      this.#delivering = null;
      this.#options.wake();
    });
    return this.#delivering;
  }

  async #deliverDue(): Promise<void> {
    const { context, stopped, tumbling } = this.#options;
    while (!stopped.aborted) {
      await tumbling?.endIfOver(this.#buffer[0]?.createdAt ?? null, stopped);
      if (!this.#isDue) break;
      const most = tumbling?.membersOf(this.#buffer) ?? this.#buffer.length;
      const batch = this.#buffer.splice(0, batchLength(this.#buffer, Math.min(context.mapping.batchSize, most)));
      await deliver(tumbling?.within(context) ?? context, this.#partition, batch, stopped);
    }
    if (this.#buffer.length > 0) return;
    this.#window?.close();
    this.#window = null;
  }

  get #isDue(): boolean {
    const { batchSize } = this.#options.context.mapping;
    return this.#buffer.length >= batchSize || (this.#buffer.length > 0 && this.#window!.over());
  }

  #done(position: string): void {
    const end = this.#begun.indexOf(position) + 1;
    const positions = this.#begun.slice(0, end);
    this.#begun = this.#begun.slice(end);
    const { tumbling, progress } = this.#options;
    if (tumbling) tumbling.hold(positions);
    else progress.done(positions);
  }
}

const batchLength = (records: readonly SourceRecord[], most: number): number => {
  let bytes = '{"Records":[]}'.length;
  for (let i = 0; i < Math.min(records.length, most); i++) {
    bytes += Buffer.byteLength(JSON.stringify(records[i]!.event)) + 1;
    if (bytes > payloadLimit && i > 0) return i;
  }
  return Math.min(records.length, most);
};
