import type { Clock } from '../../clock.ts';
import { isDynamoDbError } from '../../cloud/dynamodb/client.ts';
import type { DynamoDb } from '../../cloud/dynamodb/dynamodb.ts';
import type { EventSourceMapping } from '../../model/lambda-function.ts';
import type { Checkpoint, CheckpointStore } from './checkpoints.ts';
import type { EventSource, Page, Partition, SourceRecord } from './event-source.ts';
import { describeStream, type StreamDescription, streamTable } from './stream-description.ts';
import { changesNothing, type StreamIdentity, type StreamRecord, toSourceRecord } from './stream-record.ts';

export type StreamOptions = {
  readonly mapping: EventSourceMapping;
  readonly dynamodb: DynamoDb;
  readonly clock: Clock;
  readonly region: string;
  readonly checkpoints: CheckpointStore;
};

type RecordsPage = { readonly Records: readonly StreamRecord[]; readonly NextShardIterator?: string };

/**
 * A table's stream. The embedded engine keeps one shard a table which never closes, counts sequence numbers from 1
 * without end, and lets iterators live for ever; AWS splits and closes shards and ends iterators after 15 minutes.
 * Both are read the same way: by checkpoint, parents before children.
 */
export const dynamoDbStream = (options: StreamOptions): EventSource => {
  const { mapping, dynamodb, checkpoints } = options;
  const table = streamTable(mapping.eventSourceArn)!;
  let starting = true;
  let stream: StreamDescription | null = null;
  /** Shards that are to be read from their end on: those of a mapping's very first start. */
  const fromNowOn = new Set<string>();

  /** The mapping's checkpoint in this life of the stream, which may begin with this call. */
  const takePlace = ({ label, createdAt, shards }: StreamDescription): Checkpoint => {
    const kept = checkpoints.get(mapping.id);
    if (kept?.stream === label) return kept;
    // A stream that is replaced under a running mapping has lost nothing yet, wherever the mapping began.
    const latest = starting && mapping.startingPosition === 'LATEST';
    if (latest) for (const { ShardId } of shards) fromNowOn.add(ShardId);
    // The system's time, in which the stream dates its records.
    const since = latest ? Math.floor(Date.now() / 1000) : createdAt;
    const begun: Checkpoint = { stream: label, since, positions: {} };
    checkpoints.set(mapping.id, begun);
    return begun;
  };

  return {
    subject: `table ${table}`,
    async partitions() {
      stream = await describeStream(dynamodb, table);
      const checkpoint = takePlace(stream);
      starting = false;
      return readableShards(stream, checkpoint).map((shardId) => `${stream!.label}/${shardId}`);
    },
    open(partition) {
      const shardId = partition.slice(partition.indexOf('/') + 1);
      return openShard(options, stream!, shardId, fromNowOn.delete(shardId));
    },
  };
};

/** A shard may be read once its parent is done with, so that the changes of one key keep their order. */
const readableShards = (stream: StreamDescription, { positions }: Checkpoint): string[] => {
  const known = new Set(stream.shards.map((shard) => shard.ShardId));
  return stream.shards
    .filter(({ ParentShardId: parent }) => !parent || !known.has(parent) || positions[parent] === null)
    .map((shard) => shard.ShardId)
    .filter((shardId) => positions[shardId] !== null);
};

const openShard = async (
  { mapping, dynamodb, clock, region, checkpoints }: StreamOptions,
  stream: StreamDescription,
  shardId: string,
  latest: boolean,
): Promise<Partition> => {
  const checkpoint = checkpoints.get(mapping.id)!;
  const identity: StreamIdentity = { table: streamTable(mapping.eventSourceArn)!, arn: mapping.eventSourceArn, region };
  // The embedded engine dates to the second, and hands on what was written to a dropped table of the same name. AWS
  // may round a date down by up to a minute.
  const oldest = checkpoint.since - (dynamodb.embedded ? 0 : 60);
  let read: string | null = checkpoint.positions[shardId] ?? null;

  const iteratorAt = async (type: string): Promise<string> => {
    const { ShardIterator } = await dynamodb.callStreams<{ ShardIterator: string }>('GetShardIterator', {
      StreamArn: stream.arn,
      ShardId: shardId,
      ShardIteratorType: type,
      ...(type === 'AFTER_SEQUENCE_NUMBER' && { SequenceNumber: read }),
    });
    return ShardIterator;
  };
  // Only the very first start asks for LATEST. A restart before the first record has no position to go on from: it
  // reads from the beginning and leaves out what is older than the mapping.
  let iterator: string | null = latest ? await iteratorAt('LATEST') : null;

  const setPosition = (position: string | null): void => {
    const kept = checkpoints.get(mapping.id)!;
    // A late word about a stream that has been replaced.
    if (kept.stream !== stream.label) return;
    checkpoints.set(mapping.id, { ...kept, positions: { ...kept.positions, [shardId]: position } });
  };

  return {
    id: shardId,
    async read(): Promise<Page> {
      let page: RecordsPage;
      try {
        iterator ??= await iteratorAt(read === null ? 'TRIM_HORIZON' : 'AFTER_SEQUENCE_NUMBER');
        page = await dynamodb.callStreams<RecordsPage>('GetRecords', { ShardIterator: iterator });
      } catch (error) {
        iterator = null;
        const trimmed = isDynamoDbError(error, 'TrimmedDataAccessException');
        if (!trimmed && !isDynamoDbError(error, 'ExpiredIteratorException')) throw error;
        // The next read asks for an iterator where this one stood, or at the oldest record that is left.
        if (trimmed) read = null;
        return { records: [], reached: null, more: true, ended: false };
      }
      iterator = page.NextShardIterator ?? null;
      const reached = page.Records.at(-1)?.dynamodb.SequenceNumber ?? null;
      read = reached ?? read;
      return {
        reached,
        records: page.Records.filter((record) => record.dynamodb.ApproximateCreationDateTime >= oldest)
          .filter((record) => !changesNothing(record))
          .map((record) => toSourceRecord(record, identity, clock, dynamodb.expirations)),
        more: page.Records.length > 0,
        ended: iterator === null,
      };
    },
    checkpoint: setPosition,
    end: () => setPosition(null),
    describe: (records) => ({
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: records[0]!.position,
        endSequenceNumber: records.at(-1)!.position,
        approximateArrivalOfFirstRecord: arrival(records[0]!),
        approximateArrivalOfLastRecord: arrival(records.at(-1)!),
        batchSize: records.length,
        streamArn: mapping.eventSourceArn,
      },
    }),
  };
};

const arrival = (record: SourceRecord): string => new Date(record.createdAt).toISOString();
