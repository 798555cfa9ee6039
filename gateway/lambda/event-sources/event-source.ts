/**
 * The contract of a source of events. The loop is the same for all (`poller.ts`): read, invoke, checkpoint, and on a
 * failure what `failure-policy.ts` decides. What differs, how to read and what to remember, is a file a source.
 */
export type EventSource = {
  /** What is read, for messages: `table bids`. */
  readonly subject: string;
  /**
   * The lanes that may be read now, each in its own order and independent of the others: a stream's shards. Asked
   * again from time to time and whenever one ends or fails. The same id later means the same lane.
   */
  partitions(): Promise<readonly string[]>;
  /** Opens a lane where its checkpoint stands, or at the mapping's starting position. */
  open(partition: string): Promise<Partition>;
};

export type Partition = {
  /** Its name in the source: a shard's id. */
  readonly id: string;
  /** What comes next, in order. Reads on from where the last read ended. */
  read(): Promise<Page>;
  /** Everything up to and including this position is done with, after a restart too. */
  checkpoint(position: string): void;
  /** The whole lane is done with. */
  end(): void;
  /** How a failure's report describes a run of records; the key differs by source. */
  describe(records: readonly SourceRecord[]): Readonly<Record<string, unknown>>;
};

export type Page = {
  readonly records: readonly SourceRecord[];
  /** The position that this read reached, records that were left out included; null where it found nothing. */
  readonly reached: string | null;
  /** More is there already. */
  readonly more: boolean;
  /** The lane is closed and this was its end. */
  readonly ended: boolean;
};

export type SourceRecord = {
  /** Its place in the partition, and its name in `batchItemFailures`. */
  readonly position: string;
  /** Records with the same key keep their order. */
  readonly key: string;
  /** As the function sees it in `Records`. */
  readonly event: Readonly<Record<string, unknown>>;
  /** When it came to be, in the gateway's time. */
  readonly createdAt: number;
};
