import { headLength } from '../../integrations/http.ts';
import { mediaTypeOf } from '../../mapping/media-type.ts';
import { firstValue, forwardedFor, hasHeader } from '../../mapping/request-headers.ts';
import { fillStageVariables } from '../../mapping/stage-variables.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import type { IntegrationScope } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { mappedHeaders } from '../mapping/backend-headers.ts';
import { backendUrl } from '../mapping/backend-url.ts';
import { convertRequestBody } from '../mapping/content-handling.ts';
import { compileRequestParameters } from '../mapping/request-parameters.ts';
import { isForTheGateway } from '../proxy-event.ts';
import { applyHeaderRules, HTTP_PROXY_RULES } from '../response-headers.ts';
import { bytesOf, callBackend, fixedVerb, withoutBody } from './call-backend.ts';
import type { IntegrationType } from './integration-type.ts';

/** HTTP_PROXY: the client's request goes to the backend, the backend's answer to the client. */
export const httpProxy = (integration: RestIntegration, scope: IntegrationScope): IntegrationType => {
  const parameters = compileRequestParameters(integration, scope.report);
  const uri = fillStageVariables(integration.uri, scope.variables);
  const verb = fixedVerb(integration.httpMethod);

  return {
    answersTraceId: false,
    request(context) {
      context.parameters = parameters(context);
      context.payload = withoutBody.has(verb ?? context.method) ? '' : bodyOf(integration, context);
    },
    async call(context) {
      context.integrationResult = await callBackend(context, {
        method: verb ?? context.method,
        url: backendUrl(uri, context.parameters, context.request.query),
        headers: headersOf(context),
        body: bytesOf(context.payload),
        timeoutInMillis: integration.timeoutInMillis,
        rejectUnauthorized: !integration.insecureSkipVerification,
      });
    },
    response(context) {
      const { status, headers, body } = context.integrationResult!;
      const kept = applyHeaderRules(headers, HTTP_PROXY_RULES);
      kept.push(...headLength(context.request.method, verb ?? context.method, headers));
      context.response = { status, headers: kept, body };
    },
  };
};

/** Untouched, unless the integration asks for a conversion. */
const bodyOf = ({ contentHandling }: RestIntegration, context: RestContext): string | Buffer => {
  const { body } = context;
  if (contentHandling === null) return body;
  const contentType = mediaTypeOf(firstValue(context.headers, 'content-type') ?? 'application/json');
  return convertRequestBody(contentHandling, body, context.variant!.isBinary(contentType));
};

/** The body has lost its coding on the way. */
const notForTheBackend = new Set(
  'content-encoding host via x-amzn-apigateway-api-id x-amzn-trace-id x-forwarded-for'.split(' '),
);

/** The client's headers, mapped ones in place of theirs, and what the gateway adds. */
const headersOf = (context: RestContext): string[] => {
  const mapped = mappedHeaders('HTTP', context.parameters.header);
  const flat: string[] = [];
  for (const [key, { name, values }] of context.headers) {
    if (notForTheBackend.has(key) || hasHeader(mapped, key)) continue;
    if (key === 'authorization' && isForTheGateway(context, values)) continue;
    for (const value of values) flat.push(name, value);
  }
  flat.push(...mapped);
  if (!hasHeader(mapped, 'x-forwarded-for')) {
    flat.push('X-Forwarded-For', forwardedFor(context.headers, context.request.sourceIp));
  }
  flat.push('X-Amzn-Trace-Id', context.trace.header, 'X-Amzn-Apigateway-Api-Id', context.api.model.id);
  if (!hasHeader(flat, 'user-agent')) flat.push('User-Agent', `AmazonAPIGateway_${context.api.model.id}`);
  if (!hasHeader(flat, 'accept')) flat.push('Accept', 'application/json');
  return flat;
};
