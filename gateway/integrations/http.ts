import http from 'node:http';
import https from 'node:https';
import type { Clock } from '../clock.ts';

export type HttpCall = {
  readonly method: string;
  readonly url: string;
  /** Flat; the host is that of the URL. */
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
  /** Refused, not found, broken off, or not trusted. */
  | { readonly kind: 'failed'; readonly reason: string };

const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };

/** Calls an HTTP backend and takes its whole answer. Redirects are not followed. */
export const callHttp = (clock: Clock, call: HttpCall): Promise<HttpOutcome> => {
  const url = URL.canParse(call.url) ? new URL(call.url) : null;
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    return Promise.resolve({ kind: 'invalid-address' });
  const secure = url.protocol === 'https:';
  return new Promise((resolve) => {
    const headers = [...call.headers, 'Host', url.host];
    if (call.body.length > 0) headers.push('Content-Length', String(call.body.length));
    const request = (secure ? https : http).request(url, {
      method: call.method,
      headers,
      agent: secure ? agents.https : agents.http,
      ...(secure && { rejectUnauthorized: call.rejectUnauthorized }),
    });
    const finish = (outcome: HttpOutcome): void => {
      timer.cancel();
      resolve(outcome);
    };
    const fail = (error: Error): void => finish({ kind: 'failed', reason: error.message });
    const timer = clock.after(call.timeoutInMillis, () => {
      resolve({ kind: 'timed-out' });
      request.destroy();
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
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
  });
};
