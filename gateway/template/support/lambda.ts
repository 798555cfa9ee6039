import { event, mapping } from './function-events.ts';
import { all, differently, eachOf, fields, honoured, notHonoured, onlyFor, reasons, type SupportNode } from './node.ts';

const buildMetadata: Readonly<Record<string, SupportNode>> = {
  BuildMethod: onlyFor(/^(esbuild$|nodejs)/, notHonoured('only esbuild and nodejs build here; a function answers 501')),
  BuildProperties: fields({
    ...all(
      honoured,
      'EntryPoints',
      'Format',
      'Target',
      'External',
      'MainFields',
      'Banner',
      'Define',
      'Loader',
      'Minify',
      'Sourcemap',
    ),
    OutExtension: differently('follows Format'),
    UseNpmCi: reasons.inert,
    KeepNames: notHonoured('names are as esbuild makes them'),
  }),
  ...all(
    reasons.inert,
    'cfn-lint',
    'cfn_nag',
    'checkov',
    'guard',
    'BuildArchitecture',
    'SamResourceId',
    'aws:cdk:path',
    'aws:asset:property',
  ),
  ...all(
    notHonoured('container images do not run here'),
    'Dockerfile',
    'DockerContext',
    'DockerTag',
    'DockerBuildArgs',
  ),
  'aws:asset:path': honoured,
  'aws:asset:is-bundled': honoured,
};

const container = notHonoured('container images do not run here');
const tracing = differently('functions see a trace header; no trace is recorded');
/** What both kinds of function have. */
const shared: Readonly<Record<string, SupportNode>> = {
  ...all(honoured, 'FunctionName', 'Description', 'Handler', 'Timeout', 'MemorySize', 'Layers'),
  Runtime: onlyFor(/^nodejs/, notHonoured('only Node.js runs here; the function answers 501')),
  Environment: fields({ Variables: honoured }),
  Architectures: differently('told to the function; it runs on this machine’s processor'),
  EphemeralStorage: differently('/tmp is that of this machine, without a limit'),
  LoggingConfig: fields({
    ...all(honoured, 'LogFormat', 'LogGroup'),
    ...all(differently('told to the function'), 'ApplicationLogLevel', 'SystemLogLevel'),
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
};

const serverlessFunction: SupportNode = {
  ...fields({
    ...shared,
    CodeUri: onlyFor(/^(?!s3:)/, notHonoured('code in S3 is not on this disk; the function answers 501')),
    InlineCode: honoured,
    ImageUri: container,
    Role: honoured,
    Policies: differently('statements are kept and not enforced; policy templates are not turned into statements'),
    AssumeRolePolicyDocument: honoured,
    PermissionsBoundary: notHonoured('permissions of functions are not enforced'),
    RolePath: honoured,
    Tracing: tracing,
    Events: eachOf(event),
    AutoPublishAlias: differently('the alias follows the code as it lies there'),
    AutoPublishAliasAllProperties: differently('there is one version, the code as it lies there'),
    AutoPublishCodeSha256: differently('there is one version, the code as it lies there'),
    PublishToLatestPublished: reasons.inert,
    VersionDescription: reasons.inert,
    VersionDeletionPolicy: reasons.inert,
    ProvisionedConcurrencyConfig: differently('kept; environments start when they are needed'),
    DeploymentPreference: notHonoured('the alias moves at once'),
    DeadLetterQueue: fields({
      TargetArn: notHonoured('failed asynchronous events are not sent on'),
      Type: reasons.inert,
    }),
    EventInvokeConfig: notHonoured('asynchronous invocations are not retried or sent on'),
    FunctionUrlConfig: notHonoured('function URLs are not served'),
    PropagateTags: reasons.inert,
    Connectors: notHonoured('connectors write no policies'),
  }),
  metadata: buildMetadata,
};

export const lambdaTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::Function': serverlessFunction,
  'AWS::Serverless::LayerVersion': {
    ...fields({
      ...all(honoured, 'LayerName', 'Description'),
      ContentUri: differently('a folder of this disk is shown under /opt'),
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
          ...all(notHonoured('code in S3 answers 501'), 'S3Bucket', 'S3Key', 'S3ObjectVersion'),
          ImageUri: container,
        }),
      },
      Role: honoured,
      TracingConfig: tracing,
      DeadLetterConfig: notHonoured('failed asynchronous events are not sent on'),
    }),
    metadata: buildMetadata,
  },
  'AWS::Lambda::Version': fields({
    FunctionName: honoured,
    ...all(reasons.inert, 'Description', 'CodeSha256', 'RuntimePolicy', 'ProvisionedConcurrencyConfig'),
  }),
  'AWS::Lambda::Alias': fields({
    ...all(honoured, 'Name', 'FunctionName'),
    FunctionVersion: differently('versions of the template are the code as it lies there'),
    RoutingConfig: differently('every version is the same code'),
    ProvisionedConcurrencyConfig: differently('kept; environments start when they are needed'),
    Description: honoured,
  }),
  'AWS::Lambda::Permission': fields({
    // Each property is read; that none is asked for is said once, at the principal.
    ...all(honoured, 'FunctionName', 'Action', 'SourceArn', 'SourceAccount'),
    Principal: notHonoured('permissions to invoke are not checked yet: without one, AWS answers 500'),
    ...all(notHonoured('not looked at'), 'EventSourceToken', 'FunctionUrlAuthType', 'PrincipalOrgID'),
    InvokedViaFunctionUrl: differently('function URLs are not served; nothing else is let in by it'),
  }),
  'AWS::Lambda::LayerVersion': {
    ...fields({
      ...all(honoured, 'LayerName', 'Description'),
      Content: differently('a folder of this disk is shown under /opt'),
      ...all(reasons.inert, 'CompatibleArchitectures', 'CompatibleRuntimes', 'LicenseInfo'),
    }),
    metadata: buildMetadata,
  },
  'AWS::Lambda::EventSourceMapping': fields({
    EventSourceArn: differently('DynamoDB streams are read; other sources send nothing'),
    FunctionName: honoured,
    ...mapping,
    ...all(
      notHonoured('events of this source never come'),
      'Queues',
      'Topics',
      'SourceAccessConfigurations',
      'SelfManagedEventSource',
    ),
    ...all(
      notHonoured('events of this source never come'),
      'AmazonManagedKafkaEventSourceConfig',
      'SelfManagedKafkaEventSourceConfig',
    ),
  }),
  'AWS::Lambda::EventInvokeConfig': {
    ...notHonoured('asynchronous invocations are not retried or sent on'),
  },
};
