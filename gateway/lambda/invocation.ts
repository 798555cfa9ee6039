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
  | { readonly kind: 'throttled'; readonly reason: string };

/** Lambda's Invoke, as everything that calls functions sees it. */
export type FunctionInvoker = {
  invoke(request: InvocationRequest): Promise<InvocationResult>;
};

/** Takes the function reference out of a name, an ARN with or without qualifier, or an integration's invocation URI. */
export const parseFunctionReference = (text: string): FunctionReference | null => {
  const arn = /(?:^|functions\/)arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:/]+)(?::([^:/]+))?(?:\/|$)/.exec(text);
  if (arn) return { name: arn[1]!, qualifier: arn[2] || null };
  const plain = /^([A-Za-z0-9-_]+)(?::([A-Za-z0-9$_-]+))?$/.exec(text);
  return plain ? { name: plain[1]!, qualifier: plain[2] || null } : null;
};
