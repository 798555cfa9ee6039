import { isUtf8 } from 'node:buffer';
import { signatureErrorTypes, verifySignature } from '../auth/sigv4.ts';
import { uuid } from '../ids.ts';
import { type ApiRequest, type ApiResponse, headerValue } from '../server/messages.ts';
import { closures } from './closure.ts';
import type { Connection } from './connection.ts';
import type { ApiContext } from './context.ts';
import { maxMessageBytes } from './frame-watch.ts';

/** The open connections by id. A connection leaves before anybody is told that it has ended. */
export type Connections = ReadonlyMap<string, Connection>;

type Answer = { readonly response: ApiResponse; readonly stage: string; readonly reason: string | null };

/** Answers `POST`, `GET` and `DELETE /{stage}/@connections/{id}`; nothing else has an answer without an upgrade. */
export const answerConnectionsRequest = (
  api: ApiContext,
  connections: Connections,
  request: ApiRequest,
): ApiResponse => {
  const { clock, observer } = api.services;
  const started = clock.monotonic();
  const requestId = uuid();
  const { response, stage, reason } = answer(api, connections, request, requestId);
  observer.emit({
    kind: 'request',
    at: clock.now(),
    api: api.logicalId,
    stage,
    method: request.method,
    path: request.path,
    route: reason === notAConnection ? null : '@connections',
    status: response.status,
    latencyMs: clock.monotonic() - started,
    requestId,
    reason,
  });
  return response;
};

const notAConnection = 'without an upgrade a WebSocket API answers only /{stage}/@connections/{connectionId}';

const answer = (api: ApiContext, connections: Connections, request: ApiRequest, requestId: string): Answer => {
  const { identities, account, clock } = api.services;
  const target = connectionsTarget(request.path);
  const stage = target?.stage ?? '';
  // The SDK corrects its clock by this header, so it must be the time that signatures are verified against.
  const headers = ['x-amzn-RequestId', requestId, 'Date', new Date(clock.now()).toUTCString()];
  const json = ['Content-Type', 'application/json'];
  const refuse = (status: number, errorType: string, message: string, reason = message): Answer => ({
    response: {
      status,
      headers: [...headers, 'x-amzn-ErrorType', errorType, ...json],
      body: JSON.stringify({ message }),
    },
    stage,
    reason,
  });
  const succeed = (status: number, body: string): Answer => ({
    response: { status, headers: [...headers, ...json], body },
    stage,
    reason: null,
  });
  const tooLarge = (): Answer =>
    refuse(413, 'PayloadTooLargeException', `The message is larger than ${maxMessageBytes} bytes`);
  // AWS gives the type and no body: the SDKs of several languages find no message in it.
  const gone = (): Answer => ({
    response: { status: 410, headers: [...headers, 'x-amzn-ErrorType', 'GoneException'], body: '' },
    stage,
    reason: 'there is no such connection',
  });

  // Before the signature: of a body this long the server keeps only the beginning.
  if (request.body.length > maxPayloadBytes) return tooLarge();
  if (!target) return refuse(403, 'ForbiddenException', 'Forbidden', notAConnection);
  if (api.defaultEndpointDisabled && isDefaultEndpoint(api, request)) {
    return refuse(403, 'ForbiddenException', 'Forbidden', 'the default endpoint is disabled');
  }
  if (!api.stages.has(stage)) return refuse(403, 'ForbiddenException', 'Forbidden', `there is no stage ${stage}`);
  const verdict = verifySignature(request, 'execute-api', account.region, identities, clock.now());
  if (!verdict.ok) return refuse(403, signatureErrorTypes[verdict.kind], verdict.message);
  if (!methods.has(request.method)) {
    return refuse(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (!connectionIdShape.test(target.connectionId)) {
    return refuse(400, 'BadRequestException', `Invalid connectionId: ${target.connectionId}`);
  }
  if (request.body.length > maxMessageBytes) return tooLarge();
  const connection = connections.get(target.connectionId);
  if (!connection?.isOpen || connection.facts.stageName !== stage) return gone();
  switch (request.method) {
    case 'POST':
      // A text message must be UTF-8; what AWS does with other bytes is not known.
      if (!isUtf8(request.body)) return refuse(400, 'BadRequestException', 'The message is not UTF-8 text');
      return connection.send(request.body) ? succeed(200, '') : gone();
    case 'GET':
      return succeed(200, describe(connection));
    default:
      connection.end(closures.deleted);
      return succeed(204, '');
  }
};

/** API Gateway's own limit for what it takes in. */
const maxPayloadBytes = 10_485_760;

const isDefaultEndpoint = ({ hosts }: ApiContext, { headers }: ApiRequest): boolean =>
  hosts.of(headerValue(headers, 'host')).header === hosts.defaultEndpoint;

const methods = new Set(['POST', 'GET', 'DELETE']);
const connectionIdShape = /^[A-Za-z0-9_-]{15}=$/;

/** Clients send `@` and `=` bare or percent-encoded. */
const connectionsTarget = (path: string): { readonly stage: string; readonly connectionId: string } | null => {
  const [root, stage, keyword, connectionId, ...more] = path.split('/').map(decode);
  if (root !== '' || !stage || keyword !== '@connections' || !connectionId || more.length > 0) return null;
  return { stage, connectionId };
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const describe = (connection: Connection): string => {
  const { connectedAt, identity } = connection.facts;
  return JSON.stringify({
    connectedAt: timestamp(connectedAt),
    identity: { sourceIp: identity.sourceIp, userAgent: identity.userAgent ?? '' },
    lastActiveAt: timestamp(connection.lastActiveAt),
  });
};

/** Whole seconds: whether AWS writes a fraction is not known. */
const timestamp = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
