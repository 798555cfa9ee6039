import type { Place } from './place.ts';
import type { PolicyDocument } from './policy.ts';

/** A Lambda function with what its versions and aliases point at. */
export type LambdaFunction = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly runtime: string;
  readonly handler: string;
  readonly code: FunctionCode;
  readonly build: FunctionBuild | null;
  readonly memorySize: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Layer version ARNs in the order they are laid over `/opt`. */
  readonly layers: readonly string[];
  readonly architecture: 'x86_64' | 'arm64';
  readonly ephemeralStorageMb: number;
  readonly tracing: 'Active' | 'PassThrough';
  /** null: unreserved. */
  readonly reservedConcurrency: number | null;
  readonly loggingConfig: LoggingConfig;
  readonly description: string;
  readonly role: string | null;
  readonly versions: readonly FunctionVersion[];
  readonly aliases: readonly FunctionAlias[];
  readonly deadLetterTarget: string | null;
  readonly eventInvoke: EventInvokeConfig | null;
  /** Why it cannot run here (another runtime, code that is not on this disk): it then answers 501. */
  readonly unsupported: string | null;
  readonly place: Place;
};

export type FunctionCode =
  | { readonly kind: 'directory'; readonly dir: string }
  | { readonly kind: 'zip'; readonly file: string }
  /** A single file, which SAM CLI lays into an archive of its own. */
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'inline'; readonly text: string }
  | { readonly kind: 'remote'; readonly uri: string };

/** `Metadata: BuildMethod: esbuild` with its BuildProperties; null in the function means that the code runs as it lies there. */
export type FunctionBuild = {
  readonly method: 'esbuild';
  readonly entryPoints: readonly string[];
  readonly format: 'esm' | 'cjs';
  readonly target: string | null;
  readonly external: readonly string[];
  readonly mainFields: readonly string[];
  readonly banner: Readonly<Record<string, string>>;
  readonly define: Readonly<Record<string, string>>;
  readonly loader: Readonly<Record<string, string>>;
  readonly minify: boolean;
  readonly sourcemap: boolean;
  /** Everything else, by the names of esbuild's own options. */
  readonly options: Readonly<Record<string, EsbuildOption>>;
};

export type EsbuildOption = string | boolean | readonly string[] | Readonly<Record<string, string>>;

export type LoggingConfig = {
  readonly format: 'Text' | 'JSON';
  readonly applicationLogLevel: string;
  readonly systemLogLevel: string;
  readonly logGroup: string;
};

/** An immutable version. In development its number stands for what `$LATEST` held when it was read. */
export type FunctionVersion = {
  readonly version: string;
  readonly logicalId: string;
  readonly provisionedConcurrency?: number;
};

export type FunctionAlias = {
  readonly name: string;
  readonly logicalId: string;
  readonly version: string;
  /** Version → weight (0 to 1) of the calls that go there instead. */
  readonly routing: Readonly<Record<string, number>>;
  readonly provisionedConcurrency: number;
  /** True while the alias follows `$LATEST` because the template made its version and nobody has moved it since. */
  readonly followsLatest: boolean;
};

export type EventInvokeConfig = {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeInSeconds: number;
  readonly onSuccess: string | null;
  readonly onFailure: string | null;
};

export type LayerVersion = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** What `/opt` shows: a folder or an archive itself, or the folder that stands for `/opt/nodejs` when SAM would build it. */
  readonly mount:
    | { readonly kind: 'opt' | 'opt/nodejs'; readonly dir: string }
    | { readonly kind: 'zip'; readonly file: string }
    | null;
  readonly unsupported: string | null;
  readonly place: Place;
};

export type LambdaPermission = {
  readonly logicalId: string;
  /** Name or ARN, with the qualifier as written. */
  readonly functionName: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn: string | null;
  readonly sourceAccount: string | null;
  /** Narrows the permission to an Alexa skill. */
  readonly eventSourceToken: string | null;
  /** Narrows it to the accounts of an organization. */
  readonly principalOrgId: string | null;
  /** Narrows it to function URLs of this kind of authorization. */
  readonly functionUrlAuthType: 'AWS_IAM' | 'NONE' | null;
  readonly place: Place;
};

export type EventSourceMapping = {
  readonly logicalId: string;
  readonly id: string;
  /** Empty for a Kafka of one's own: its servers stand in `bootstrapServers`. */
  readonly eventSourceArn: string;
  /** Name or ARN, with the qualifier as written. */
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON' | 'AT_TIMESTAMP' | null;
  /** In seconds since 1970, with AT_TIMESTAMP alone. */
  readonly startingPositionTimestamp: number | null;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeInSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly parallelizationFactor: number;
  readonly tumblingWindowInSeconds: number;
  readonly onFailure: string | null;
  readonly functionResponseTypes: readonly string[];
  /** Filter patterns as JSON text; none: everything passes. */
  readonly filters: readonly string[];
  /** How many invocations a queue may have at once; null: as many as the function. */
  readonly maximumConcurrency: number | null;
  /** Kafka's topics and a message broker's queues. */
  readonly topics: readonly string[];
  readonly queues: readonly string[];
  readonly bootstrapServers: readonly string[];
  readonly consumerGroupId: string | null;
  /** Secrets and networks by which a source is reached. */
  readonly sourceAccess: readonly { readonly type: string; readonly uri: string }[];
  readonly documentDb: {
    readonly databaseName: string;
    readonly collectionName: string | null;
    readonly fullDocument: 'Default' | 'UpdateLookup';
  } | null;
  readonly place: Place;
};

export type IamRole = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly assumeRolePolicy: PolicyDocument | null;
  readonly policies: readonly PolicyDocument[];
  readonly managedPolicyArns: readonly string[];
  /** The ARN of the policy that bounds what all others allow. */
  readonly permissionsBoundary: string | null;
  readonly place: Place;
};
