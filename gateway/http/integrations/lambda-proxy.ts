import { functionErrorMessage, invokeLambda, type LambdaOutcome } from '../../integrations/lambda.ts';
import { resolveLambdaTarget } from '../../integrations/lambda-target.ts';
import type { HttpIntegration } from '../../model/http-api.ts';
import { type HttpAnswer, internalServerError, notServedLocally, serviceUnavailable } from '../answer.ts';
import type { IntegrationScope } from '../compile-integration.ts';
import { eventVersion1 } from '../event-version-1.ts';
import { eventVersion2 } from '../event-version-2.ts';
import { readResponse } from '../lambda-response.ts';
import type { HttpIntegrationCall } from './integration-call.ts';

/** AWS_PROXY with a Lambda function, payload format 1.0 or 2.0. */
export const lambdaProxy = (integration: HttpIntegration, scope: IntegrationScope): HttpIntegrationCall => {
  const target = resolveLambdaTarget(integration.uri ?? '', scope.variables, scope.account);
  const { payloadFormatVersion, timeoutInMillis } = integration;
  const event = payloadFormatVersion === '2.0' ? eventVersion2 : eventVersion1;

  return async (context) => {
    if (target.kind === 'unsupported') throw notServedLocally(target.reason);
    if (target.kind === 'invalid') throw internalServerError(target.reason);
    const outcome = await invokeLambda(
      context.services,
      {
        function: target.function,
        payload: event(context),
        traceId: context.trace.propagated,
        sourceArn: scope.sourceArn,
      },
      timeoutInMillis,
    );
    if (outcome.kind !== 'answered' || outcome.functionError) throw failed(outcome);
    const answer = readResponse(outcome.payload, payloadFormatVersion);
    if ('illFormed' in answer) throw internalServerError(`The function's response is ill-formed: ${answer.illFormed}`);
    context.response = answer;
  };
};

const failed = (outcome: LambdaOutcome): HttpAnswer => {
  switch (outcome.kind) {
    case 'answered':
      return internalServerError(
        `The Lambda function returned the following error: ${functionErrorMessage(outcome.payload)}. Check your Lambda function code and try again.`,
      );
    case 'not-found':
      return internalServerError(
        `The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration: ${outcome.reason}`,
      );
    case 'unsupported':
      return notServedLocally(outcome.reason);
    case 'throttled':
      // Choice: 503, as for a backend that cannot take the request now.
      return serviceUnavailable(outcome.reason);
    case 'timed-out':
      return serviceUnavailable('The integration timed out');
  }
};
