import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { type Clock, systemClock } from '../clock.ts';
import type { WebSocketPlane } from '../websocket/websocket-plane.ts';
import { type Listening, listen } from './listen.ts';
import { type ApiRequest, type ApiResponse, apiRequest, type DataPlane, headerValue } from './messages.ts';
import { readBody } from './request-body.ts';

export type ApiServer = Listening & {
  /** A reload gives the port to a new data plane; requests in flight end on the old one. */
  swap(plane: DataPlane): void;
};

/** API Gateway keeps an idle connection this long. */
const idleConnectionMs = 310_000;
/** The planes answer for headers that are too large; the server only has to let them see such a request. */
const maxHeaderBytes = 65_536;

/** Serves one API on a port of its own, as AWS serves it on a host of its own. */
export const serveApi = async (
  initial: DataPlane | WebSocketPlane,
  port: number,
  what: string,
  clock: Clock = systemClock,
): Promise<ApiServer> => {
  let plane: DataPlane | WebSocketPlane = initial;
  // REST and HTTP APIs know no upgrade, and a port never changes its kind of API. What is no handshake is answered as if
  // the header were not there: clients that offer h2c in passing (Java's, curl --http2) count on it.
  const upgrades = 'upgrade' in initial;
  const server: Server = http.createServer(
    {
      keepAliveTimeout: idleConnectionMs,
      maxHeaderSize: maxHeaderBytes,
      requestTimeout: 0,
      shouldUpgradeCallback: ({ headers }) => upgrades && /^websocket$/i.test(headers.upgrade ?? ''),
    },
    (incoming, outgoing) => void answer(plane, clock, incoming, outgoing),
  );
  if (upgrades) {
    server.on('upgrade', (incoming, socket, head) => {
      if ('upgrade' in plane) plane.upgrade(toApiRequest(incoming, Buffer.alloc(0)), incoming, socket, head);
    });
  }
  const listening = await listen(server, port, what);
  return {
    ...listening,
    swap: (next) => {
      plane = next;
    },
  };
};

const answer = async (
  plane: DataPlane,
  clock: Clock,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  try {
    const body = await readBody(incoming);
    const response = await plane.handle(toApiRequest(incoming, body));
    // The SDKs set their clock by this header; where ours is not the system's, Node's own would mislead them.
    const dated = clock === systemClock ? response : withDate(response, clock);
    write(outgoing, incoming.method === 'HEAD', dated);
  } catch (error) {
    // A client that went away needs no answer; anything else is a defect of the gateway, and is said to be one.
    if (outgoing.destroyed || incoming.socket.destroyed) return;
    const text = JSON.stringify({ message: 'Internal server error', gavel: (error as Error).message });
    if (outgoing.headersSent) return void outgoing.destroy();
    // Headers that node:http refused have left their status text and their length behind.
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    outgoing.writeHead(500, http.STATUS_CODES[500], headers);
    outgoing.end(text);
  }
};

const withDate = (response: ApiResponse, clock: Clock): ApiResponse =>
  headerValue(response.headers, 'date') === undefined
    ? { ...response, headers: [...response.headers, 'Date', new Date(clock.now()).toUTCString()] }
    : response;

const write = (outgoing: ServerResponse, isHead: boolean, response: ApiResponse): void => {
  const { body } = response;
  if (body instanceof Readable) {
    outgoing.writeHead(response.status, response.headers as string[]);
    // Whichever of the two breaks off ends the other, a client too that went before the answer began.
    pipeline(body, outgoing, () => void body.destroy());
    return;
  }
  const headers = response.headers as string[];
  const bodyless = response.status === 204 || response.status === 304;
  // The answer to a HEAD may tell the length of a body that stayed with the backend.
  const hasLength = bodyless || (isHead && headerValue(headers, 'content-length') !== undefined);
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  outgoing.writeHead(response.status, hasLength ? headers : [...headers, 'Content-Length', String(length)]);
  outgoing.end(isHead || bodyless ? undefined : body);
};

const toApiRequest = (incoming: IncomingMessage, body: Buffer): ApiRequest =>
  apiRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.rawHeaders, body, remoteAddress(incoming));

const remoteAddress = (incoming: IncomingMessage): string => {
  const address = incoming.socket.remoteAddress ?? '127.0.0.1';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
};
