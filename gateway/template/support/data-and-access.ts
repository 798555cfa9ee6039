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

const table: Readonly<Record<string, SupportNode>> = {
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
};

export const dataAndAccessTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::SimpleTable': fields({
    TableName: honoured,
    PrimaryKey: fields(all(honoured, 'Name', 'Type')),
    ProvisionedThroughput: capacity,
    ...all(reasons.inert, 'SSESpecification', 'PointInTimeRecoverySpecification', 'Tags'),
  }),
  'AWS::DynamoDB::Table': fields(table),
  'AWS::DynamoDB::GlobalTable': fields({
    ...table,
    Replicas: differently('there is one table, in the region of the stack'),
    ...all(
      capacity,
      'WriteProvisionedThroughputSettings',
      'WriteOnDemandThroughputSettings',
      'ReadOnDemandThroughputSettings',
    ),
    ...all(reasons.inert, 'GlobalTableWitnesses', 'MultiRegionConsistency', 'GlobalTableSettingsReplicationMode'),
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
  'AWS::Logs::LogGroup': {
    ...fields({
      LogGroupName: honoured,
      ...all(reasons.inert, 'RetentionInDays', 'KmsKeyId', 'LogGroupClass', 'DataProtectionPolicy', 'Tags'),
      ...all(reasons.inert, 'FieldIndexPolicies', 'ResourcePolicyDocument', 'DeletionProtectionEnabled'),
    }),
    ...differently('its name goes to functions; what they log goes to the terminal'),
  },
};
