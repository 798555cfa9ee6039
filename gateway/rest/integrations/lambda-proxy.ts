import { functionErrorMessage, invokeLambda } from '../../integrations/lambda.ts';
import { resolveLambdaTarget } from '../../integrations/lambda-target.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import type { IntegrationScope } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { configurationError, RestError } from '../gateway-response.ts';
import { mappedHeaders } from '../mapping/backend-headers.ts';
import { compileRequestParameters } from '../mapping/request-parameters.ts';
import { proxyEvent } from '../proxy-event.ts';
import { readProxyResponse } from '../proxy-response.ts';
import { applyHeaderRules, LAMBDA_PROXY_RULES } from '../response-headers.ts';
import type { IntegrationType } from './integration-type.ts';
import { lambdaRefusal } from './lambda-refusal.ts';
import { misconfigured, notServed } from './refused.ts';

/** AWS_PROXY with a Lambda function: the whole request goes in as an event, the function makes the whole answer. */
export const lambdaProxy = (integration: RestIntegration, scope: IntegrationScope): IntegrationType => {
  const target = resolveLambdaTarget(integration.uri, scope.variables, scope.account);
  if (target.kind === 'unsupported') return notServed(target.reason);
  if (target.kind === 'invalid') return misconfigured(target.reason);
  // Invoke is a POST; AWS sends whatever stands here and Lambda refuses it.
  if (integration.httpMethod !== 'POST') return misconfigured('Unable to determine service/operation name');
  const parameters = compileRequestParameters(integration, scope.report);
  const sourceArn = `${scope.stageArn}/${scope.method.httpMethod}${scope.resourcePath}`;

  return {
    answersTraceId: true,
    request(context) {
      // Nothing of this reaches the event; what AWS refuses to map still breaks the call.
      mappedHeaders('AWS', parameters(context).header);
      context.payload = proxyEvent(context);
    },
    async call(context) {
      const outcome = await invokeLambda(
        context.services,
        {
          function: target.function,
          payload: context.payload as string,
          traceId: context.trace.propagated,
          sourceArn,
        },
        integration.timeoutInMillis,
      );
      if (outcome.kind !== 'answered') throw lambdaRefusal(outcome);
      if (outcome.functionError) {
        const message = functionErrorMessage(outcome.payload);
        throw badGateway(
          `Lambda execution failed with status 200 due to customer function error: ${message}. Lambda request id: ${outcome.requestId}`,
        );
      }
      context.integrationResult = { status: 200, headers: [], body: outcome.payload };
    },
    response(context) {
      const { status, headers, body } = proxyAnswer(context);
      context.response = { status, headers: applyHeaderRules(headers, LAMBDA_PROXY_RULES), body };
    },
  };
};

const badGateway = (reason: string): RestError => new RestError('DEFAULT_5XX', { status: 502, reason });

const proxyAnswer = (context: RestContext) => {
  const answer = readProxyResponse(
    context.integrationResult!.body as string,
    context.headers.get('accept')?.values[0],
    context.variant!.isBinary,
  );
  switch (answer.kind) {
    case 'response':
      return answer.response;
    case 'malformed':
      throw badGateway(
        `Execution failed due to configuration error: Malformed Lambda proxy response: ${answer.reason}`,
      );
    case 'bad-base64':
      throw configurationError('Unable to base64 decode the body.');
  }
};
