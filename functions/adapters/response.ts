/** From what a handler found to what the client gets. The one table of error codes and statuses is here. */

import { AuctionError, type Refusal } from '#domain/auction-error.ts';
import { observed, reportFailure } from '/opt/nodejs/observability.mjs';

/** Both REST APIs and HTTP APIs take this shape from a proxy integration. */
export type Answer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const statusOf: Readonly<Record<Refusal['code'], number>> = {
  'invalid-input': 400,
  'lot-unknown': 404,
  'bid-too-low': 409,
  'lot-closed': 410,
  'bid-id-reused': 422,
  'lot-busy': 503,
  'outcome-unknown': 503,
};

export const answer = (statusCode: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

type HttpEvent = { readonly requestContext: { readonly requestId: string } };

/** Wraps a handler of Market or Bidding: what it refuses becomes a 4xx, what breaks a 500 that tells only its id. */
export const answering = <Event extends HttpEvent>(handle: (event: Event) => Promise<Answer>) =>
  observed(async (event: Event): Promise<Answer> => {
    try {
      return await handle(event);
    } catch (error) {
      if (error instanceof AuctionError) return refused(error, event.requestContext.requestId);
      reportFailure(error);
      return answer(500, internalError(event.requestContext.requestId));
    }
  });

const refused = (error: AuctionError, requestId: string): Answer => {
  const status = statusOf[error.refusal.code];
  if (status < 500) return answer(status, { error: error.refusal });
  reportFailure(error);
  return answer(status, { error: { ...error.refusal, requestId } }, { 'retry-after': '1' });
};

const internalError = (requestId: string) => ({
  error: { code: 'internal', message: 'Something went wrong on our side', requestId },
});
