import { functionErrorMessage, invokeLambda } from '../../integrations/lambda.ts';
import { resolveLambdaTarget } from '../../integrations/lambda-target.ts';
import type { InvocationRequest } from '../../lambda/invocation.ts';
import { fillStageVariables } from '../../mapping/stage-variables.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import { headerValue } from '../../server/messages.ts';
import type { IntegrationScope } from '../compile-method.ts';
import type { IntegrationResult, RestContext } from '../context.ts';
import { NotServedLocally } from '../gateway-response.ts';
import { mappedHeaders } from '../mapping/backend-headers.ts';
import { compileIntegrationRequest } from '../mapping/integration-request.ts';
import { compileIntegrationResponse } from '../mapping/integration-response.ts';
import { MAPPED_FROM_BACKEND_RULES } from '../response-headers.ts';
import type { IntegrationType } from './integration-type.ts';
import { invocationFailed, lambdaRefusal } from './lambda-refusal.ts';
import { misconfigured, notServed } from './refused.ts';

/** Whether the URI of an integration of type AWS calls a function; any other calls another service. */
export const callsLambda = (uri: string, variables: IntegrationScope['variables']): boolean =>
  /^arn:[^:]+:apigateway:[^:]*:lambda:path\//.test(fillStageVariables(uri, variables));

/** AWS with a Lambda function: the function gets what the request template makes, the client what the response's makes. */
export const lambda = (integration: RestIntegration, scope: IntegrationScope): IntegrationType => {
  const target = resolveLambdaTarget(integration.uri, scope.variables, scope.account);
  if (target.kind === 'unsupported') return notServed(target.reason);
  if (target.kind === 'invalid') return misconfigured(target.reason);
  if (integration.httpMethod !== 'POST') return misconfigured('Unable to determine service/operation name');
  const sourceArn = `${scope.stageArn}/${scope.method.httpMethod}${scope.resourcePath}`;
  const request = compileIntegrationRequest(integration, scope.report);
  const respond = compileIntegrationResponse(integration, scope.method, MAPPED_FROM_BACKEND_RULES, scope.report);

  return {
    answersTraceId: true,
    request,
    async call(context) {
      const headers = mappedHeaders('AWS', context.parameters.header);
      const call: InvocationRequest = {
        function: target.function,
        payload: payloadOf(context),
        traceId: context.trace.propagated,
        sourceArn,
      };
      const type = headerValue(headers, 'x-amz-invocation-type') ?? 'RequestResponse';
      context.integrationResult = await invocations(context, call, integration.timeoutInMillis, type);
    },
    response(context) {
      const { headers, body } = context.integrationResult!;
      // A function that failed is found by its message; one that did not has none.
      const failed = headerValue(headers, 'x-amz-function-error') !== undefined;
      respond(context, failed ? functionErrorMessage(body as string) : '');
    },
  };
};

const invocations = (
  context: RestContext,
  call: InvocationRequest,
  timeoutInMillis: number,
  type: string,
): Promise<IntegrationResult> => {
  if (type === 'RequestResponse') return invoke(context, call, timeoutInMillis);
  if (type === 'Event') return accept(context, call);
  throw new NotServedLocally(`a function cannot be invoked with X-Amz-Invocation-Type ${type} here`);
};

const invoke = async (
  { services }: RestContext,
  call: InvocationRequest,
  timeoutInMillis: number,
): Promise<IntegrationResult> => {
  const outcome = await invokeLambda(services, call, timeoutInMillis);
  if (outcome.kind !== 'answered') throw lambdaRefusal(outcome);
  const headers = ['Content-Type', 'application/json', 'x-amzn-RequestId', outcome.requestId];
  headers.push('X-Amz-Executed-Version', outcome.executedVersion);
  if (outcome.functionError) headers.push('X-Amz-Function-Error', outcome.functionError);
  return { status: 200, headers, body: outcome.payload };
};

/** Lambda answers before the function runs, and says nothing. */
const accept = async ({ services }: RestContext, call: InvocationRequest): Promise<IntegrationResult> => {
  const acceptance = await services.events.accept(call);
  if (acceptance.kind !== 'accepted') throw lambdaRefusal(acceptance);
  return { status: 202, headers: ['x-amzn-RequestId', acceptance.requestId], body: '' };
};

/** Lambda takes JSON alone, and nothing for an empty object. */
const payloadOf = ({ payload }: RestContext): string => {
  const text = payload.toString();
  if (text.trim() === '') return '{}';
  try {
    JSON.parse(text);
  } catch (error) {
    throw invocationFailed(400, `Could not parse request body into json: ${(error as Error).message}`);
  }
  return text;
};
