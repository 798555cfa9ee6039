import type { Readable } from 'node:stream';
import type { ThrottleReason } from './concurrency.ts';

/** Which build of which function to call, as integrations name it. */
export type FunctionReference = {
  /** The function's name or its full ARN without a qualifier. */
  readonly name: string;
  /** An alias, a version, or null for `$LATEST`. */
  readonly qualifier: string | null;
};

export type InvocationRequest = {
  readonly function: FunctionReference;
  /** The event as JSON text. */
  readonly payload: string;
  /** `X-Amzn-Trace-Id` of the caller, for `_X_AMZN_TRACE_ID`. */
  readonly traceId?: string;
  readonly clientContext?: string;
  /** The ARN of who calls. */
  readonly sourceArn?: string;
  /** Given where the id is known before: an event that is tried again keeps its own. */
  readonly requestId?: string;
};

export type InvocationResult =
  | {
      /** The function ran; `functionError` is set where it failed, and the payload then has Lambda's error shape. */
      readonly kind: 'answered';
      readonly payload: string;
      readonly functionError: 'Unhandled' | null;
      readonly executedVersion: string;
      readonly requestId: string;
      readonly initMs: number | null;
      readonly durationMs: number;
    }
  /** No such function, version or alias. */
  | { readonly kind: 'not-found'; readonly reason: string }
  /** It cannot run on this machine; the reason is for people. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'throttled'; readonly reason: string; readonly limit?: ThrottleReason };

/** An answer that has begun and is not over. */
export type InvocationStream = {
  readonly kind: 'streaming';
  readonly requestId: string;
  readonly executedVersion: string;
  readonly contentType: string;
  /** Ends with the function, however that ended: what has been written reaches the caller. */
  readonly body: Readable;
  /** Tells when all is over, and whether the function failed midway: `payload` is then Lambda's error. */
  readonly outcome: Promise<InvocationResult>;
};

/** Lambda's InvokeWithResponseStream. What does not stream, or fails before its first byte, is answered whole. */
export type StreamingInvoker = {
  invokeStreaming(request: InvocationRequest): Promise<InvocationResult | InvocationStream>;
};

/** Lambda's Invoke, as everything that calls functions sees it. */
export type FunctionInvoker = {
  invoke(request: InvocationRequest): Promise<InvocationResult>;
};

export type EventAcceptance =
  | { readonly kind: 'accepted'; readonly requestId: string }
  | { readonly kind: 'not-found' | 'unsupported' | 'too-large'; readonly reason: string };

/** Lambda's Invoke of the type `Event`: the answer comes before the function runs. */
export type EventInvoker = {
  accept(request: InvocationRequest): Promise<EventAcceptance>;
};

/** Takes the function reference out of a name, an ARN with or without qualifier, or an integration's invocation URI. */
export const parseFunctionReference = (text: string): FunctionReference | null => {
  const arn = /(?:^|functions\/)arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:/]+)(?::([^:/]+))?(?:\/|$)/.exec(text);
  if (arn) return { name: arn[1]!, qualifier: arn[2] || null };
  const plain = /^([A-Za-z0-9-_]+)(?::([A-Za-z0-9$_-]+))?$/.exec(text);
  return plain ? { name: plain[1]!, qualifier: plain[2] || null } : null;
};
