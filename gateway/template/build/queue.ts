import type { PolicyDocument } from '../../model/policy.ts';
import type { Queue } from '../../model/queue.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { between, jsonReader } from './json-property.ts';
import { policyDocument } from './role.ts';
import type { Source } from './source.ts';

export const buildQueues = (source: Source): readonly Queue[] =>
  source.ofType('AWS::SQS::Queue').map((resource) => buildQueue(source, resource));

const days = 86_400;

const buildQueue = (source: Source, resource: Resource): Queue => {
  const reader = source.read(resource);
  const url = source.ref(resource);
  const fifo = reader.flag('FifoQueue');
  checkFifo(reader, 'QueueName', fifo, 'FifoQueue');
  return {
    logicalId: resource.logicalId,
    name: source.getAtt(resource, 'QueueName'),
    url,
    arn: source.getAtt(resource, 'Arn'),
    fifo,
    contentBasedDeduplication: onlyOfFifo(reader, 'ContentBasedDeduplication', fifo),
    deduplicationScope: reader.oneOf('DeduplicationScope', ['queue', 'messageGroup']) ?? 'queue',
    throughputLimit: reader.oneOf('FifoThroughputLimit', ['perQueue', 'perMessageGroupId']) ?? 'perQueue',
    delaySeconds: between(reader, 'DelaySeconds', 0, 900, 0),
    visibilityTimeoutSeconds: between(reader, 'VisibilityTimeout', 0, 43_200, 30),
    retentionSeconds: between(reader, 'MessageRetentionPeriod', 60, 14 * days, 4 * days),
    maximumMessageSize: between(reader, 'MaximumMessageSize', 1024, 1_048_576, 1_048_576),
    receiveWaitSeconds: between(reader, 'ReceiveMessageWaitTimeSeconds', 0, 20, 0),
    redrive: redrive(source, reader),
    redriveAllow: redriveAllow(source, reader),
    policies: policiesOf(source, 'AWS::SQS::QueuePolicy', 'Queues', url),
    place: resource.place,
  };
};

/** The name of what is first in, first out ends so, and that of nothing else does. */
export const checkFifo = (reader: Reader, nameKey: string, fifo: boolean, fifoKey: string): void => {
  const name = reader.text(nameKey);
  if (name === null || name.endsWith('.fifo') === fifo) return;
  if (fifo) reader.refuse(nameKey, `${nameKey} is ${name}.`, `With ${fifoKey} it ends with .fifo.`);
  else reader.refuse(nameKey, `${nameKey} is ${name}.`, `Write ${fifoKey}: true beside it, or take .fifo away.`);
};

export const onlyOfFifo = (reader: Reader, key: string, fifo: boolean): boolean => {
  const found = reader.flag(key);
  if (found && !fifo) reader.refuse(key, `${key} needs FIFO.`, 'Take it out, or make it FIFO.');
  return found && fifo;
};

const redrive = (source: Source, reader: Reader): Queue['redrive'] => {
  if (!reader.has('RedrivePolicy')) return null;
  const policy = jsonReader(source, reader, 'RedrivePolicy');
  policy.required('maxReceiveCount');
  return {
    deadLetterTargetArn: policy.required('deadLetterTargetArn'),
    maxReceiveCount: between(policy, 'maxReceiveCount', 1, 1000, 10),
  };
};

const redriveAllow = (source: Source, reader: Reader): Queue['redriveAllow'] => {
  const policy = jsonReader(source, reader, 'RedriveAllowPolicy');
  return {
    permission: policy.oneOf('redrivePermission', ['allowAll', 'denyAll', 'byQueue']) ?? 'allowAll',
    sourceQueueArns: policy.texts('sourceQueueArns'),
  };
};

/** The policies of other resources that name this one in a list or alone. */
export const policiesOf = (source: Source, type: string, key: string, value: string): readonly PolicyDocument[] =>
  source.ofType(type).flatMap((resource) => {
    const reader = source.read(resource);
    const document = reader.texts(key).includes(value) ? policyDocument(reader, 'PolicyDocument') : null;
    return document ? [document] : [];
  });
