import type { EventSourceMapping } from '../../model/lambda-function.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { between } from './json-property.ts';
import type { Source } from './source.ts';

export const buildEventSourceMappings = (source: Source): readonly EventSourceMapping[] =>
  source.ofType('AWS::Lambda::EventSourceMapping').map((resource) => buildMapping(source, resource));

const buildMapping = (source: Source, resource: Resource): EventSourceMapping => {
  const reader = source.read(resource);
  // A Kafka of one's own has no ARN.
  const eventSourceArn = reader.has('SelfManagedEventSource')
    ? (reader.text('EventSourceArn') ?? '')
    : reader.required('EventSourceArn');
  const service = eventSourceArn.split(':')[2];
  return {
    logicalId: resource.logicalId,
    id: source.ref(resource),
    eventSourceArn,
    functionName: reader.required('FunctionName'),
    enabled: reader.has('Enabled') ? reader.flag('Enabled') : true,
    batchSize: between(reader, 'BatchSize', 1, 10_000, service === 'sqs' ? 10 : 100),
    maximumBatchingWindowInSeconds: between(reader, 'MaximumBatchingWindowInSeconds', 0, 300, 0),
    ...startingPosition(reader),
    // −1: no limit but the stream's own.
    maximumRetryAttempts: between(reader, 'MaximumRetryAttempts', -1, 10_000, -1),
    maximumRecordAgeInSeconds: between(reader, 'MaximumRecordAgeInSeconds', -1, 604_800, -1),
    bisectBatchOnFunctionError: reader.flag('BisectBatchOnFunctionError'),
    parallelizationFactor: between(reader, 'ParallelizationFactor', 1, 10, 1),
    tumblingWindowInSeconds: between(reader, 'TumblingWindowInSeconds', 0, 900, 0),
    onFailure: reader.within('DestinationConfig').within('OnFailure').text('Destination'),
    functionResponseTypes: reader.texts('FunctionResponseTypes'),
    filters: reader
      .within('FilterCriteria')
      .each('Filters')
      .map((filter) => filter.required('Pattern')),
    maximumConcurrency: maximumConcurrency(reader),
    topics: reader.texts('Topics'),
    queues: reader.texts('Queues'),
    bootstrapServers: reader.within('SelfManagedEventSource').within('Endpoints').texts('KafkaBootstrapServers'),
    consumerGroupId:
      reader.within('AmazonManagedKafkaEventSourceConfig').text('ConsumerGroupId') ??
      reader.within('SelfManagedKafkaEventSourceConfig').text('ConsumerGroupId'),
    sourceAccess: reader
      .each('SourceAccessConfigurations')
      .map((access) => ({ type: access.required('Type'), uri: access.text('URI') ?? '' })),
    documentDb: documentDb(reader),
    place: resource.place,
  };
};

const startingPosition = (
  reader: Reader,
): Pick<EventSourceMapping, 'startingPosition' | 'startingPositionTimestamp'> => {
  const position = reader.oneOf('StartingPosition', ['LATEST', 'TRIM_HORIZON', 'AT_TIMESTAMP']);
  const timestamp = reader.number('StartingPositionTimestamp');
  if (position === 'AT_TIMESTAMP' && timestamp === null) {
    const remedy = 'Write it beside StartingPosition, in seconds since 1970.';
    reader.refuse('StartingPosition', 'AT_TIMESTAMP needs a StartingPositionTimestamp.', remedy);
  }
  return { startingPosition: position, startingPositionTimestamp: timestamp };
};

const maximumConcurrency = (reader: Reader): number | null => {
  const scaling = reader.within('ScalingConfig');
  return scaling.has('MaximumConcurrency') ? between(scaling, 'MaximumConcurrency', 2, 1000, 2) : null;
};

const documentDb = (reader: Reader): EventSourceMapping['documentDb'] => {
  if (!reader.has('DocumentDBEventSourceConfig')) return null;
  const config = reader.within('DocumentDBEventSourceConfig');
  return {
    databaseName: config.required('DatabaseName'),
    collectionName: config.text('CollectionName'),
    fullDocument: config.oneOf('FullDocument', ['Default', 'UpdateLookup']) ?? 'Default',
  };
};
