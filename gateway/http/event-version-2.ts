import { parseQueryString } from '../mapping/query-string.ts';
import { firstValue } from '../mapping/request-headers.ts';
import { requestTime } from '../mapping/request-time.ts';
import type { HttpContext } from './context.ts';
import { eventBody } from './event-body.ts';
import { eventPath } from './event-path.ts';
import { gatewayHeaders } from './gateway-headers.ts';

/** The event of payload format 2.0, as JSON text. What a request does not have is left out, never null. */
export const eventVersion2 = (context: HttpContext): string => {
  const { request } = context;
  const routeKey = context.route!.routeKey;
  const path = eventPath(context);
  const { body, isBase64Encoded } = eventBody(context);
  return JSON.stringify({
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: request.query,
    cookies: cookies(context),
    headers: joinedHeaders(context),
    queryStringParameters: joinedQuery(request.query),
    requestContext: {
      accountId: context.services.account.id,
      apiId: context.api.model.id,
      authorizer: authorizer(context),
      domainName: context.host.domainName,
      domainPrefix: context.host.domainPrefix,
      http: {
        method: request.method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: firstValue(context.headers, 'user-agent') ?? '',
      },
      requestId: context.requestId,
      routeKey,
      stage: context.stage!.model.name,
      time: requestTime(context.receivedAt),
      timeEpoch: context.receivedAt,
    },
    body: body ?? undefined,
    pathParameters: context.pathParameters ?? undefined,
    isBase64Encoded,
    stageVariables: context.stage!.eventVariables,
  });
};

/** The pairs of all cookie headers; the headers themselves are not among `headers`. */
const cookies = (context: HttpContext): readonly string[] | undefined =>
  context.headers
    .get('cookie')
    ?.values.flatMap((value) => value.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');

const joinedHeaders = (context: HttpContext): Record<string, string> => {
  const joined: Record<string, string> = Object.create(null);
  for (const [key, { values }] of context.headers) {
    if (key !== 'cookie') joined[key] = values.length === 1 ? values[0]! : values.join(',');
  }
  for (const [key, value] of gatewayHeaders(context)) joined[key] = value;
  return joined;
};

const joinedQuery = (raw: string): Record<string, string> | undefined => {
  const query = parseQueryString(raw);
  if (query.size === 0) return undefined;
  const joined: Record<string, string> = Object.create(null);
  for (const [name, values] of query) joined[name] = values.join(',');
  return joined;
};

const authorizer = ({ identity }: HttpContext) =>
  identity
    ? {
        iam: {
          accessKey: identity.accessKeyId,
          accountId: identity.accountId,
          callerId: identity.userId,
          cognitoIdentity: null,
          principalOrgId: null,
          userArn: identity.userArn,
          userId: identity.userId,
        },
      }
    : undefined;
