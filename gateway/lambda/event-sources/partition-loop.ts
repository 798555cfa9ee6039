import type { Clock } from '../../clock.ts';
import { type DeliveryContext, deliver } from './delivery.ts';
import type { Page, Partition, SourceRecord } from './event-source.ts';
import { Wakeup } from './wakeup.ts';

export type PartitionLoop = {
  /** Something may be there to read: do not wait out the interval. */
  wake(): void;
  /** Resolves when everything that could be read at the time of the call is done with; false if the loop ended first. */
  idle(): Promise<boolean>;
  /** Resolves when the loop is over. */
  readonly done: Promise<LoopEnd>;
  stop(): Promise<unknown>;
};

export type LoopEnd =
  /** The lane is closed and done with. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly error: Error; readonly reads: number };

/**
 * How often a source is read is a matter of the system's time: records flow with a stopped clock too. Reads follow
 * upon each other while there is something, and become rarer from there on.
 */
const interval = { least: 5, active: 20, idle: 250, growth: 1.5 };

/** Lambda's limit for the payload of an invocation; a batch ends before it. */
const payloadLimit = 6 * 1024 * 1024;

export const startPartitionLoop = (
  context: DeliveryContext,
  partition: Partition,
  matches: (event: unknown) => boolean,
): PartitionLoop => {
  const { clock, mapping } = context;
  const stopping = new AbortController();
  const wakeup = new Wakeup();
  const buffer: SourceRecord[] = [];
  const idlers = new Set<{ readonly after: number; resolve(done: boolean): void }>();
  let reads = 0;
  let over = false;
  let window: Window | null = null;

  const gather = (records: readonly SourceRecord[]): void => {
    buffer.push(...records.filter((record) => matches(record.event)));
    if (buffer.length > 0) window ??= openWindow(clock, mapping.maximumBatchingWindowInSeconds, () => wakeup.wake());
  };
  const batchIsDue = (): boolean => buffer.length >= mapping.batchSize || (buffer.length > 0 && window!.over());
  const deliverDue = async (): Promise<void> => {
    while (batchIsDue() && !stopping.signal.aborted) {
      const batch = buffer.splice(0, batchLength(buffer, mapping.batchSize));
      await deliver(context, partition, batch, stopping.signal);
    }
    if (buffer.length > 0) return;
    window?.close();
    window = null;
  };

  const satisfyIdlers = (begun: number): void => {
    for (const idler of [...idlers]) {
      if (idler.after >= begun) continue;
      idlers.delete(idler);
      idler.resolve(true);
    }
  };

  const run = async (): Promise<LoopEnd> => {
    let pause = interval.active;
    while (!stopping.signal.aborted) {
      const begun = ++reads;
      let page: Page;
      try {
        page = await partition.read();
        gather(page.records);
        // A closed lane brings no more: what is gathered goes now.
        if (page.ended) window?.close();
        await deliverDue();
      } catch (error) {
        // What is gathered and not handled is read again from the checkpoint, by the next loop.
        return { kind: 'failed', error: error as Error, reads: reads - 1 };
      }
      if (stopping.signal.aborted) break;
      if (buffer.length === 0 && page.reached !== null) partition.checkpoint(page.reached);
      if (page.ended) {
        partition.end();
        return { kind: 'ended' };
      }
      if (!page.more && buffer.length === 0) satisfyIdlers(begun);
      const called = await wakeup.sleep(page.more ? interval.least : pause, interval.least);
      pause = page.more || called ? interval.active : Math.min(pause * interval.growth, interval.idle);
    }
    return { kind: 'stopped' };
  };

  const done = run().finally(() => {
    window?.close();
    over = true;
    for (const idler of idlers) idler.resolve(false);
  });
  return {
    done,
    wake: () => wakeup.wake(),
    idle: () =>
      new Promise((resolve) => {
        if (over) return resolve(false);
        // A read that has begun already may have missed what was written just now.
        idlers.add({ after: reads, resolve });
        wakeup.wake();
      }),
    stop() {
      stopping.abort();
      wakeup.wake();
      return done;
    },
  };
};

/** How long records wait for company, on the gateway's clock. */
type Window = { over(): boolean; close(): void };

const openWindow = (clock: Clock, seconds: number, wake: () => void): Window => {
  let over = seconds <= 0;
  const timer = over
    ? null
    : clock.after(seconds * 1000, () => {
        over = true;
        wake();
      });
  return {
    over: () => over,
    close() {
      over = true;
      timer?.cancel();
    },
  };
};

const batchLength = (records: readonly SourceRecord[], most: number): number => {
  let bytes = '{"Records":[]}'.length;
  for (let i = 0; i < Math.min(records.length, most); i++) {
    bytes += Buffer.byteLength(JSON.stringify(records[i]!.event)) + 1;
    if (bytes > payloadLimit && i > 0) return i;
  }
  return Math.min(records.length, most);
};
