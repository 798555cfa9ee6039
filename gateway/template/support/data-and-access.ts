import { all, differently, fields, honoured, notHonoured, reasons, type SupportNode } from './node.ts';

const kept = differently('kept; what functions may do is not enforced');
const keySchema = fields(all(honoured, 'AttributeName', 'KeyType'));
const projection = fields(all(honoured, 'ProjectionType', 'NonKeyAttributes'));
const capacity = differently('the local table has no limit');
const index = fields({
  IndexName: honoured,
  KeySchema: keySchema,
  Projection: projection,
  ...all(capacity, 'ProvisionedThroughput', 'OnDemandThroughput', 'WarmThroughput', 'ContributorInsightsSpecification'),
});

export const dataAndAccessTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::SimpleTable': fields({
    TableName: honoured,
    PrimaryKey: fields(all(honoured, 'Name', 'Type')),
    ProvisionedThroughput: capacity,
    ...all(reasons.inert, 'SSESpecification', 'PointInTimeRecoverySpecification', 'Tags'),
  }),
  'AWS::DynamoDB::Table': fields({
    TableName: honoured,
    AttributeDefinitions: fields(all(honoured, 'AttributeName', 'AttributeType')),
    KeySchema: keySchema,
    GlobalSecondaryIndexes: index,
    LocalSecondaryIndexes: index,
    StreamSpecification: fields({ StreamViewType: honoured, ResourcePolicy: kept }),
    TimeToLiveSpecification: fields(all(honoured, 'AttributeName', 'Enabled')),
    ...all(capacity, 'BillingMode', 'ProvisionedThroughput', 'OnDemandThroughput', 'WarmThroughput'),
    ...all(reasons.inert, 'SSESpecification', 'PointInTimeRecoverySpecification', 'ContributorInsightsSpecification'),
    ...all(reasons.inert, 'DeletionProtectionEnabled', 'TableClass', 'Tags'),
    KinesisStreamSpecification: notHonoured('changes go to the table’s own stream alone'),
    ImportSourceSpecification: notHonoured('the table starts empty'),
    ResourcePolicy: kept,
  }),
  'AWS::IAM::Role': fields({
    ...all(honoured, 'RoleName', 'Path'),
    ...all(kept, 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns'),
    PermissionsBoundary: notHonoured('permissions of functions are not enforced'),
    ...all(reasons.inert, 'Description', 'MaxSessionDuration', 'Tags'),
  }),
  'AWS::IAM::Policy': fields({
    ...all(kept, 'PolicyName', 'PolicyDocument', 'Roles'),
    ...all(notHonoured('only roles are kept'), 'Users', 'Groups'),
  }),
  'AWS::IAM::ManagedPolicy': fields({
    ManagedPolicyName: honoured,
    ...all(kept, 'PolicyDocument', 'Roles'),
    ...all(notHonoured('only roles are kept'), 'Users', 'Groups'),
    ...all(reasons.inert, 'Description', 'Path'),
  }),
  'AWS::Logs::LogGroup': differently('its name goes to functions; what they log goes to the terminal'),
  'AWS::SQS::Queue': notHonoured('its name, URL and ARN stand; there is no queue behind them yet'),
  'AWS::S3::Bucket': notHonoured('its name and ARN stand; there is no bucket behind them yet'),
  'AWS::SNS::Topic': notHonoured('its ARN stands; there is no topic behind it yet'),
  'AWS::Serverless::StateMachine': notHonoured('its ARN stands; no execution runs yet'),
  'AWS::StepFunctions::StateMachine': notHonoured('its ARN stands; no execution runs yet'),
  'AWS::Events::Rule': notHonoured('events of this rule never come'),
  'AWS::Cognito::UserPool': notHonoured('its id and ARN stand; there is no user pool behind them yet'),
  'AWS::Cognito::UserPoolClient': notHonoured('its id stands; there is no user pool behind it yet'),
};
