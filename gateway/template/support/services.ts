import { all, differently, fields, free, honoured, notHonoured, reasons, type SupportNode } from './node.ts';

type Fields = Readonly<Record<string, SupportNode>>;

/** Nothing runs behind it yet: what is said of the whole says why, and each of its properties what becomes of it. */
export const dormant = (note: string, members: Fields): SupportNode => ({ ...notHonoured(note), fields: members });

export const kept = differently('read and kept; nothing acts on it yet');
/** Kept as it is written, whatever stands in it. */
export const keptWhole: SupportNode = { ...kept, free: true };
const unevaluated = 'it is read; policies of services are not evaluated yet';
const policy = differently('kept; policies of services are not evaluated yet');
const inertProperties = (...names: readonly string[]): Fields => all(reasons.inert, ...names);

const deadLetters = fields({ Arn: kept });
const unassumed = differently('the call is made without taking on the role');
const calledTarget = differently('functions are called; targets of other services hear nothing yet');
const targetDeadLetters = fields({
  Arn: differently('what a function does not take is kept in a file, dead-letters.jsonl'),
});
const retry = fields(
  all(
    differently('Lambda takes an event at once or never; it tries again by itself'),
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
  ),
);
const ruleTarget = fields({
  ...all(honoured, 'Id', 'Input', 'InputPath'),
  Arn: calledTarget,
  RoleArn: unassumed,
  InputTransformer: fields({ InputPathsMap: free, InputTemplate: honoured }),
  DeadLetterConfig: targetDeadLetters,
  RetryPolicy: retry,
  ...all(keptWhole, 'AppSyncParameters', 'BatchParameters', 'EcsParameters', 'HttpParameters', 'KinesisParameters'),
  ...all(keptWhole, 'RedshiftDataParameters', 'RunCommandParameters', 'SageMakerPipelineParameters', 'SqsParameters'),
});
const scheduleTarget = fields({
  Arn: calledTarget,
  RoleArn: unassumed,
  Input: honoured,
  DeadLetterConfig: targetDeadLetters,
  RetryPolicy: retry,
  ...all(keptWhole, 'EcsParameters', 'EventBridgeParameters', 'KinesisParameters', 'SageMakerPipelineParameters'),
  SqsParameters: keptWhole,
});
const subscription = fields({
  ...all(kept, 'TopicArn', 'Protocol', 'Endpoint', 'Region', 'RawMessageDelivery', 'FilterPolicyScope'),
  ...all(keptWhole, 'FilterPolicy', 'RedrivePolicy'),
  SubscriptionRoleArn: kept,
  DeliveryPolicy: notHonoured('deliveries are not paced'),
  ReplayPolicy: notHonoured('topics keep no archive'),
});
const notification = (target: string): SupportNode =>
  fields({
    ...all(kept, 'Event', target),
    Filter: fields({ S3Key: fields({ Rules: fields(all(kept, 'Name', 'Value')) }) }),
  });

const queues: Fields = {
  'AWS::SQS::Queue': dormant('its name and settings are read; no queue runs yet', {
    QueueName: honoured,
    ...all(kept, 'FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'),
    ...all(kept, 'DelaySeconds', 'VisibilityTimeout', 'MessageRetentionPeriod', 'MaximumMessageSize'),
    ReceiveMessageWaitTimeSeconds: kept,
    ...all(keptWhole, 'RedrivePolicy', 'RedriveAllowPolicy'),
    ...inertProperties('KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled', 'Tags'),
  }),
  'AWS::SQS::QueuePolicy': dormant(unevaluated, all(policy, 'Queues', 'PolicyDocument')),
  'AWS::SNS::Topic': dormant('its name and settings are read; no topic runs yet', {
    TopicName: honoured,
    ...all(kept, 'DisplayName', 'FifoTopic', 'ContentBasedDeduplication'),
    Subscription: subscription,
    ...all(notHonoured('topics keep no archive'), 'ArchivePolicy', 'DataProtectionPolicy'),
    DeliveryStatusLogging: notHonoured('deliveries are not logged'),
    ...inertProperties('KmsMasterKeyId', 'SignatureVersion', 'TracingConfig', 'FifoThroughputScope', 'Tags'),
  }),
  'AWS::SNS::Subscription': dormant('it is read; no topic runs yet', subscription.fields!),
  'AWS::SNS::TopicPolicy': dormant(unevaluated, all(policy, 'Topics', 'PolicyDocument')),
};

