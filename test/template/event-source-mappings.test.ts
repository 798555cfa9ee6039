import { expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const mapping = (properties: string): string =>
  `Resources:\n  Map: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: f, ${properties} } }`;

test('a mapping of a stream with all that it can have', () => {
  const { application } = readInline(
    mapping(
      'EventSourceArn: arn:aws:kinesis:us-east-1:1:stream/s, StartingPosition: AT_TIMESTAMP, StartingPositionTimestamp: 1735689600, TumblingWindowInSeconds: 30',
    ),
  );
  expect(application.eventSourceMappings).toMatchObject([
    {
      startingPosition: 'AT_TIMESTAMP',
      startingPositionTimestamp: 1_735_689_600,
      tumblingWindowInSeconds: 30,
      batchSize: 100,
    },
  ]);
});

test('a queue, a Kafka, a broker and a database each keep what is theirs', () => {
  const { application } = readInline(`Resources:
  Queue:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: f, EventSourceArn: 'arn:aws:sqs:us-east-1:1:q', ScalingConfig: { MaximumConcurrency: 5 } }
  Kafka:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: f
      Topics: [lots]
      SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: ['a:9092', 'b:9092'] } }
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: g }
      SourceAccessConfigurations: [{ Type: SASL_SCRAM_512_AUTH, URI: arn:secret }]
  Broker:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: f, EventSourceArn: 'arn:aws:mq:us-east-1:1:broker:b:1', Queues: [q] }
  Documents:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      FunctionName: f
      EventSourceArn: arn:aws:rds:us-east-1:1:cluster:c
      DocumentDBEventSourceConfig: { DatabaseName: d, FullDocument: UpdateLookup }
`);
  expect(application.eventSourceMappings).toMatchObject([
    { logicalId: 'Queue', batchSize: 10, maximumConcurrency: 5 },
    {
      logicalId: 'Kafka',
      eventSourceArn: '',
      bootstrapServers: ['a:9092', 'b:9092'],
      topics: ['lots'],
      consumerGroupId: 'g',
      sourceAccess: [{ type: 'SASL_SCRAM_512_AUTH', uri: 'arn:secret' }],
    },
    { logicalId: 'Broker', queues: ['q'] },
    { logicalId: 'Documents', documentDb: { databaseName: 'd', collectionName: null, fullDocument: 'UpdateLookup' } },
  ]);
});

test.each([
  ['EventSourceArn: a, «BatchSize: 0', 'BatchSize is 0.'],
  ['EventSourceArn: a, «ParallelizationFactor: 11', 'ParallelizationFactor is 11.'],
  ['EventSourceArn: a, ScalingConfig: { «MaximumConcurrency: 1 }', 'MaximumConcurrency is 1.'],
  ['EventSourceArn: a, «StartingPosition: AT_TIMESTAMP', 'AT_TIMESTAMP needs a StartingPositionTimestamp.'],
  ['EventSourceArn: a, «StartingPosition: latst', 'StartingPosition of Map is "latst".'],
])('a mapping with %s is refused where it stands', (properties, what) => {
  const { template, place } = atMark(mapping(properties));
  expect(shown(problemsOf(template))).toEqual([`${place} ${what}`]);
});
