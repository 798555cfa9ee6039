import type { DeliveryContext } from './delivery.ts';
import type { Page, Partition } from './event-source.ts';
import { openLanes, type RecordLanes } from './record-lanes.ts';
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

export const startPartitionLoop = (
  context: DeliveryContext,
  partition: Partition,
  matches: (event: unknown) => boolean,
): PartitionLoop => {
  const stopping = new AbortController();
  const wakeup = new Wakeup();
  const idlers = new Set<{ readonly after: number; resolve(done: boolean): void }>();
  const lanes: RecordLanes = openLanes(context, partition, stopping.signal, () => wakeup.wake());
  let reads = 0;
  let over = false;

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
      if (lanes.isFull) {
        await wakeup.sleep(interval.idle, 0);
        continue;
      }
      const begun = ++reads;
      let page: Page;
      try {
        page = await partition.read();
        lanes.push(page.records.filter((record) => matches(record.event)));
        // A closed partition brings no more: what is gathered goes now.
        if (page.ended) lanes.close();
        await lanes.pump(page.ended);
      } catch (error) {
        // What is gathered and not handled is read again from the checkpoint, by the next loop.
        stopping.abort();
        await lanes.ended();
        return { kind: 'failed', error: error as Error, reads: reads - 1 };
      }
      if (stopping.signal.aborted) break;
      if (lanes.isDone && page.reached !== null) partition.checkpoint(page.reached);
      if (page.ended) {
        partition.end();
        return { kind: 'ended' };
      }
      if (!page.more && lanes.isIdle) satisfyIdlers(begun);
      const called = await wakeup.sleep(page.more ? interval.least : pause, interval.least);
      pause = page.more || called ? interval.active : Math.min(pause * interval.growth, interval.idle);
    }
    await lanes.ended();
    return { kind: 'stopped' };
  };

  const done = run().finally(() => {
    lanes.close();
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
