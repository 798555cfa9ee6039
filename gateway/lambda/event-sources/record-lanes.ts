import type { DeliveryContext } from './delivery.ts';
import type { Partition, SourceRecord } from './event-source.ts';
import { Progress } from './progress.ts';
import { RecordLane } from './record-lane.ts';
import { TumblingWindow } from './tumbling-window.ts';

/** The records of a partition in as many lanes as may be under way at once; those of one key are in one lane. */
export type RecordLanes = {
  readonly isFull: boolean;
  /** Nothing waits and nothing is on its way. */
  readonly isIdle: boolean;
  /** Every record is done with, so that a restart need not see it again. */
  readonly isDone: boolean;
  push(records: readonly SourceRecord[]): void;
  /** Delivers what is due. Several lanes go on by themselves unless it is the `last` time. */
  pump(last: boolean): Promise<void>;
  close(): void;
  /** Resolves when nothing is on its way any more. */
  ended(): Promise<void>;
};

/** So many batches are read ahead of lanes that are busy. */
const batchesAhead = 4;

export const openLanes = (
  context: DeliveryContext,
  partition: Partition,
  stopped: AbortSignal,
  wake: () => void,
): RecordLanes => {
  const { batchSize, parallelizationFactor, tumblingWindowInSeconds } = context.mapping;
  const progress = new Progress((position) => partition.checkpoint(position));
  // A window has one state, which goes from invocation to invocation.
  const tumbling = tumblingWindowInSeconds > 0 ? new TumblingWindow(context, partition, progress, wake) : null;
  const count = tumbling ? 1 : Math.max(1, parallelizationFactor);
  const lanes = Array.from(
    { length: count },
    () => new RecordLane({ context, partition, progress, tumbling, stopped, wake }),
  );
  const laneOf = ({ key }: SourceRecord): RecordLane => lanes[count === 1 ? 0 : hash(key) % count]!;
  /** What went wrong in a lane that nobody waited for. */
  let failure: Error | null = null;
  const all = async (): Promise<void> => {
    await Promise.all(lanes.map((lane) => lane.pump()));
  };

  return {
    get isFull() {
      return lanes.some((lane) => !lane.isIdle && lane.size >= batchSize * batchesAhead);
    },
    get isIdle() {
      return lanes.every((lane) => lane.isIdle);
    },
    get isDone() {
      return progress.isComplete;
    },
    push(records) {
      for (const record of records) {
        progress.begin(record.position);
        laneOf(record).push(record);
      }
    },
    async pump(last) {
      if (failure) throw failure;
      const pumped = all();
      if (count === 1 || last) await pumped;
      else
        pumped.catch((error: Error) => {
          failure = error;
          wake();
        });
    },
    close() {
      tumbling?.close();
      for (const lane of lanes) lane.close();
    },
    ended: async () => {
      await Promise.allSettled(lanes.map((lane) => lane.delivering));
    },
  };
};

/** FNV-1a. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
};