const buckets: Fields = {
  'AWS::S3::Bucket': dormant('its name and settings are read; no bucket runs yet', {
    BucketName: honoured,
    CorsConfiguration: fields({
      CorsRules: fields({
        ...all(kept, 'AllowedOrigins', 'AllowedMethods', 'AllowedHeaders', 'ExposedHeaders', 'MaxAge'),
        Id: reasons.inert,
      }),
    }),
    NotificationConfiguration: fields({
      LambdaConfigurations: notification('Function'),
      QueueConfigurations: notification('Queue'),
      TopicConfigurations: notification('Topic'),
      EventBridgeConfiguration: fields({ EventBridgeEnabled: kept }),
    }),
    VersioningConfiguration: fields({ Status: kept }),
    WebsiteConfiguration: fields({
      ...all(kept, 'IndexDocument', 'ErrorDocument'),
      RedirectAllRequestsTo: fields(all(kept, 'HostName', 'Protocol')),
      RoutingRules: notHonoured('rules of a website are not read'),
    }),
    PublicAccessBlockConfiguration: fields(
      all(kept, 'BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'),
    ),
    LifecycleConfiguration: notHonoured('objects do not expire'),
    ReplicationConfiguration: notHonoured('objects are not replicated'),
    ObjectLockConfiguration: notHonoured('objects are not locked'),
    ...all(policy, 'AccessControl', 'OwnershipControls'),
    ...inertProperties('BucketEncryption', 'LoggingConfiguration', 'AccelerateConfiguration', 'MetricsConfigurations'),
    ...inertProperties('AnalyticsConfigurations', 'InventoryConfigurations', 'IntelligentTieringConfigurations'),
    ...inertProperties('ObjectLockEnabled', 'Tags'),
  }),
  'AWS::S3::BucketPolicy': dormant(unevaluated, all(policy, 'Bucket', 'PolicyDocument')),
};

const events: Fields = {
  'AWS::Events::EventBus': dormant('its name and settings are read; no bus runs yet', {
    Name: honoured,
    Policy: policy,
    DeadLetterConfig: deadLetters,
    ...inertProperties('Description', 'EventSourceName', 'KmsKeyIdentifier', 'LogConfig', 'Tags'),
  }),
  'AWS::Events::EventBusPolicy': dormant(unevaluated, {
    ...all(policy, 'EventBusName', 'StatementId', 'Statement'),
    ...all(notHonoured('write them as a Statement'), 'Action', 'Principal', 'Condition'),
  }),
  'AWS::Events::Rule': {
    ...differently('a schedule runs on the gateway’s clock; a rate counts from the start of the gateway'),
    fields: {
      ...all(honoured, 'Name', 'ScheduleExpression', 'State'),
      EventBusName: kept,
      EventPattern: { ...notHonoured('it is read; no bus runs yet: events that match never come'), free: true },
      RoleArn: unassumed,
      Targets: ruleTarget,
      ...inertProperties('Description', 'Tags'),
    },
  },
  'AWS::Scheduler::Schedule': fields({
    ...all(honoured, 'Name', 'GroupName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State'),
    ...all(honoured, 'StartDate', 'EndDate'),
    FlexibleTimeWindow: fields(all(honoured, 'Mode', 'MaximumWindowInMinutes')),
    Target: scheduleTarget,
    ...inertProperties('Description', 'KmsKeyArn'),
  }),
  'AWS::Scheduler::ScheduleGroup': fields({ Name: honoured, Tags: reasons.inert }),
};

export const serviceTypes: Fields = { ...queues, ...buckets, ...events };
