import type { ClientRequest, IncomingMessage } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { type RequestOptions, routedOptions } from './routed-request.ts';

type Routing = {
  routeFor(host: string): URL | null;
  refuse(host: string): void;
  send(options: RequestOptions, origin: URL, callback: (response: IncomingMessage) => void): ClientRequest;
};

/**
 * `fetch` with the same routes. It sets `Host` from its URL and lets nobody change it, so that a routed call is made
 * with `node:http`.
 */
export const routedFetch = (original: typeof fetch, { routeFor, refuse, send }: Routing): typeof fetch => {
  return async (input, init) => {
    const url = new URL(typeof input === 'string' || input instanceof URL ? input : input.url);
    const origin = routeFor(url.hostname);
    if (origin) {
      const request = new Request(input, init);
      const response = await sendRouted(request.clone(), url, origin, send);
      const next = nextRequest(request, response);
      return next ? globalThis.fetch(next) : response;
    }
    refuse(url.hostname);
    return original(input, init);
  };
};

/** Statuses that may carry no body. */
const empty = new Set([101, 204, 205, 304]);

/** What a redirect asks for next; null where it is none, or is not to be followed. */
const nextRequest = (request: Request, response: Response): Request | null => {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null || request.redirect !== 'follow') {
    return null;
  }
  const url = new URL(location, request.url);
  const keepsMethod = response.status >= 307 || request.method === 'GET' || request.method === 'HEAD';
  if (keepsMethod) return new Request(url, request);
  return new Request(url, { headers: request.headers, signal: request.signal });
};

/** Few handlers need it, and each environment would hold it. */
const zlib = () => process.getBuiltinModule('node:zlib');

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: () => zlib().createGunzip(),
  deflate: () => zlib().createInflate(),
  br: () => zlib().createBrotliDecompress(),
};

/** `fetch` undoes what the server has compressed. */
const bodyOf = (incoming: IncomingMessage): ReadableStream<Uint8Array> => {
  const decoder = decoders[incoming.headers['content-encoding'] ?? '']?.();
  return Readable.toWeb(decoder ? incoming.pipe(decoder) : incoming) as ReadableStream<Uint8Array>;
};

const sendRouted = async (request: Request, url: URL, origin: URL, send: Routing['send']): Promise<Response> => {
  const body = request.body ? Buffer.from(await request.arrayBuffer()) : null;
  const headers: Record<string, string> = Object.fromEntries(request.headers);
  headers.accept ??= '*/*';
  headers['user-agent'] ??= 'node';
  if (body) headers['content-length'] = String(body.length);
  const options = { method: request.method, path: `${url.pathname}${url.search}`, port: url.port, headers };
  return new Promise((resolve, reject) => {
    const outgoing = send(
      { ...routedOptions(options, url.hostname, origin), signal: request.signal },
      origin,
      (incoming) => {
        const received = new Headers();
        for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
          received.append(incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!);
        }
        const status = incoming.statusCode ?? 500;
        const stream = empty.has(status) ? null : bodyOf(incoming);
        if (!stream) incoming.resume();
        const response = new Response(stream, { status, statusText: incoming.statusMessage ?? '', headers: received });
        Object.defineProperty(response, 'url', { value: url.href });
        resolve(response);
      },
    );
    outgoing.on('error', (cause) =>
      reject(request.signal.aborted ? request.signal.reason : new TypeError('fetch failed', { cause })),
    );
    outgoing.end(body ?? undefined);
  });
};
