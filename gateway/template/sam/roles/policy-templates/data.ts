import { allow, type PolicyTemplate, when } from './statement.ts';

/** Policy templates for databases, buckets, streams and file systems. */
export const dataPolicies: Readonly<Record<string, PolicyTemplate>> = {
  AthenaQueryPolicy: [
    allow(
      'athena: ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces ' +
        'GetTables GetTable',
      '*',
    ),
    allow(
      'athena: StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions ' +
        'StopQueryExecution GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution ' +
        'BatchGetNamedQuery BatchGetQueryExecution GetWorkGroup',
      'athena:workgroup/{WorkGroupName}',
    ),
  ],
  DynamoDBBackupFullAccessPolicy: [
    allow('dynamodb: CreateBackup DescribeContinuousBackups', 'dynamodb:table/{TableName}'),
    allow('dynamodb: DeleteBackup DescribeBackup ListBackups', 'dynamodb:table/{TableName}/backup/*'),
  ],
  DynamoDBCrudPolicy: [
    allow(
      'dynamodb: GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ' +
        'ConditionCheckItem',
      'dynamodb:table/{TableName}',
      'dynamodb:table/{TableName}/index/*',
    ),
  ],
  DynamoDBReadPolicy: [
    allow(
      'dynamodb: GetItem Scan Query BatchGetItem DescribeTable',
      'dynamodb:table/{TableName}',
      'dynamodb:table/{TableName}/index/*',
    ),
  ],
  DynamoDBReconfigurePolicy: [allow('dynamodb: UpdateTable', 'dynamodb:table/{TableName}')],
  DynamoDBRestoreFromBackupPolicy: [
    allow('dynamodb: RestoreTableFromBackup', 'dynamodb:table/{TableName}/backup/*'),
    allow('dynamodb: PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem', 'dynamodb:table/{TableName}'),
  ],
  DynamoDBStreamReadPolicy: [
    allow('dynamodb: DescribeStream GetRecords GetShardIterator', 'dynamodb:table/{TableName}/stream/{StreamName}'),
    allow('dynamodb: ListStreams', 'dynamodb:table/{TableName}/stream/*'),
  ],
  DynamoDBWritePolicy: [
    allow(
      'dynamodb: PutItem UpdateItem BatchWriteItem',
      'dynamodb:table/{TableName}',
      'dynamodb:table/{TableName}/index/*',
    ),
  ],
  EFSWriteAccessPolicy: [
    when(
      'elasticfilesystem:AccessPointArn',
      'elasticfilesystem:access-point/{AccessPoint}',
      allow('elasticfilesystem: ClientMount ClientWrite', 'elasticfilesystem:file-system/{FileSystem}'),
    ),
  ],
  ElasticMapReduceAddJobFlowStepsPolicy: [
    allow('elasticmapreduce: AddJobFlowSteps', 'elasticmapreduce:cluster/{ClusterId}'),
  ],
  ElasticMapReduceCancelStepsPolicy: [allow('elasticmapreduce: CancelSteps', 'elasticmapreduce:cluster/{ClusterId}')],
  ElasticMapReduceModifyInstanceFleetPolicy: [
    allow('elasticmapreduce: ModifyInstanceFleet ListInstanceFleets', 'elasticmapreduce:cluster/{ClusterId}'),
  ],
  ElasticMapReduceModifyInstanceGroupsPolicy: [
    allow('elasticmapreduce: ModifyInstanceGroups ListInstanceGroups', 'elasticmapreduce:cluster/{ClusterId}'),
  ],
  ElasticMapReduceSetTerminationProtectionPolicy: [
    allow('elasticmapreduce: SetTerminationProtection', 'elasticmapreduce:cluster/{ClusterId}'),
  ],
  ElasticMapReduceTerminateJobFlowsPolicy: [
    allow('elasticmapreduce: TerminateJobFlows', 'elasticmapreduce:cluster/{ClusterId}'),
  ],
  ElasticsearchHttpPostPolicy: [allow('es: ESHttpPost ESHttpPut', 'es:domain/{DomainName}/*')],
  FirehoseCrudPolicy: [
    allow(
      'firehose: CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch ' +
        'UpdateDestination',
      'firehose:deliverystream/{DeliveryStreamName}',
    ),
  ],
  FirehoseWritePolicy: [allow('firehose: PutRecord PutRecordBatch', 'firehose:deliverystream/{DeliveryStreamName}')],
  KinesisCrudPolicy: [
    allow(
      'kinesis: AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream ' +
        'DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards ' +
        'PutRecord PutRecords SplitShard RemoveTagsFromStream',
      'kinesis:stream/{StreamName}',
    ),
  ],
  KinesisStreamReadPolicy: [
    allow('kinesis: ListStreams DescribeLimits', 'kinesis:stream/*'),
    allow('kinesis: DescribeStream DescribeStreamSummary GetRecords GetShardIterator', 'kinesis:stream/{StreamName}'),
  ],
  S3CrudPolicy: [
    allow(
      's3: GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl ' +
        'GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject',
      's3:::{BucketName}',
      's3:::{BucketName}/*',
    ),
  ],
  S3FullAccessPolicy: [
    allow(
      's3: GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging ' +
        'DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging ' +
        'PutObjectVersionTagging',
      's3:::{BucketName}/*',
    ),
    allow('s3: ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration', 's3:::{BucketName}'),
  ],
  S3ReadPolicy: [
    allow(
      's3: GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration',
      's3:::{BucketName}',
      's3:::{BucketName}/*',
    ),
  ],
  S3WritePolicy: [
    allow('s3: PutObject PutObjectAcl PutLifecycleConfiguration', 's3:::{BucketName}', 's3:::{BucketName}/*'),
  ],
};
