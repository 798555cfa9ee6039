import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import type { InvocationHead } from '../frames.ts';

/** What a handler gets as its second argument. */
export type HandlerContext = {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly identity: unknown;
  readonly clientContext: unknown;
  getRemainingTimeInMillis(): number;
};

/** `clientContext` comes as JSON in base64, as the Invoke API takes it. */
export const handlerContext = (spec: EnvironmentSpec, head: InvocationHead): HandlerContext => {
  const deadline = performance.now() + head.timeoutMs;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: spec.version,
    functionName: spec.functionName,
    memoryLimitInMB: String(spec.memorySize),
    logGroupName: spec.logGroup,
    logStreamName: spec.logStream,
    clientContext: head.clientContext === undefined ? undefined : parseClientContext(head.clientContext),
    identity: undefined,
    invokedFunctionArn: head.arn,
    awsRequestId: head.requestId,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  };
};

const parseClientContext = (text: string): unknown => {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
};
