import { requestTime } from '../mapping/request-time.ts';
import type { ConnectionFacts } from './connection.ts';
import type { ConnectContext, DisconnectContext, MessageContext } from './context.ts';
import type { Stage } from './stage.ts';

/** The Lambda proxy events of the three event types, as JSON text, their members in the order that AWS gives. */

export const connectEvent = (context: ConnectContext, facts: ConnectionFacts): string => {
  // Clients choose these names; one of them may be `__proto__`.
  const headers: Record<string, string> = Object.create(null);
  const multiValueHeaders: Record<string, readonly string[]> = Object.create(null);
  const add = (name: string, values: readonly string[]): void => {
    headers[name] = values.at(-1)!;
    multiValueHeaders[name] = values;
  };
  add('Host', [facts.host]);
  for (const [key, { name, values }] of context.headers) if (!ownHeaders.has(key)) add(name, values);
  add('X-Amzn-Trace-Id', [context.traceId.header]);
  // Addresses that proxies before us have named come first.
  const forwarded = context.headers.get('x-forwarded-for')?.values ?? [];
  add('X-Forwarded-For', [[...forwarded, facts.identity.sourceIp].join(', ')]);
  add('X-Forwarded-Port', ['443']);
  add('X-Forwarded-Proto', ['https']);
  return JSON.stringify({
    headers,
    multiValueHeaders,
    ...queryMembers(context),
    ...stageMembers(context.stage!),
    requestContext: requestContext(context, 'CONNECT', facts),
    isBase64Encoded: false,
  });
};

/** What the gateway sets itself, whatever the client says. */
const ownHeaders = new Set(['host', 'x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);

export const messageEvent = (context: MessageContext): string =>
  JSON.stringify({
    ...stageMembers(context.stage),
    requestContext: requestContext(context, 'MESSAGE', context.connection.facts, { messageId: context.messageId }),
    body: context.text,
    isBase64Encoded: false,
  });

export const disconnectEvent = (context: DisconnectContext): string => {
  const { facts } = context;
  const { code, reason } = context.closure;
  return JSON.stringify({
    headers: { Host: facts.host, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
    multiValueHeaders: { Host: [facts.host], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
    ...stageMembers(context.stage),
    requestContext: requestContext(context, 'DISCONNECT', facts, {
      disconnectStatusCode: code,
      disconnectReason: reason,
    }),
    isBase64Encoded: false,
  });
};

const requestContext = (
  context: ConnectContext | MessageContext | DisconnectContext,
  eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT',
  facts: ConnectionFacts,
  own: { readonly messageId?: string; readonly disconnectStatusCode?: number; readonly disconnectReason?: string } = {},
): Record<string, unknown> => {
  const { messageId, disconnectStatusCode, disconnectReason } = own;
  // JSON leaves out what is undefined, so each event type shows its own members at their places.
  return {
    routeKey: context.route!.routeKey,
    authorizer: facts.authorizer ?? undefined,
    messageId,
    disconnectStatusCode,
    eventType,
    extendedRequestId: context.requestId,
    requestTime: requestTime(context.at),
    messageDirection: 'IN',
    disconnectReason,
    stage: facts.stageName,
    connectedAt: facts.connectedAt,
    requestTimeEpoch: context.at,
    identity: facts.identity,
    requestId: context.requestId,
    domainName: facts.domainName,
    connectionId: facts.connectionId,
    apiId: context.api.id,
  };
};

const stageMembers = ({ variables }: Stage): { readonly stageVariables?: Readonly<Record<string, string>> } =>
  Object.keys(variables).length > 0 ? { stageVariables: variables } : {};

const queryMembers = ({ query }: ConnectContext): Record<string, unknown> => {
  if (query.size === 0) return {};
  const single: Record<string, string> = Object.create(null);
  const multiple: Record<string, readonly string[]> = Object.create(null);
  for (const [name, values] of query) {
    single[name] = values.at(-1)!;
    multiple[name] = values;
  }
  return { queryStringParameters: single, multiValueQueryStringParameters: multiple };
};
