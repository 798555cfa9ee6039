import { firstValue, hasHeader } from '../../mapping/request-headers.ts';
import { fillStageVariables } from '../../mapping/stage-variables.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import type { IntegrationScope } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { mappedHeaders } from '../mapping/backend-headers.ts';
import { backendUrl } from '../mapping/backend-url.ts';
import { compileIntegrationRequest } from '../mapping/integration-request.ts';
import { compileIntegrationResponse } from '../mapping/integration-response.ts';
import { MAPPED_FROM_BACKEND_RULES } from '../response-headers.ts';
import { bytesOf, callBackend, fixedVerb, withoutBody } from './call-backend.ts';
import type { IntegrationType } from './integration-type.ts';

/** HTTP: the backend sees what is mapped and nothing else of the request, and the client nothing else of its answer. */
export const http = (integration: RestIntegration, scope: IntegrationScope): IntegrationType => {
  const request = compileIntegrationRequest(integration, scope.report);
  const respond = compileIntegrationResponse(integration, scope.method, MAPPED_FROM_BACKEND_RULES, scope.report);
  const uri = fillStageVariables(integration.uri, scope.variables);
  const verb = fixedVerb(integration.httpMethod);

  return {
    answersTraceId: true,
    request,
    async call(context) {
      const method = verb ?? context.method;
      const hasBody = !withoutBody.has(method);
      context.integrationResult = await callBackend(context, {
        method,
        url: backendUrl(uri, context.parameters, ''),
        headers: headersOf(context, hasBody),
        body: bytesOf(hasBody ? context.payload : ''),
        timeoutInMillis: integration.timeoutInMillis,
        rejectUnauthorized: !integration.insecureSkipVerification,
      });
    },
    response: (context) => respond(context, String(context.integrationResult!.status)),
  };
};

/** What is mapped, and what the gateway adds. */
const headersOf = (context: RestContext, hasBody: boolean): string[] => {
  const flat = mappedHeaders('HTTP', context.parameters.header);
  if (!hasHeader(flat, 'accept')) flat.push('Accept', 'application/json');
  if (!hasHeader(flat, 'user-agent')) flat.push('User-Agent', `AmazonAPIGateway_${context.api.model.id}`);
  if (hasBody && !hasHeader(flat, 'content-type')) {
    flat.push('Content-Type', firstValue(context.headers, 'content-type') ?? 'application/json');
  }
  flat.push('X-Amzn-Trace-Id', context.trace.header, 'X-Amzn-Apigateway-Api-Id', context.api.model.id);
  return flat;
};
