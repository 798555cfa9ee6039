import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { shortId } from '../ids.ts';
import { parseQueryString } from '../mapping/query-string.ts';
import { firstValue, parseHeaders } from '../mapping/request-headers.ts';
import { traceIdOf } from '../mapping/trace-id.ts';
import type { ApiRequest } from '../server/messages.ts';
import type { ConnectionFacts } from './connection.ts';
import type { ApiContext, ConnectContext } from './context.ts';
import { maxMessageBytes } from './frame-watch.ts';
import type { GatewayError } from './gateway-error.ts';

/** What `$connect` does not see of the upgrade request. */
const hopByHop = new Set(['connection', 'upgrade', 'content-length', 'transfer-encoding', 'te', 'trailer', 'expect']);

export const connectContext = (api: ApiContext, request: ApiRequest, incoming: IncomingMessage): ConnectContext => {
  const at = api.services.clock.now();
  const headers = parseHeaders(request.headers, hopByHop);
  const userAgent = firstValue(headers, 'user-agent');
  return {
    api,
    request,
    incoming,
    requestId: shortId(),
    connectionId: shortId(),
    at,
    headers,
    query: parseQueryString(request.query),
    traceId: traceIdOf(firstValue(headers, 'x-amzn-trace-id'), at),
    host: api.hosts.of(firstValue(headers, 'host')),
    stage: null,
    route: null,
    identity: { ...(userAgent === undefined ? {} : { userAgent }), sourceIp: request.sourceIp },
    authorizer: null,
    answer: null,
    subprotocol: null,
  };
};

export const connectionFacts = (context: ConnectContext): ConnectionFacts => ({
  connectionId: context.connectionId,
  stageName: context.stage!.name,
  connectedAt: context.at,
  domainName: context.host.domainName,
  host: context.host.header,
  identity: context.identity,
  authorizer: context.authorizer,
});

/** Any 2xx of the integration opens the connection; without an integration it opens by itself. */
export const handshakeStatus = ({ answer }: ConnectContext): number => {
  if (!answer || (answer.status >= 200 && answer.status <= 299)) return 101;
  // What is no final status of HTTP cannot stand on the wire.
  return answer.status >= 300 && answer.status <= 599 ? answer.status : 502;
};

/** Subprotocols by handshake: `ws` asks for them in the middle of its own work. */
const subprotocols = new WeakMap<IncomingMessage, string>();

/** Compression is offered by browsers and never taken. */
const server = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: maxMessageBytes,
  handleProtocols: (_offers, incoming) => subprotocols.get(incoming) ?? false,
});

/** Writes the 101; calls back with the open socket unless the client has gone in the meantime. */
export const acceptHandshake = (
  context: ConnectContext,
  socket: Duplex,
  head: Buffer,
  opened: Parameters<typeof server.handleUpgrade>[3],
): void => {
  if (context.subprotocol !== null) subprotocols.set(context.incoming, context.subprotocol);
  server.handleUpgrade(context.incoming, socket, head, opened);
};

/** An integration's refusal shows its status alone; what the gateway refuses says why as far as the client may know. */
export const refuseHandshake = (
  socket: Duplex,
  status: number,
  requestId: string,
  error: GatewayError | null,
): void => {
  const message = error?.status === 501 ? error.reason : error?.message;
  const body = message === undefined ? '' : JSON.stringify({ message });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `x-amzn-RequestId: ${requestId}`,
    ...(error ? [`x-amzn-ErrorType: ${error.errorType}`, 'Content-Type: application/json'] : []),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
};
