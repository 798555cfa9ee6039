import { describe, expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const withEvent = (event: string, resources = ''): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: x
      Events:
        Event: ${event}
${resources}`;

describe('events of functions', () => {
  test.each([
    ['{ Type: Schedule }', 'The event Event has no Schedule.'],
    ['{ Type: ScheduleV2, Properties: { State: ENABLED } }', 'The event Event has no ScheduleExpression.'],
    [
      '{ Type: SQS, Properties: { «Qeue: arn:aws:sqs:us-east-1:1:q } }',
      'The event Event has Qeue, which is no property of SQS.',
    ],
    ['{ Type: Kinesis, Properties: { Stream: s } }', 'The event Event has no StartingPosition.'],
    ['{ Type: SNS, Properties: {} }', 'The event Event has no Topic.'],
    ['{ Type: CloudWatchLogs, Properties: { LogGroupName: g } }', 'The event Event has no FilterPattern.'],
    ['{ Type: EventBridgeRule, Properties: { EventBusName: b } }', 'The event Event has no Pattern.'],
    ['{ Type: IoTRule }', 'The event Event has no Sql.'],
    ['{ Type: Cognito, Properties: { Trigger: PreSignUp } }', 'The event Event has no UserPool.'],
    ['{ Type: S3, Properties: { Bucket: !Ref Fn } }', 'The event Event has no Events.'],
    ['{ Type: MQ, Properties: { Broker: b } }', 'The event Event has no SourceAccessConfigurations.'],
    ['{ Type: S3, «Properties: [] }', 'The Properties of the event Event must be a map, not a list.'],
    [
      '{ Type: Schedule, Properties: { Schedule: rate(1 day), State: ENABLED, «Enabled: true } }',
      'The event Event has both State and Enabled.',
    ],
    [
      '{ Type: Schedule, Properties: { Schedule: rate(1 day), «Enabled: maybe } }',
      'Enabled of the event Event must be true or false.',
    ],
    [
      '{ Type: Schedule, Properties: { Schedule: rate(1 day), DeadLetterConfig: { Arn: a, «Type: SQS } } }',
      'DeadLetterConfig of the event Event has both Arn and Type.',
    ],
    [
      '{ Type: Schedule, Properties: { Schedule: rate(1 day), DeadLetterConfig: { «Type: SNS } } }',
      'DeadLetterConfig of the event Event has another Type than SQS.',
    ],
    [
      '{ Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), OmitName: true, «Name: n } }',
      'The event Event has a Name and OmitName.',
    ],
    [
      '{ Type: SNS, Properties: { Topic: t, «SqsSubscription: { QueueArn: a } } }',
      'SqsSubscription of the event Event has no QueueUrl.',
    ],
    [
      '{ Type: DynamoDB, Properties: { Stream: s, StartingPosition: LATEST, FilterCriteria: { «Filter: [] } } }',
      'FilterCriteria of the event Event has Filter.',
    ],
    [
      '{ Type: SQS, Properties: { Queue: q, «ConsumerGroupId: g } }',
      'The event Event of type SQS has a ConsumerGroupId.',
    ],
    [
      '{ Type: Kinesis, Properties: { Stream: s, StartingPosition: LATEST, DestinationConfig: { OnFailure: { «Type: SQL } } } }',
      "The Type of the event Event's OnFailure is SQL.",
    ],
    [
      '{ Type: MQ, Properties: { Broker: b, «SourceAccessConfigurations: [{ Type: VIRTUAL_HOST, URI: / }] } }',
      'SourceAccessConfigurations of the event Event must have one BASIC_AUTH, not 0.',
    ],
    [
      '{ Type: SelfManagedKafka, Properties: { KafkaBootstrapServers: [b], Topics: [t], «SourceAccessConfigurations: [{ Type: VPC_SUBNET, URI: s }] } }',
      'SourceAccessConfigurations of the event Event has one of VPC_SUBNET and VPC_SECURITY_GROUP.',
    ],
    [
      '{ Type: EventBridgeRule, Properties: { «Pattern: [a] } }',
      'Pattern of the event Event must be a map, not a list.',
    ],
  ])('%s is refused where it stands', (event, what) => {
    const text = withEvent(event);
    const { template, place } = atMark(event.includes('«') ? text : text.replace('Event: ', '«Event: '));
    expect(shown(problemsOf(template))).toContain(`${place} ${what}`);
  });

  test('a bucket must be of the template, and a bucket', () => {
    const event = (bucket: string) => `{ Type: S3, Properties: { Bucket: ${bucket}, Events: "s3:ObjectCreated:*" } }`;
    expect(shown(problemsOf(withEvent(event('photos'))))).toEqual([
      '10:42 Bucket of the event Event must be a bucket of this template, not text.',
    ]);
    expect(
      shown(problemsOf(withEvent(event('!Ref Table'), '  Table: { Type: AWS::Serverless::SimpleTable }'))),
    ).toEqual([
      '10:42 Bucket of the event Event must be a bucket of this template, not Table, an AWS::Serverless::SimpleTable.',
    ]);
  });

  test('a bucket whose notifications are no map is refused, not overwritten', () => {
    const event = '{ Type: S3, Properties: { Bucket: !Ref Photos, Events: "s3:ObjectCreated:*" } }';
    const bucket = '  Photos: { Type: AWS::S3::Bucket, Properties: { «NotificationConfiguration: [] } }';
    const { template, place } = atMark(withEvent(event, bucket));
    expect(shown(problemsOf(template))).toEqual([
      `${place} NotificationConfiguration of Photos must be a map, not a list.`,
    ]);
  });

  test('a trigger of a user pool is set once', () => {
    const pool = '  Pool: { Type: AWS::Cognito::UserPool, Properties: { LambdaConfig: { PreSignUp: arn } } }';
    const event = '{ Type: Cognito, Properties: { UserPool: !Ref Pool, Trigger: PreSignUp } }';
    expect(shown(problemsOf(withEvent(event, pool)))).toEqual([
      '10:68 The event Event sets the trigger PreSignUp of Pool a second time.',
    ]);
  });

  test('a slip in the name of a property is asked about, and in that of a type', () => {
    const [slip] = problemsOf(withEvent('{ Type: Schedule, Properties: { Schedule: rate(1 day), Imput: x } }'));
    expect(slip?.remedy).toBe('Did you mean Input?');
    const [type] = problemsOf(withEvent('{ Type: EventBridgeRul, Properties: {} }'));
    expect(type?.remedy).toBe('Write one that it knows, such as Api. Did you mean EventBridgeRule?');
  });

  test('a bucket that waits for a function which needs the bucket is a circle, as on AWS', () => {
    const event = '{ Type: S3, Properties: { Bucket: !Ref Photos, Events: "s3:ObjectCreated:*" } }';
    const template = withEvent(event, '  Photos: { Type: AWS::S3::Bucket }').replace(
      'InlineCode: x',
      'InlineCode: x\n      Environment: { Variables: { BUCKET: !Ref Photos } }',
    );
    expect(shown(problemsOf(template))[0]).toMatch(/Resources refer to each other in a circle: .*Photos/);
  });

  test('two functions on one bucket: both are told, and what stood there stays', () => {
    const { application } = readInline(
      withEvent(
        '{ Type: S3, Properties: { Bucket: !Ref Photos, Events: ["s3:ObjectCreated:*"] } }',
        `  Other:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: x
      Events:
        Gone:
          Type: S3
          Properties:
            Bucket: !Ref Photos
            Events: s3:ObjectRemoved:*
            Filter: { S3Key: { Rules: [{ Name: suffix, Value: .jpg }] } }
  Photos:
    Type: AWS::S3::Bucket
    Properties: { NotificationConfiguration: { QueueConfigurations: [{ Event: "s3:TestEvent", Queue: arn:q }] } }
`,
      ),
    );
    const [fn, other] = application.functions;
    expect(application.buckets[0]!.notifications).toEqual([
      { event: 's3:ObjectCreated:*', target: { kind: 'function', arn: fn!.arn }, prefix: '', suffix: '' },
      { event: 's3:ObjectRemoved:*', target: { kind: 'function', arn: other!.arn }, prefix: '', suffix: '.jpg' },
      { event: 's3:TestEvent', target: { kind: 'queue', arn: 'arn:q' }, prefix: '', suffix: '' },
    ]);
  });
});
