import type { InvocationResult } from '../invocation.ts';
import type { AcceptedEvent } from './event.ts';
import type { Condition } from './retry-policy.ts';

/**
 * What Lambda sends to a destination.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export const invocationRecord = (
  event: AcceptedEvent,
  functionArn: string,
  condition: Condition,
  last: InvocationResult | null,
  now: number,
): Readonly<Record<string, unknown>> => ({
  version: '1.0',
  timestamp: new Date(now).toISOString(),
  requestContext: {
    requestId: event.requestId,
    functionArn: `${functionArn}:${event.function.qualifier ?? '$LATEST'}`,
    condition,
    approximateInvokeCount: event.runs,
  },
  requestPayload: json(event.payload),
  ...(last?.kind === 'answered'
    ? {
        responseContext: {
          statusCode: 200,
          executedVersion: last.executedVersion,
          ...(last.functionError === null ? {} : { functionError: last.functionError }),
        },
        responsePayload: json(last.payload),
      }
    : {}),
});

/** What a dead-letter queue or topic gets: the event as it was, with what went wrong beside it. */
export const deadLetter = (
  event: AcceptedEvent,
  last: InvocationResult | null,
): { readonly body: string; readonly attributes: Readonly<Record<string, string | number>> } => ({
  body: event.payload,
  attributes: {
    RequestID: event.requestId,
    ErrorCode: last === null || last.kind === 'answered' ? 200 : 429,
    ErrorMessage: errorMessage(last),
  },
});

const longestMessage = 1024;

const errorMessage = (last: InvocationResult | null): string => {
  if (last === null) return '';
  if (last.kind !== 'answered') return last.reason;
  const answer = json(last.payload) as { errorMessage?: unknown } | null;
  return String(answer?.errorMessage ?? last.payload).slice(0, longestMessage);
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
