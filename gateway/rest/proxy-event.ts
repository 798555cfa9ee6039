import type { InputParameters } from '../mapping/input.ts';
import { mediaTypeOf } from '../mapping/media-type.ts';
import type { QueryParameters } from '../mapping/query-string.ts';
import { firstValue, forwardedFor } from '../mapping/request-headers.ts';
import type { RestContext } from './context.ts';
import { requestContext } from './request-context.ts';

/** The event of a Lambda proxy integration (payload format 1.0), as JSON text. */
export const proxyEvent = (context: RestContext): string => {
  const headers = proxyHeaders(context);
  const query = queryParameters(context.query);
  const { body } = context;
  const isBase64Encoded = context.variant!.isBinary(
    mediaTypeOf(firstValue(context.headers, 'content-type') ?? 'application/json'),
  );
  return JSON.stringify({
    resource: context.target!.resourcePath,
    path: context.path,
    httpMethod: context.method,
    headers: headers.single,
    multiValueHeaders: headers.multi,
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multi,
    pathParameters: context.pathParameters,
    stageVariables: context.variant!.eventVariables,
    requestContext: requestContext(context),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  });
};

type Parameters = Record<string, string>;
type MultiValueParameters = Record<string, readonly string[]>;

/** Clients choose the names: no name may reach what a plain object inherits. */
const emptyMap = <Value>(): Record<string, Value> => Object.create(null);

/** The two names whose casing API Gateway changes; every other keeps the client's. */
const casing = new Map([
  ['authorization', 'Authorization'],
  ['user-agent', 'User-Agent'],
]);

/** What the gateway writes over whatever the client sent under these names. */
const written = new Set(['host', 'x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);

const proxyHeaders = (context: RestContext): { single: Parameters; multi: MultiValueParameters } => {
  const single = emptyMap<string>();
  const multi = emptyMap<readonly string[]>();
  const set = (name: string, values: readonly string[]): void => {
    // Choice: of a repeated header the single-valued map holds the last.
    single[name] = values[values.length - 1]!;
    multi[name] = values;
  };
  for (const [key, { name, values }] of context.headers) {
    if (written.has(key) || (key === 'authorization' && isForTheGateway(context, values))) continue;
    set(casing.get(key) ?? name, values);
  }
  set('Host', [context.host.header]);
  set('X-Amzn-Trace-Id', [context.trace.header]);
  set('X-Forwarded-For', [forwardedFor(context.headers, context.request.sourceIp)]);
  set('X-Forwarded-Port', ['443']);
  set('X-Forwarded-Proto', ['https']);
  return { single, multi };
};

/** What `$input.params()` shows: of each the last value, headers as a proxy event has them. */
export const inputParameters = (context: RestContext): InputParameters => ({
  path: { ...context.pathParameters },
  querystring: queryParameters(context.query).single ?? {},
  header: proxyHeaders(context).single,
});

/** Whether an Authorization header is a signature, which is meant for the gateway and ends there. */
export const isForTheGateway = (context: RestContext, values: readonly string[]): boolean =>
  context.target!.model.authorizationType === 'AWS_IAM' || values[0]!.startsWith('AWS4-HMAC-SHA256');

const noParameters = { single: null, multi: null };

const queryParameters = (query: QueryParameters): { single: Parameters | null; multi: MultiValueParameters | null } => {
  if (query.size === 0) return noParameters;
  const single = emptyMap<string>();
  const multi = emptyMap<readonly string[]>();
  for (const [name, values] of query) {
    single[name] = values[values.length - 1]!;
    multi[name] = values;
  }
  return { single, multi };
};
