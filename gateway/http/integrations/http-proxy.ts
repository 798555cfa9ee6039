import { callHttp, headLength } from '../../integrations/http.ts';
import { encodePathText } from '../../mapping/percent-encoding.ts';
import { forwardedFor } from '../../mapping/request-headers.ts';
import { fillStageVariables } from '../../mapping/stage-variables.ts';
import type { HttpIntegration } from '../../model/http-api.ts';
import { internalServerError, serviceUnavailable } from '../answer.ts';
import type { IntegrationScope } from '../compile-integration.ts';
import type { HttpContext } from '../context.ts';
import { dropHopByHop } from '../response-headers.ts';
import type { HttpIntegrationCall } from './integration-call.ts';

/** HTTP_PROXY: request and response pass through. */
export const httpProxy = (integration: HttpIntegration, scope: IntegrationScope): HttpIntegrationCall => {
  const uri = fillStageVariables(integration.uri ?? '', scope.variables);
  const method = integration.method === 'ANY' || integration.method === '' ? null : integration.method;

  return async (context) => {
    const clientMethod = context.request.method;
    const backendMethod = method ?? clientMethod;
    const outcome = await callHttp(context.services.clock, {
      method: backendMethod,
      url: backendUrl(uri, scope.isDefaultRoute, context),
      headers: backendHeaders(context),
      body: context.request.body,
      timeoutInMillis: integration.timeoutInMillis,
      rejectUnauthorized: true,
    });
    switch (outcome.kind) {
      case 'answered':
        context.response = {
          ...outcome,
          headers: [...dropHopByHop(outcome.headers), ...headLength(clientMethod, backendMethod, outcome.headers)],
        };
        return;
      case 'invalid-address':
        throw internalServerError('The integration URI is not one that can be called');
      case 'timed-out':
        throw serviceUnavailable('The integration timed out');
      case 'unknown-host':
      case 'failed':
        throw serviceUnavailable(`The backend could not be reached: ${outcome.reason}`);
    }
  };
};

/** `{name}` and `{proxy}` of the route fill the URI; a `$default` route appends the whole path. */
const backendUrl = (uri: string, isDefaultRoute: boolean, context: HttpContext): string => {
  const parameters = context.pathParameters ?? {};
  const filled = uri.replace(/\{([^{}]+?)\+?\}/g, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? parameters[name]!.split('/').map(encodePathText).join('/') : whole,
  );
  const url = isDefaultRoute ? `${filled.replace(/\/$/, '')}${context.routePath}` : filled;
  const { query } = context.request;
  if (query === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
};

const written = new Set(['host', 'content-length', 'x-amzn-trace-id', 'x-forwarded-for']);

const backendHeaders = (context: HttpContext): string[] => {
  const flat: string[] = [];
  for (const [key, { name, values }] of context.headers) {
    if (!written.has(key)) for (const value of values) flat.push(name, value);
  }
  flat.push(
    'X-Forwarded-For',
    forwardedFor(context.headers, context.request.sourceIp),
    'X-Amzn-Trace-Id',
    context.trace.header,
  );
  return flat;
};
