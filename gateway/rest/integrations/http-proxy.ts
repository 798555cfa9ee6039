import { callHttp, headLength } from '../../integrations/http.ts';
import { forwardedFor, headerText } from '../../mapping/request-headers.ts';
import { fillStageVariables } from '../../mapping/stage-variables.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import type { IntegrationScope } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { configurationError, RestError } from '../gateway-response.ts';
import { compileParameterSource, type ParameterSource } from '../parameter-source.ts';
import { isForTheGateway } from '../proxy-event.ts';
import { applyHeaderRules, HTTP_PROXY_RULES } from '../response-headers.ts';
import type { IntegrationType } from './integration-type.ts';
import { misconfigured, notServed } from './refused.ts';

type Position = 'header' | 'querystring' | 'path';
type Mapping = { readonly name: string; readonly source: ParameterSource };
type Mappings = Readonly<Record<Position, readonly Mapping[]>>;

/** HTTP_PROXY: the client's request goes to the backend, the backend's answer to the client. */
export const httpProxy = (integration: RestIntegration, scope: IntegrationScope): IntegrationType => {
  const mappings = compileMappings(integration.requestParameters);
  if (!mappings) return notServed('request parameters from bodies come with a later version');
  const taken = mappings.header.find(({ name }) => gatewaysOwn.has(name.toLowerCase()));
  if (taken) return misconfigured(`${taken.name} header already present`);
  const uri = fillStageVariables(integration.uri, scope.variables);
  const verb = integration.httpMethod === '' || integration.httpMethod === 'ANY' ? null : integration.httpMethod;

  return {
    answersTraceId: false,
    request(context) {
      context.payload = withoutBody.has(verb ?? context.method) ? Buffer.alloc(0) : context.request.body;
    },
    async call(context) {
      const outcome = await callHttp(context.services.clock, {
        method: verb ?? context.method,
        url: backendUrl(uri, mappings, context),
        headers: backendHeaders(mappings, context),
        body: context.payload as Buffer,
        timeoutInMillis: integration.timeoutInMillis,
        rejectUnauthorized: !integration.insecureSkipVerification,
      });
      switch (outcome.kind) {
        case 'answered':
          context.integrationResult = outcome;
          return;
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
    },
    response(context) {
      const { status, headers, body } = context.integrationResult!;
      const kept = applyHeaderRules(headers, HTTP_PROXY_RULES);
      kept.push(...headLength(context.request.method, verb ?? context.method, headers));
      context.response = { status, headers: kept, body };
    },
  };
};

const withoutBody = new Set(['GET', 'HEAD', 'OPTIONS']);

const compileMappings = (parameters: RestIntegration['requestParameters']): Mappings | null => {
  const mappings: Record<Position, Mapping[]> = { header: [], querystring: [], path: [] };
  for (const [target, expression] of Object.entries(parameters)) {
    const match = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target);
    const source = compileParameterSource(expression);
    if (!match || !source) return null;
    mappings[match[1] as Position].push({ name: match[2]!, source });
  }
  return mappings;
};

const placeholder = /\{([A-Za-z0-9._$+-]+)\}/g;

/** Path parameters fill the URI; mapped query values stand after the client's own. */
const backendUrl = (uri: string, mappings: Mappings, context: RestContext): string => {
  const path = uri.replace(placeholder, (whole, name: string) => {
    const mapping = mappings.path.find((candidate) => candidate.name === name.replace(/\+$/, ''));
    return mapping?.source(context) ?? whole;
  });
  const added = mappings.querystring.flatMap(({ name, source }) => {
    const value = source(context);
    return value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`];
  });
  const query = [context.request.query, ...added].filter((part) => part !== '').join('&');
  if (query === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${query}`;
};

/** A mapping onto one of these breaks every call. */
const gatewaysOwn = new Set(['content-length', 'transfer-encoding', 'x-amzn-trace-id', 'x-amzn-apigateway-api-id']);
/** A mapping onto one of these is dropped without a word. */
const unmappable = new Set(['expect', 'proxy-authenticate', 'te', 'via']);
const notForTheBackend = new Set(['host', 'via', 'x-amzn-apigateway-api-id', 'x-amzn-trace-id', 'x-forwarded-for']);

/** The client's headers, mapped ones in place of theirs, and what the gateway adds. */
const backendHeaders = (mappings: Mappings, context: RestContext): string[] => {
  const mapped = mappings.header.flatMap(({ name, source }) => {
    const value = unmappable.has(name.toLowerCase()) ? undefined : source(context);
    const text = value === undefined ? null : headerText(value);
    return text === null ? [] : [[name, text] as const];
  });
  const replaced = new Set(mapped.map(([name]) => name.toLowerCase()));
  const flat: string[] = [];
  for (const [key, { name, values }] of context.headers) {
    if (notForTheBackend.has(key) || replaced.has(key)) continue;
    if (key === 'authorization' && isForTheGateway(context, values)) continue;
    for (const value of values) flat.push(name, value);
  }
  for (const [name, value] of mapped) flat.push(name, value);
  const isSet = (key: string): boolean => context.headers.has(key) || replaced.has(key);
  if (!replaced.has('x-forwarded-for')) {
    flat.push('X-Forwarded-For', forwardedFor(context.headers, context.request.sourceIp));
  }
  flat.push('X-Amzn-Trace-Id', context.trace.header, 'X-Amzn-Apigateway-Api-Id', context.api.model.id);
  if (!isSet('user-agent')) flat.push('User-Agent', `AmazonAPIGateway_${context.api.model.id}`);
  if (!isSet('accept')) flat.push('Accept', 'application/json');
  return flat;
};
