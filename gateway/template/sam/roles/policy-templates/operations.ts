import { allow, type PolicyTemplate, when } from './statement.ts';

/** Policy templates for secrets, keys, settings, metrics, machines and delivery. */
export const operationsPolicies: Readonly<Record<string, PolicyTemplate>> = {
  AMIDescribePolicy: [allow('ec2: DescribeImages', '*')],
  AWSSecretsManagerGetSecretValuePolicy: [allow('secretsmanager: GetSecretValue', '{SecretArn}')],
  AWSSecretsManagerRotationPolicy: [
    when(
      'secretsmanager:resource/AllowRotationLambdaArn',
      'lambda:function:{FunctionName}',
      allow(
        'secretsmanager: DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage',
        'secretsmanager:secret:*',
      ),
    ),
    allow('secretsmanager: GetRandomPassword', '*'),
  ],
  AcmGetCertificatePolicy: [allow('acm: GetCertificate', '{CertificateArn}')],
  CloudFormationDescribeStacksPolicy: [allow('cloudformation: DescribeStacks', 'cloudformation:stack/*')],
  CloudWatchDashboardPolicy: [allow('cloudwatch: GetDashboard ListDashboards PutDashboard ListMetrics', '*')],
  CloudWatchDescribeAlarmHistoryPolicy: [allow('cloudwatch: DescribeAlarmHistory', '*')],
  CloudWatchPutMetricPolicy: [allow('cloudwatch: PutMetricData', '*')],
  CodeCommitCrudPolicy: [
    allow(
      'codecommit: GitPull GitPush CreateBranch DeleteBranch GetBranch ListBranches MergeBranchesByFastForward ' +
        'MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch BatchDescribeMergeConflicts ' +
        'CreateUnreferencedMergeCommit DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests ' +
        'CreatePullRequest DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase ' +
        'GetMergeConflicts GetPullRequest ListPullRequests MergePullRequestByFastForward MergePullRequestBySquash ' +
        'MergePullRequestByThreeWay PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus ' +
        'UpdatePullRequestTitle DeleteFile GetBlob GetFile GetFolder PutFile DeleteCommentContent GetComment ' +
        'GetCommentsForComparedCommit PostCommentForComparedCommit PostCommentReply UpdateComment BatchGetCommits ' +
        'CreateCommit GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree ' +
        'GetRepository UpdateRepositoryDescription ListTagsForResource TagResource UntagResource ' +
        'GetRepositoryTriggers PutRepositoryTriggers TestRepositoryTriggers GetBranch GetCommit UploadArchive ' +
        'GetUploadArchiveStatus CancelUploadArchive',
      'codecommit:{RepositoryName}',
    ),
  ],
  CodeCommitReadPolicy: [
    allow(
      'codecommit: GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts ' +
        'GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest ' +
        'GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder ' +
        'GetComment GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences ' +
        'GetObjectIdentifier GetReferences GetTree GetRepository ListTagsForResource GetRepositoryTriggers ' +
        'TestRepositoryTriggers GetBranch GetCommit GetUploadArchiveStatus',
      'codecommit:{RepositoryName}',
    ),
  ],
  CodePipelineLambdaExecutionPolicy: [allow('codepipeline: PutJobSuccessResult PutJobFailureResult', '*')],
  CodePipelineReadOnlyPolicy: [allow('codepipeline: ListPipelineExecutions', 'codepipeline:{PipelineName}')],
  CostExplorerReadOnlyPolicy: [
    allow(
      'ce: GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation ' +
        'GetReservationUtilization GetTags',
      '*',
    ),
  ],
  EC2CopyImagePolicy: [allow('ec2: CopyImage', 'ec2:image/{ImageId}')],
  EC2DescribePolicy: [allow('ec2: DescribeRegions DescribeInstances', '*')],
  EKSDescribePolicy: [allow('eks: DescribeCluster ListClusters', '*')],
  EcsRunTaskPolicy: [allow('ecs: RunTask', 'ecs:task-definition/{TaskDefinition}')],
  FilterLogEventsPolicy: [allow('logs: FilterLogEvents', 'logs:log-group:{LogGroupName}:log-stream:*')],
  KMSDecryptPolicy: [allow('kms: Decrypt', 'kms:key/{KeyId}')],
  KMSEncryptPolicy: [allow('kms: Encrypt', 'kms:key/{KeyId}')],
  KMSEncryptPolicy_v2: [
    allow(
      'kms: Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair ' +
        'GenerateDataKeyPairWithoutPlaintext',
      'kms:key/{KeyId}',
    ),
  ],
  OrganizationsListAccountsPolicy: [allow('organizations: ListAccounts', '*')],
  Route53ChangeResourceRecordSetsPolicy: [
    allow('route53: ChangeResourceRecordSets', 'route53:::hostedzone/{HostedZoneId}'),
  ],
  SSMParameterReadPolicy: [
    allow('ssm: DescribeParameters', '*'),
    allow('ssm: GetParameters GetParameter GetParametersByPath', 'ssm:parameter/{ParameterName}'),
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    allow('ssm: DescribeParameters', '*'),
    allow('ssm: GetParameters GetParameter GetParametersByPath', 'ssm:parameter{ParameterName}'),
  ],
  ServerlessRepoReadWriteAccessPolicy: [
    allow(
      'serverlessrepo: CreateApplication CreateApplicationVersion UpdateApplication GetApplication ' +
        'ListApplications ListApplicationVersions ListApplicationDependencies',
      'serverlessrepo:applications/*',
    ),
  ],
  VPCAccessPolicy: [
    allow('ec2: CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface', '*'),
  ],
};
