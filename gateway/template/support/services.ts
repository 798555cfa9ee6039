import { all, differently, fields, honoured, notHonoured, reasons, type SupportNode } from './node.ts';

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
const retry = fields(all(kept, 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'));
const ruleTarget = fields({
  ...all(kept, 'Id', 'Arn', 'RoleArn', 'Input', 'InputPath'),
  InputTransformer: fields({ InputPathsMap: keptWhole, InputTemplate: kept }),
  DeadLetterConfig: deadLetters,
  RetryPolicy: retry,
  ...all(keptWhole, 'AppSyncParameters', 'BatchParameters', 'EcsParameters', 'HttpParameters', 'KinesisParameters'),
  ...all(keptWhole, 'RedshiftDataParameters', 'RunCommandParameters', 'SageMakerPipelineParameters', 'SqsParameters'),
});
const scheduleTarget = fields({
  ...all(kept, 'Arn', 'RoleArn', 'Input'),
  DeadLetterConfig: deadLetters,
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
  'AWS::Events::Rule': dormant('it is read; events of this rule never come', {
    Name: honoured,
    ...all(kept, 'EventBusName', 'ScheduleExpression', 'State', 'RoleArn'),
    EventPattern: keptWhole,
    Targets: ruleTarget,
    ...inertProperties('Description', 'Tags'),
  }),
  'AWS::Scheduler::Schedule': dormant('it is read; the schedule does not run yet', {
    Name: honoured,
    ...all(kept, 'GroupName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State', 'StartDate', 'EndDate'),
    FlexibleTimeWindow: fields(all(kept, 'Mode', 'MaximumWindowInMinutes')),
    Target: scheduleTarget,
    ...inertProperties('Description', 'KmsKeyArn'),
  }),
  'AWS::Scheduler::ScheduleGroup': fields({ Name: honoured, Tags: reasons.inert }),
};

export const serviceTypes: Fields = { ...queues, ...buckets, ...events };
