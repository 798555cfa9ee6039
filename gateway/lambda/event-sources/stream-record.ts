import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock.ts';
import type { Expirations } from '../../cloud/dynamodb/time-to-live.ts';
import type { SourceRecord } from './event-source.ts';

type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A record as GetRecords gives it. */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly userIdentity?: Readonly<Record<string, string>>;
  readonly dynamodb: {
    /** Whole seconds, of the system's time. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
};

export type StreamIdentity = {
  readonly table: string;
  /** As the mapping names it; the embedded engine's own ARNs are of no account. */
  readonly arn: string;
  readonly region: string;
};

/** A write that changed nothing makes no record on DynamoDB; the embedded engine makes one. */
export const changesNothing = ({ eventName, dynamodb: { OldImage, NewImage } }: StreamRecord): boolean =>
  eventName === 'MODIFY' && OldImage !== undefined && NewImage !== undefined && isDeepStrictEqual(OldImage, NewImage);

/** The record in the shape that Lambda gives to functions. */
export const toSourceRecord = (
  record: StreamRecord,
  stream: StreamIdentity,
  clock: Clock,
  expirations: Expirations,
): SourceRecord => {
  const { Keys, NewImage, OldImage, SequenceNumber, SizeBytes, StreamViewType } = record.dynamodb;
  const createdAt = inGatewayTime(clock, record.dynamodb.ApproximateCreationDateTime * 1000);
  const expired = record.eventName === 'REMOVE' && expirations.has(stream.table, Keys, OldImage);
  const userIdentity = expired ? timeToLiveIdentity : serviceIdentity(record.userIdentity);
  return {
    position: SequenceNumber,
    key: keyText(Keys),
    createdAt,
    event: {
      eventID: eventId(record, stream),
      eventName: record.eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: stream.region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(createdAt / 1000),
        Keys,
        ...(NewImage && { NewImage }),
        ...(OldImage && { OldImage }),
        SequenceNumber,
        SizeBytes,
        StreamViewType,
      },
      ...(userIdentity && { userIdentity }),
      eventSourceARN: stream.arn,
    },
  };
};

/** The attributes of a key come in any order. */
const keyText = (keys: Item): string =>
  JSON.stringify(Object.entries(keys).sort(([one], [other]) => (one < other ? -1 : 1)));

const timeToLiveIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

/** Lambda writes these names in lower camel case, the Streams API and engines after it also in other cases. */
const serviceIdentity = (identity: Readonly<Record<string, string>> | undefined) => {
  if (!identity) return null;
  const of = (name: string): string | undefined =>
    Object.entries(identity).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return { type: of('type'), principalId: of('principalId') };
};

/** 32 hexadecimal digits; the embedded engine just counts. */
const eventId = (record: StreamRecord, stream: StreamIdentity): string =>
  /^[0-9a-f]{32}$/.test(record.eventID)
    ? record.eventID
    : createHash('md5').update(`${stream.arn}\0${record.eventID}`).digest('hex');

const inGatewayTime = (clock: Clock, systemTime: number): number => {
  const { at, systemAt, speed } = clock.reading();
  return at + (systemTime - systemAt) * speed;
};
