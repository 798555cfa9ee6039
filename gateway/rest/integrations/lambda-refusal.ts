import type { LambdaOutcome } from '../../integrations/lambda.ts';
import type { EventAcceptance } from '../../lambda/invocation.ts';
import { configurationError, NotServedLocally, RestError } from '../gateway-response.ts';

type Refusal =
  | Exclude<LambdaOutcome, { readonly kind: 'answered' }>
  | Exclude<EventAcceptance, { readonly kind: 'accepted' }>;

/** What a call that did not reach the function comes to. */
export const lambdaRefusal = (outcome: Refusal): Error => {
  switch (outcome.kind) {
    case 'timed-out':
      return new RestError('INTEGRATION_TIMEOUT', { reason: 'Execution failed due to a timeout error' });
    case 'unsupported':
      return new NotServedLocally(outcome.reason);
    case 'not-found':
      // A function that is not there and one that may not be called look the same to API Gateway.
      return configurationError(`Invalid permissions on Lambda function: ${outcome.reason}`);
    case 'throttled':
      // Choice: 500, where AWS's own answer to a throttled function is given as 500 or 502.
      return invocationFailed(429, outcome.reason);
    case 'too-large':
      return invocationFailed(413, outcome.reason);
  }
};

/** Lambda itself refused the call. */
export const invocationFailed = (status: number, reason: string): RestError =>
  new RestError('DEFAULT_5XX', { reason: `Lambda invocation failed with status: ${status}. ${reason}` });
