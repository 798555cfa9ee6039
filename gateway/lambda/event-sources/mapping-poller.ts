import { setTimeout as delay } from 'node:timers/promises';
import type { DeliveryContext } from './delivery.ts';
import type { EventSource, Partition } from './event-source.ts';
import { type PartitionLoop, startPartitionLoop } from './partition-loop.ts';
import { Wakeup } from './wakeup.ts';

/** One event source mapping at work. */
export type MappingPoller = {
  /** Resolves when the mapping has taken its place in the source, or could not. */
  readonly ready: Promise<void>;
  wake(): void;
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** Shards come and go seldom; an end or a failure is looked into at once. */
const lookEvery = { calm: 5_000, troubled: 100 };

export const startMappingPoller = (
  context: DeliveryContext,
  source: EventSource,
  matches: (event: unknown) => boolean,
): MappingPoller => {
  const loops = new Map<string, PartitionLoop>();
  const wakeup = new Wakeup();
  let stopped = false;
  let failed = false;
  let trouble: string | null = null;

  const report = (error: Error, again: boolean): void => {
    if (again || error.message !== trouble) {
      context.notice(
        'warning',
        `${context.subject} cannot be read for ${context.mapping.functionName}: ${error.message}`,
      );
    }
    trouble = error.message;
  };
  const follow = (id: string, partition: Partition): void => {
    const loop = startPartitionLoop(context, partition, matches);
    loops.set(id, loop);
    void loop.done.then((end) => {
      loops.delete(id);
      // One that has read something before it failed is news, if the reason is the same as the last time or not.
      if (end.kind === 'failed' && !stopped) report(end.error, end.reads > 0);
      failed = end.kind === 'failed';
      if (end.kind !== 'stopped') wakeup.wake();
    });
  };

  const look = async (): Promise<void> => {
    if (stopped) return;
    try {
      const found = await source.partitions();
      for (const [id, loop] of loops) if (!found.includes(id)) await loop.stop();
      for (const id of found) {
        if (loops.has(id) || stopped) continue;
        const partition = await source.open(id);
        if (!stopped) follow(id, partition);
      }
    } catch (error) {
      if (!stopped) report(error as Error, false);
    }
  };
  let looking = look();
  const lookAgain = (): Promise<void> => {
    looking = looking.then(look);
    return looking;
  };
  const ready = looking;
  const watch = async (): Promise<void> => {
    await looking;
    while (!stopped) {
      await wakeup.sleep(loops.size === 0 ? lookEvery.troubled : lookEvery.calm, failed ? lookEvery.troubled : 0);
      failed = false;
      await lookAgain();
    }
  };
  const watching = watch();

  return {
    ready,
    wake() {
      for (const loop of loops.values()) loop.wake();
      if (loops.size === 0) wakeup.wake();
    },
    async idle() {
      for (;;) {
        await lookAgain();
        const done = await Promise.all([...loops.values()].map((loop) => loop.idle()));
        if (stopped || done.every(Boolean)) return;
        await delay(lookEvery.troubled);
      }
    },
    async stop() {
      stopped = true;
      wakeup.wake();
      await Promise.all([...loops.values()].map((loop) => loop.stop()));
      await watching;
    },
  };
};
