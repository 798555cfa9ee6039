import type { ClientRequest, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
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
    if (origin) return sendRouted(new Request(input, init), url, origin, send);
    refuse(url.hostname);
    return original(input, init);
  };
};

/** Statuses that may carry no body. */
const empty = new Set([101, 204, 205, 304]);

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
        const stream = empty.has(status) ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
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
