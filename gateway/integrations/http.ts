import http from 'node:http';
import https from 'node:https';
import type { Clock } from '../clock.ts';
import { hasHeader } from '../mapping/request-headers.ts';
import { headerValue } from '../server/messages.ts';

export type HttpCall = {
  readonly method: string;
  readonly url: string;
  /** Flat; the host is that of the URL unless it is among them. */
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly timeoutInMillis: number;
  readonly rejectUnauthorized: boolean;
};

export type HttpOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: readonly string[]; readonly body: Buffer }
  | { readonly kind: 'timed-out' }
  /** The URL is not one that can be called. */
  | { readonly kind: 'invalid-address' }
  /** Its host has no address. */
  | { readonly kind: 'unknown-host'; readonly reason: string }
  /** Refused, broken off, or not trusted. */
  | { readonly kind: 'failed'; readonly reason: string };

const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

/** Calls an HTTP backend and takes its whole answer. Redirects are not followed. */
export const callHttp = (clock: Clock, call: HttpCall): Promise<HttpOutcome> => {
  const url = URL.canParse(call.url) ? new URL(call.url) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return Promise.resolve({ kind: 'invalid-address' });
  const headers = backendHeaders(call, url);
  return new Promise((resolve) => {
    let request: http.ClientRequest;
    let timedOut = false;
    const finish = (outcome: HttpOutcome): void => {
      timer.cancel();
      resolve(outcome);
    };
    const timer = clock.after(call.timeoutInMillis, () => {
      timedOut = true;
      resolve({ kind: 'timed-out' });
      request.destroy();
    });
    const start = (): void => {
      request = send(call, url, headers, finish, (error) => {
        // A backend may close an idle connection just as it is taken again. What can do no harm twice is sent once more.
        const stale = request.reusedSocket && error.code === 'ECONNRESET' && idempotent.has(call.method);
        if (stale && !timedOut) start();
        else finish(failure(error));
      });
    };
    start();
  });
};

/** Where client and backend both speak of a HEAD, the length is that of the body that nobody sent. */
export const headLength = (clientMethod: string, backendMethod: string, headers: readonly string[]): string[] => {
  const length =
    clientMethod === 'HEAD' && backendMethod === 'HEAD' ? headerValue(headers, 'content-length') : undefined;
  return length === undefined ? [] : ['content-length', length];
};

const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE']);
const withoutBody = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE']);

const backendHeaders = (call: HttpCall, url: URL): string[] => {
  const headers = [...call.headers];
  if (!hasHeader(headers, 'host')) headers.push('Host', url.host);
  // Without a length node:http sends chunks, which not every backend takes for an empty body.
  if (call.body.length > 0 || !withoutBody.has(call.method)) headers.push('Content-Length', String(call.body.length));
  return headers;
};

/**
 * Path and query as they stand in the URL. `URL` would resolve dot segments, and a client's `..` would leave the part of
 * the backend that the integration opens: what they mean is for the backend to say.
 */
export const requestTarget = (url: string): string => {
  const target = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  const encoded = target.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text.toWellFormed()));
  return encoded.startsWith('/') ? encoded : `/${encoded}`;
};

const send = (
  call: HttpCall,
  url: URL,
  headers: readonly string[],
  finish: (outcome: HttpOutcome) => void,
  fail: (error: NodeJS.ErrnoException) => void,
): http.ClientRequest => {
  const secure = url.protocol === 'https:';
  const request = (secure ? https : http).request(url, {
    method: call.method,
    path: requestTarget(call.url),
    headers,
    agent: secure ? agents.https : agents.http,
    ...(secure && { rejectUnauthorized: call.rejectUnauthorized }),
  });
  request.on('error', fail);
  request.on('response', (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('error', (error) => finish(failure(error)));
    response.on('end', () =>
      finish({
        kind: 'answered',
        status: response.statusCode!,
        headers: response.rawHeaders,
        body: Buffer.concat(chunks),
      }),
    );
  });
  request.end(call.body);
  return request;
};

const failure = (error: NodeJS.ErrnoException): HttpOutcome => ({
  kind: error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN' ? 'unknown-host' : 'failed',
  reason: error.message,
});
