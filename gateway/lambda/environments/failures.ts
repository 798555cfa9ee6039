/** Lambda's own error payloads, for what goes wrong outside a handler. */
export type Failure = { readonly errorType: string; readonly errorMessage: string; readonly trace?: readonly string[] };

/** How a worker or its host came to its end. */
export type ExitReason =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'memory' };

export const maximumRequestBytes = 6_291_456;
/** Lambda lets an answer exceed the six megabytes by a hundred bytes. */
export const maximumResponseBytes = 6_291_556;
/** Twenty megabytes until July 2025. Beyond the first six Lambda slows a stream down, which nothing here does. */
export const maximumStreamedBytes = 209_715_200;

export const timedOut = (requestId: string, seconds: number): Failure => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
});

export const exited = (requestId: string, reason: ExitReason): Failure => ({
  errorType: reason.kind === 'memory' ? 'Runtime.OutOfMemory' : 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: ${describeExit(reason)}`,
});

export const describeExit = (reason: ExitReason): string => {
  if (reason.kind === 'memory') return 'Runtime exited with error: signal: killed';
  if (reason.kind === 'signal')
    return `Runtime exited with error: signal: ${signalNames[reason.signal] ?? reason.signal}`;
  if (reason.status === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${reason.status}`;
};

const signalNames: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

export const requestTooLarge: Failure = {
  errorType: 'RequestTooLargeException',
  errorMessage: `Request must be smaller than ${maximumRequestBytes} bytes for the InvokeFunction operation`,
};

/** Of an error's payload, for what is logged beside it. */
export const errorTypeOf = (payload: string): string => {
  try {
    return String((JSON.parse(payload) as Failure).errorType);
  } catch {
    return 'Runtime.Unknown';
  }
};

/** Not one of Lambda's: on AWS a build that fails is never deployed. */
export const buildFailed = (text: string): Failure => ({ errorType: 'Gavel.BuildFailed', errorMessage: text });
