import { type FunctionReference, parseFunctionReference } from '../lambda/invocation.ts';
import { fillStageVariables } from '../mapping/stage-variables.ts';
import type { Services } from '../services.ts';

/** What an integration's URI leads to once its stage variables are filled in. */
export type LambdaTarget =
  | { readonly kind: 'function'; readonly function: FunctionReference }
  /** AWS would run it; this gateway cannot. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** AWS would answer a configuration error; the reason is that of its execution log. */
  | { readonly kind: 'invalid'; readonly reason: string };

const accountOf = (arn: string): string | undefined => /arn:[^:]+:lambda:[^:]*:(\d{12}):function:/.exec(arn)?.[1];

/** Reads `arn:aws:apigateway:{region}:lambda:path/…/functions/{function}/invocations` or a plain function ARN. */
export const resolveLambdaTarget = (
  uri: string,
  variables: Readonly<Record<string, string>>,
  account: Services['account'],
): LambdaTarget => {
  const filled = fillStageVariables(uri, variables);
  if (/^arn:[^:]+:apigateway:[^:]*:firehose:/.test(filled)) {
    return { kind: 'unsupported', reason: 'proxy integrations with a Firehose stream do not run locally' };
  }
  if (filled.endsWith('/response-streaming-invocations')) {
    return { kind: 'unsupported', reason: 'response streaming comes with a later version' };
  }
  const owner = accountOf(filled);
  if (owner !== undefined && owner !== account.id) {
    return { kind: 'unsupported', reason: `the function belongs to another account (${owner})` };
  }
  const reference = parseFunctionReference(filled);
  if (!reference) return { kind: 'invalid', reason: `Invalid ARN specified in the request: ${filled}` };
  return { kind: 'function', function: reference };
};
