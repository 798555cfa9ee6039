import { entry, isMap } from '../text/plain.ts';
import { all, differently, fields, free, honoured, notHonoured, onlyFor, reasons, type SupportNode } from './node.ts';

type Fields = Readonly<Record<string, SupportNode>>;

const filterCriteria = fields({ Filters: fields({ Pattern: honoured }) });
const destination = fields({
  OnFailure: fields({ Destination: honoured, Type: reasons.inert }),
  OnSuccess: fields({ Destination: honoured, Type: reasons.inert }),
});

/** What event source mappings take, whether a function's event or a resource of their own. */
export const mapping: Fields = {
  ...all(
    honoured,
    'BatchSize',
    'BisectBatchOnFunctionError',
    'Enabled',
    'FunctionResponseTypes',
    'MaximumBatchingWindowInSeconds',
  ),
  ...all(honoured, 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'StartingPosition'),
  ParallelizationFactor: honoured,
  FilterCriteria: filterCriteria,
  DestinationConfig: destination,
  TumblingWindowInSeconds: differently('a window has one batch at a time, whatever the ParallelizationFactor'),
  StartingPositionTimestamp: notHonoured('DynamoDB streams take none; other sources send nothing yet'),
  ScalingConfig: notHonoured('one poller reads'),
  ProvisionedPollerConfig: notHonoured('one poller reads'),
  MetricsConfig: reasons.metrics,
  LoggingConfig: notHonoured('the poller keeps no log of its own'),
  KmsKeyArn: reasons.inert,
  Tags: reasons.inert,
};

/** Parts of mappings whose sources send nothing here; the model holds them. */
export const foreignSources: Fields = all(
  notHonoured('read and kept; events of this source never come'),
  'AmazonManagedKafkaEventSourceConfig',
  'DocumentDBEventSourceConfig',
  'Queues',
  'SelfManagedEventSource',
  'SelfManagedKafkaEventSourceConfig',
  'SourceAccessConfigurations',
  'Topics',
);

const eventAuth = fields({
  Authorizer: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
  AuthorizationScopes: reasons.authorizer,
  ApiKeyRequired: reasons.apiKey,
  InvokeRole: differently('the call is made without taking on the role'),
  ResourcePolicy: notHonoured('resource policies are not evaluated yet; the API answers 501'),
  OverrideApiAuth: honoured,
});

const operation: Fields = {
  ...all(honoured, 'Path', 'Method', 'TimeoutInMillis'),
  Auth: eventAuth,
};

const broker: Fields = {
  ...mapping,
  ...all(honoured, 'Queues', 'Topics', 'SecretsManagerKmsKeyId'),
  SourceAccessConfigurations: free,
};

const scheduled: Fields = {
  DeadLetterConfig: fields(
    all(
      differently('what a function does not take is kept in a file, dead-letters.jsonl'),
      'Arn',
      'Type',
      'QueueLogicalId',
    ),
  ),
  RetryPolicy: fields(
    all(
      differently('Lambda takes an event at once or never; it tries again by itself'),
      'MaximumEventAgeInSeconds',
      'MaximumRetryAttempts',
    ),
  ),
};

/** A list of names, and of maps each of which gives one name its settings. */
const requestParameters: SupportNode = {
  ...honoured,
  each: {
    ...honoured,
    judge: (value) => (isMap(value) ? fields(all(parameterSettings, ...Object.keys(value).slice(0, 1))) : honoured),
  },
};
const parameterSettings = fields({ Required: honoured, Caching: reasons.cache });

/** The properties of each type of event. */
const properties: Readonly<Record<string, Fields>> = {
  Api: {
    ...operation,
    RestApiId: honoured,
    Stage: reasons.inert,
    RequestParameters: requestParameters,
    RequestModel: fields(all(honoured, 'Model', 'Required', 'ValidateBody', 'ValidateParameters')),
    ResponseTransferMode: notHonoured('responses are not streamed yet'),
  },
  HttpApi: {
    ...operation,
    ...all(honoured, 'ApiId', 'PayloadFormatVersion'),
    Stage: reasons.inert,
    RouteSettings: reasons.throttling,
  },
  AlexaSkill: { SkillId: honoured },
  CloudWatchLogs: all(honoured, 'LogGroupName', 'FilterPattern'),
  Cognito: all(honoured, 'UserPool', 'Trigger'),
  IoTRule: all(honoured, 'Sql', 'AwsIotSqlVersion'),
  S3: { ...all(honoured, 'Bucket', 'Events'), Filter: free },
  SNS: {
    ...all(honoured, 'Topic', 'Region', 'FilterPolicyScope'),
    ...all(free, 'FilterPolicy', 'RedrivePolicy', 'SqsSubscription'),
  },
  Schedule: {
    ...all(honoured, 'Schedule', 'Name', 'RuleName', 'Description', 'Input', 'Enabled', 'State'),
    ...scheduled,
  },
  ScheduleV2: {
    ...all(honoured, 'ScheduleExpression', 'ScheduleExpressionTimezone', 'Name', 'OmitName', 'Description', 'State'),
    ...all(honoured, 'StartDate', 'EndDate', 'GroupName', 'KmsKeyArn', 'Input', 'RoleArn', 'PermissionsBoundary'),
    FlexibleTimeWindow: fields(all(honoured, 'Mode', 'MaximumWindowInMinutes')),
    ...scheduled,
  },
  ...Object.fromEntries(
    ['CloudWatchEvent', 'EventBridgeRule'].map((type) => [
      type,
      {
        ...all(honoured, 'EventBusName', 'RuleName', 'Input', 'InputPath', 'Enabled', 'State'),
        ...all(free, 'Pattern', 'DeadLetterConfig', 'RetryPolicy', 'Target', 'InputTransformer'),
      },
    ]),
  ),
  DynamoDB: { ...mapping, Stream: honoured },
  Kinesis: { ...mapping, Stream: honoured },
  SQS: { ...mapping, Queue: honoured },
  MQ: { ...broker, ...all(honoured, 'Broker', 'DynamicPolicyName') },
  MSK: { ...broker, ...all(honoured, 'Stream', 'ConsumerGroupId'), SchemaRegistryConfig: free },
  SelfManagedKafka: {
    ...broker,
    ...all(honoured, 'KafkaBootstrapServers', 'ConsumerGroupId'),
    SchemaRegistryConfig: free,
  },
  DocumentDB: {
    ...broker,
    ...all(honoured, 'Cluster', 'DatabaseName', 'CollectionName', 'FullDocument'),
  },
};

/** Those whose events come. */
const running = ['Api', 'HttpApi', 'DynamoDB', 'Schedule', 'ScheduleV2'];

const nodes: Readonly<Record<string, SupportNode>> = Object.fromEntries(
  Object.entries(properties).map(([type, members]) => [
    type,
    {
      ...(running.includes(type) ? honoured : notHonoured(`events of type ${type} never come`)),
      fields: { Type: honoured, Properties: fields(members) },
    },
  ]),
);

/** The names of what an event of a type may have. */
export const propertiesOfEvent = (type: string): readonly string[] => Object.keys(entry(properties, type) ?? {});

export const event: SupportNode = {
  ...honoured,
  judge(value) {
    const type = isMap(value) ? entry(value, 'Type') : undefined;
    const known = typeof type === 'string' ? entry(nodes, type) : nodes.Api;
    return known ?? notHonoured(`events of type ${type} never come`);
  },
};
