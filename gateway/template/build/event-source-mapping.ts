import type { EventSourceMapping } from '../../model/lambda-function.ts';
import type { Source } from './source.ts';

export const buildEventSourceMappings = (source: Source): readonly EventSourceMapping[] =>
  source.ofType('AWS::Lambda::EventSourceMapping').flatMap((resource): EventSourceMapping[] => {
    const reader = source.read(resource);
    // A Kafka of one's own has no ARN; `check` says that its events never come.
    if (reader.has('SelfManagedEventSource') && !reader.has('EventSourceArn')) return [];
    const eventSourceArn = reader.required('EventSourceArn');
    const isQueue = eventSourceArn.split(':')[2] === 'sqs';
    return [
      {
        logicalId: resource.logicalId,
        id: source.ref(resource),
        eventSourceArn,
        functionName: reader.required('FunctionName'),
        enabled: reader.has('Enabled') ? reader.flag('Enabled') : true,
        batchSize: reader.number('BatchSize') ?? (isQueue ? 10 : 100),
        maximumBatchingWindowInSeconds: reader.number('MaximumBatchingWindowInSeconds') ?? 0,
        startingPosition: reader.oneOf('StartingPosition', ['LATEST', 'TRIM_HORIZON', 'AT_TIMESTAMP']),
        // −1: no limit but the stream's own.
        maximumRetryAttempts: reader.number('MaximumRetryAttempts') ?? -1,
        maximumRecordAgeInSeconds: reader.number('MaximumRecordAgeInSeconds') ?? -1,
        bisectBatchOnFunctionError: reader.flag('BisectBatchOnFunctionError'),
        parallelizationFactor: reader.number('ParallelizationFactor') ?? 1,
        tumblingWindowInSeconds: reader.number('TumblingWindowInSeconds') ?? 0,
        onFailure: reader.within('DestinationConfig').within('OnFailure').text('Destination'),
        functionResponseTypes: reader.texts('FunctionResponseTypes'),
        filters: reader
          .within('FilterCriteria')
          .each('Filters')
          .map((filter) => filter.required('Pattern')),
        place: resource.place,
      },
    ];
  });
