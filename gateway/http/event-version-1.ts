import { parseQueryString } from '../mapping/query-string.ts';
import { firstValue } from '../mapping/request-headers.ts';
import { requestTime } from '../mapping/request-time.ts';
import type { HttpContext } from './context.ts';
import { eventBody } from './event-body.ts';
import { eventPath } from './event-path.ts';
import { gatewayHeaders } from './gateway-headers.ts';

/** The event of payload format 1.0, as JSON text. What a request does not have is null. */
export const eventVersion1 = (context: HttpContext): string => {
  const { request } = context;
  const route = context.route!;
  const path = eventPath(context);
  const headers = headerMaps(context);
  const query = queryMaps(request.query);
  const { body, isBase64Encoded } = eventBody(context);
  return JSON.stringify({
    version: '1.0',
    resource: route.resourcePath,
    path,
    httpMethod: request.method,
    headers: headers.single,
    multiValueHeaders: headers.multi,
    queryStringParameters: query.single,
    multiValueQueryStringParameters: query.multi,
    requestContext: {
      accountId: context.services.account.id,
      apiId: context.api.model.id,
      authorizer: { claims: null, scopes: null },
      domainName: context.host.domainName,
      domainPrefix: context.host.domainPrefix,
      extendedRequestId: context.requestId,
      httpMethod: request.method,
      identity: identityOf(context),
      path,
      protocol: 'HTTP/1.1',
      requestId: context.requestId,
      requestTime: requestTime(context.receivedAt),
      requestTimeEpoch: context.receivedAt,
      resourceId: route.routeKey,
      resourcePath: route.resourcePath,
      stage: context.stage!.model.name,
    },
    pathParameters: context.pathParameters,
    stageVariables: context.stage!.eventVariables ?? null,
    body,
    isBase64Encoded,
  });
};

const identityOf = ({ identity, request, headers }: HttpContext) => ({
  accessKey: identity?.accessKeyId ?? null,
  accountId: identity?.accountId ?? null,
  caller: identity?.userId ?? null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: request.sourceIp,
  user: identity?.userId ?? null,
  userAgent: firstValue(headers, 'user-agent') ?? '',
  userArn: identity?.userArn ?? null,
});

type Maps<Missing> = {
  readonly single: Record<string, string> | Missing;
  readonly multi: Record<string, readonly string[]> | Missing;
};

/** Of a repeated header the single-valued map holds the last, of a repeated query parameter the first. */
const headerMaps = (context: HttpContext): Maps<never> => {
  const single: Record<string, string> = Object.create(null);
  const multi: Record<string, readonly string[]> = Object.create(null);
  for (const [key, { values }] of context.headers) {
    single[key] = values.at(-1)!;
    multi[key] = values;
  }
  for (const [key, value] of gatewayHeaders(context)) {
    single[key] = value;
    multi[key] = [value];
  }
  return { single, multi };
};

const queryMaps = (raw: string): Maps<null> => {
  const query = parseQueryString(raw);
  if (query.size === 0) return { single: null, multi: null };
  const single: Record<string, string> = Object.create(null);
  const multi: Record<string, readonly string[]> = Object.create(null);
  for (const [name, values] of query) {
    single[name] = values[0]!;
    multi[name] = values;
  }
  return { single, multi };
};
