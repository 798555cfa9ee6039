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
};

export type LoggingConfig = {
  readonly format: 'Text' | 'JSON';
  readonly applicationLogLevel: string;
  readonly systemLogLevel: string;
  readonly logGroup: string;
};

/** An immutable version. In development its number stands for what `$LATEST` held when it was read. */
export type FunctionVersion = { readonly version: string; readonly logicalId: string };

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
  /** What `/opt` shows: the folder itself, or the folder that stands for `/opt/nodejs` when SAM would build it. */
  readonly mount: { readonly kind: 'opt' | 'opt/nodejs'; readonly dir: string } | null;
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
  readonly place: Place;
};

export type EventSourceMapping = {
  readonly logicalId: string;
  readonly id: string;
  readonly eventSourceArn: string;
  /** Name or ARN, with the qualifier as written. */
  readonly functionName: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly maximumBatchingWindowInSeconds: number;
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON' | 'AT_TIMESTAMP' | null;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeInSeconds: number;
  readonly bisectBatchOnFunctionError: boolean;
  readonly parallelizationFactor: number;
  readonly tumblingWindowInSeconds: number;
  readonly onFailure: string | null;
  readonly functionResponseTypes: readonly string[];
  /** Filter patterns as JSON text; none: everything passes. */
  readonly filters: readonly string[];
  readonly place: Place;
};

export type IamRole = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly assumeRolePolicy: PolicyDocument | null;
  readonly policies: readonly PolicyDocument[];
  readonly managedPolicyArns: readonly string[];
  readonly place: Place;
};
