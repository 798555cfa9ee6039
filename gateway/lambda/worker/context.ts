import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import type { InvocationHead } from '../frames.ts';

/** What a handler gets as its second argument. */
export type HandlerContext = {
  /** Until nodejs22, as are `done`, `succeed` and `fail`. */
  callbackWaitsForEmptyEventLoop?: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly identity: unknown;
  readonly clientContext: unknown;
  readonly tenantId: undefined;
  getRemainingTimeInMillis(): number;
};

/** `clientContext` comes as JSON in base64, as the Invoke API takes it. */
export const handlerContext = (spec: EnvironmentSpec, head: InvocationHead): HandlerContext => {
  const deadline = performance.now() + head.timeoutMs;
  const context: HandlerContext = {
    functionVersion: spec.version,
    functionName: spec.functionName,
    memoryLimitInMB: String(spec.memorySize),
    logGroupName: spec.logGroup,
    logStreamName: spec.logStream,
    clientContext: head.clientContext === undefined ? undefined : parseClientContext(head.clientContext),
    // Cognito identities call functions by the mobile SDKs alone, and none does here.
    identity: undefined,
    invokedFunctionArn: head.arn,
    awsRequestId: head.requestId,
    tenantId: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
  if (spec.runtimeMajor < 24) context.callbackWaitsForEmptyEventLoop = true;
  return context;
};

const parseClientContext = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
};
