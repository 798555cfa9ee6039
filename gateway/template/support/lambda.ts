import { buildMetadata } from './build-metadata.ts';
import { event, foreignSources, mapping } from './function-events.ts';
import { all, differently, eachOf, fields, free, honoured, notHonoured, reasons, type SupportNode } from './node.ts';
import { policies } from './policies.ts';

const shifting = notHonoured('CodeDeploy shifts nothing here: the alias moves at once, and no hook is called');
const container = notHonoured('container images do not run here');
const sentOn = differently('what is not sent to a function is kept in a file, dead-letters.jsonl');
const destination = fields({ Destination: sentOn, Type: reasons.inert });
const eventInvoke = fields({
  FunctionName: honoured,
  Qualifier: differently('it holds for the whole function'),
  ...all(honoured, 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'),
  DestinationConfig: fields({ OnSuccess: destination, OnFailure: destination }),
});
const provisioned = fields({ ProvisionedConcurrentExecutions: honoured });
const tracing = differently('functions see a trace header; no trace is recorded');
const runtime: SupportNode = {
  ...honoured,
  judge: (value) =>
    typeof value !== 'string' || value.startsWith('nodejs')
      ? honoured
      : notHonoured(`only Node.js runs here by itself; without --runtime ${value}=COMMAND the function answers 501`),
};
/** What both kinds of function have. */
const shared: Readonly<Record<string, SupportNode>> = {
  ...all(honoured, 'FunctionName', 'Description', 'Handler', 'Timeout', 'MemorySize', 'Layers'),
  Runtime: runtime,
  Environment: fields({ Variables: free }),
  Architectures: differently('told to the function; it runs on this machine’s processor'),
  EphemeralStorage: differently('/tmp is each environment’s own, without a limit'),
  LoggingConfig: fields({
    ...all(honoured, 'LogFormat', 'LogGroup', 'ApplicationLogLevel', 'SystemLogLevel'),
  }),
  PackageType: container,
  ImageConfig: container,
  ReservedConcurrentExecutions: honoured,
  VpcConfig: reasons.network,
  KmsKeyArn: reasons.inert,
  SnapStart: reasons.inert,
  Tags: reasons.inert,
  FileSystemConfigs: notHonoured('no file system is mounted'),
  CodeSigningConfigArn: reasons.inert,
  RecursiveLoop: notHonoured('loops are not detected'),
  RuntimeManagementConfig: reasons.inert,
  SourceKMSKeyArn: reasons.inert,
  DurableConfig: notHonoured('durable functions do not run here'),
  TenancyConfig: notHonoured('tenants are not isolated'),
  CapacityProviderConfig: reasons.inert,
  FunctionScalingConfig: reasons.inert,
  PublishToLatestPublished: reasons.inert,
};

const serverlessFunction: SupportNode = {
  ...fields({
    ...shared,
    // Where it leads is looked at when the model is made: support/code.ts.
    CodeUri: fields(all(honoured, 'Bucket', 'Key', 'Version')),
    InlineCode: honoured,
    ImageUri: container,
    Role: honoured,
    Policies: policies,
    AssumeRolePolicyDocument: differently('kept; what functions may do is not enforced'),
    PermissionsBoundary: notHonoured('permissions of functions are not enforced'),
    RolePath: honoured,
    Tracing: tracing,
    Events: eachOf(event),
    AutoPublishAlias: differently('the alias follows the code as it lies there'),
    AutoPublishAliasAllProperties: differently('there is one version, the code as it lies there'),
    AutoPublishCodeSha256: differently('there is one version, the code as it lies there'),
    VersionDescription: reasons.inert,
    VersionDeletionPolicy: reasons.inert,
    ProvisionedConcurrencyConfig: provisioned,
    DeploymentPreference: shifting,
    DeadLetterQueue: fields({ TargetArn: sentOn, Type: reasons.inert }),
    EventInvokeConfig: eventInvoke,
    FunctionUrlConfig: notHonoured('function URLs are not served'),
    PropagateTags: reasons.inert,
  }),
  metadata: buildMetadata,
};

export const lambdaTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::Function': serverlessFunction,
  'AWS::Serverless::LayerVersion': {
    ...fields({
      ...all(honoured, 'LayerName', 'Description'),
      ContentUri: differently('what lies on this disk is shown under /opt'),
      ...all(
        reasons.inert,
        'CompatibleArchitectures',
        'CompatibleRuntimes',
        'LicenseInfo',
        'RetentionPolicy',
        'PublishLambdaVersion',
      ),
    }),
    metadata: buildMetadata,
  },
  'AWS::Lambda::Function': {
    ...fields({
      ...shared,
      Code: {
        ...fields({
          ZipFile: honoured,
          ...all(honoured, 'S3Bucket', 'S3Key', 'S3ObjectVersion'),
          ImageUri: container,
        }),
      },
      Role: honoured,
      TracingConfig: tracing,
      DeadLetterConfig: fields({ TargetArn: sentOn }),
    }),
    metadata: buildMetadata,
  },
  'AWS::Lambda::Version': fields({
    FunctionName: honoured,
    ...all(reasons.inert, 'Description', 'CodeSha256', 'RuntimePolicy', 'FunctionScalingConfig'),
    ProvisionedConcurrencyConfig: provisioned,
  }),
  'AWS::Lambda::Alias': fields({
    ...all(honoured, 'Name', 'FunctionName'),
    FunctionVersion: differently('versions of the template are the code as it lies there'),
    RoutingConfig: differently('versions of the template are the same code until one is published'),
    ProvisionedConcurrencyConfig: provisioned,
    Description: honoured,
  }),
  'AWS::Lambda::Permission': fields({
    // Each property is read; that none is asked for is said once, at the principal.
    ...all(honoured, 'FunctionName', 'Action', 'SourceArn', 'SourceAccount'),
    Principal: notHonoured('permissions to invoke are not checked yet: without one, AWS answers 500'),
    ...all(honoured, 'EventSourceToken', 'FunctionUrlAuthType', 'PrincipalOrgID'),
    InvokedViaFunctionUrl: differently('function URLs are not served; nothing else is let in by it'),
  }),
  'AWS::Lambda::LayerVersion': {
    ...fields({
      ...all(honoured, 'LayerName', 'Description'),
      Content: differently('what lies on this disk is shown under /opt'),
      ...all(reasons.inert, 'CompatibleArchitectures', 'CompatibleRuntimes', 'LicenseInfo'),
    }),
    metadata: buildMetadata,
  },
  'AWS::Lambda::EventSourceMapping': fields({
    EventSourceArn: differently('DynamoDB streams are read; other sources send nothing'),
    FunctionName: honoured,
    ...mapping,
    ...foreignSources,
  }),
  'AWS::Lambda::EventInvokeConfig': eventInvoke,
  'AWS::Lambda::Url': notHonoured('function URLs are not served'),
  'AWS::Lambda::CodeSigningConfig': notHonoured('code is not signed here'),
  ...all(shifting, 'AWS::CodeDeploy::Application', 'AWS::CodeDeploy::DeploymentGroup'),
  'AWS::CodeDeploy::DeploymentConfig': shifting,
};
