import { callHttp, type HttpCall } from '../../integrations/http.ts';
import type { IntegrationResult, RestContext } from '../context.ts';
import { configurationError, RestError } from '../gateway-response.ts';

/** Calls an HTTP backend for a request; failures become the gateway responses that are theirs. */
export const callBackend = async (context: RestContext, call: HttpCall): Promise<IntegrationResult> => {
  const outcome = await callHttp(context.services.clock, call);
  switch (outcome.kind) {
    case 'answered':
      return outcome;
    case 'timed-out':
      throw new RestError('INTEGRATION_TIMEOUT', { reason: 'Execution failed due to a timeout error' });
    case 'invalid-address':
    case 'unknown-host':
      throw configurationError('Invalid endpoint address');
    case 'failed':
      throw new RestError('INTEGRATION_FAILURE', {
        reason: `Execution failed due to a network error communicating with endpoint: ${outcome.reason}`,
      });
  }
};

export const bytesOf = (payload: string | Buffer): Buffer =>
  typeof payload === 'string' ? Buffer.from(payload) : payload;

/** Calls by these verbs carry no body. */
export const withoutBody: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The verb of an integration; null where it is the client's own. */
export const fixedVerb = (httpMethod: string): string | null =>
  httpMethod === '' || httpMethod === 'ANY' ? null : httpMethod;
