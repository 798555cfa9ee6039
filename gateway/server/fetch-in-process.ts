import { Readable } from 'node:stream';
import { type ApiResponse, apiRequest, type DataPlane, headerValue } from './messages.ts';

export type FetchInit = {
  readonly method?: string;
  /** Pairs keep duplicates and order. */
  readonly headers?: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array;
};

const bodyless = new Set([101, 204, 205, 304]);

/** Sends a request to a data plane without a port, in the manner of `fetch`. */
export const fetchInProcess = async (
  plane: DataPlane,
  host: string,
  path: string,
  init: FetchInit = {},
): Promise<Response> => {
  const headers: string[] = [];
  const pairs = Array.isArray(init.headers) ? init.headers : Object.entries(init.headers ?? {});
  for (const [name, value] of pairs as [string, string][]) headers.push(name, value);
  if (headerValue(headers, 'host') === undefined) headers.unshift('Host', host);
  const body = init.body === undefined ? Buffer.alloc(0) : Buffer.from(init.body as string);
  const method = (init.method ?? 'GET').toUpperCase();
  return toResponse(await plane.handle(apiRequest(method, path, headers, body, '127.0.0.1')));
};

const toResponse = (answer: ApiResponse): Response => {
  const headers = new Headers();
  for (let i = 0; i < answer.headers.length; i += 2) headers.append(answer.headers[i]!, answer.headers[i + 1]!);
  const body = bodyless.has(answer.status)
    ? null
    : answer.body instanceof Readable
      ? (Readable.toWeb(answer.body) as ReadableStream<Uint8Array>)
      : typeof answer.body === 'string'
        ? answer.body
        : new Uint8Array(answer.body);
  return new Response(body, { status: answer.status, headers });
};
