import { didYouMean } from '../../problems.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';
import { pick } from '../expansion.ts';
import { checkSourceAccess } from './event-source-access.ts';
import { type FunctionEvent, given, hasAll, makeFor, mapOf, refuse } from './function-event.ts';

/** The part of an event's properties that an event source mapping takes as it is. */
const mappingProperties = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'Enabled',
  'FilterCriteria',
  'FunctionResponseTypes',
  'KmsKeyArn',
  'LoggingConfig',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'MetricsConfig',
  'ParallelizationFactor',
  'ProvisionedPollerConfig',
  'Queues',
  'ScalingConfig',
  'SourceAccessConfigurations',
  'StartingPosition',
  'StartingPositionTimestamp',
  'Topics',
  'TumblingWindowInSeconds',
];

/** What each kind of source must have; the first names the source, except of a Kafka of one's own, which has no ARN. */
export const mappingNeeds: Readonly<Record<string, readonly string[]>> = {
  DocumentDB: ['Cluster', 'DatabaseName', 'SourceAccessConfigurations'],
  DynamoDB: ['Stream', 'StartingPosition'],
  Kinesis: ['Stream', 'StartingPosition'],
  MQ: ['Broker', 'SourceAccessConfigurations'],
  MSK: ['Stream', 'StartingPosition'],
  SQS: ['Queue'],
  SelfManagedKafka: ['KafkaBootstrapServers', 'Topics', 'SourceAccessConfigurations'],
};

/** DynamoDB, Kinesis, SQS, MSK, MQ, SelfManagedKafka, DocumentDB: Lambda reads these itself. */
export const mappingEvent = (event: FunctionEvent): void => {
  const needs = mappingNeeds[event.type]!;
  if (!hasAll(event, ...needs)) return;
  checkFilters(event);
  checkSourceAccess(event);
  const { properties, type } = event;
  const source = type === 'SelfManagedKafka' ? undefined : given(event, needs[0]!);
  const servers = given(event, 'KafkaBootstrapServers');
  makeFor(event, event.id, 'AWS::Lambda::EventSourceMapping', {
    EventSourceArn: source,
    FunctionName: event.functionName,
    ...pick(properties, ...mappingProperties),
    DestinationConfig: destinations(event),
    SelfManagedEventSource: servers === undefined ? undefined : { Endpoints: { KafkaBootstrapServers: servers } },
    ...kafkaConfig(event),
    DocumentDBEventSourceConfig:
      type === 'DocumentDB' ? pick(properties, 'DatabaseName', 'CollectionName', 'FullDocument') : undefined,
  });
};

const kafkaConfig = (event: FunctionEvent): Readonly<Record<string, Plain>> => {
  const config = pick(event.properties, 'ConsumerGroupId', 'SchemaRegistryConfig');
  if (Object.keys(config).length === 0) return {};
  if (event.type === 'MSK') return { AmazonManagedKafkaEventSourceConfig: config };
  if (event.type === 'SelfManagedKafka') return { SelfManagedKafkaEventSourceConfig: config };
  if (config.ConsumerGroupId !== undefined) {
    const what = `The event ${event.eventId} of type ${event.type} has a ConsumerGroupId.`;
    refuse(event, 'ConsumerGroupId', what, 'Only MSK and SelfManagedKafka have one: take it out.');
  }
  return {};
};

const checkFilters = (event: FunctionEvent): void => {
  const criteria = mapOf(event, 'FilterCriteria') ?? {};
  const odd = Object.keys(criteria).find((key) => key !== 'Filters');
  if (odd === undefined || odd === 'Ref' || odd.startsWith('Fn::')) return;
  event.expansion.problems.add(
    `FilterCriteria of the event ${event.eventId} has ${odd}.`,
    placeOf(criteria, odd) ?? event.place,
    `It holds Filters, a list of patterns, and nothing else.${didYouMean(odd, ['Filters'])}`,
  );
};

const failureTypes = ['SQS', 'SNS', 'S3', 'Kafka'];

/** `Type` tells SAM which policy the function's role needs; the mapping itself takes no such word. */
const destinations = (event: FunctionEvent): PlainMap | undefined => {
  const config = mapOf(event, 'DestinationConfig');
  if (config === undefined) return undefined;
  const failure = entry(config, 'OnFailure');
  if (failure === undefined || failure === null || !isMap(failure)) {
    event.expansion.problems.add(
      `OnFailure of the event ${event.eventId}'s DestinationConfig must be a map, not ${describe(failure)}.`,
      placeOf(config, 'OnFailure') ?? event.place,
      'Give it the ARN of a Destination.',
    );
    return undefined;
  }
  const { Type: type, ...rest } = failure;
  if (type !== undefined && type !== null && !failureTypes.includes(String(type))) {
    event.expansion.problems.add(
      `The Type of the event ${event.eventId}'s OnFailure is ${isMap(type) || isList(type) ? describe(type) : type}.`,
      placeOf(failure, 'Type') ?? event.place,
      `It can be ${failureTypes.join(', ')}.${didYouMean(String(type), failureTypes)}`,
    );
  }
  return copyPlace(config, { ...config, OnFailure: copyPlace(failure, rest) });
};
