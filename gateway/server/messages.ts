import type { Readable } from 'node:stream';

/**
 * What crosses the edge between a server (or `gateway.fetch`) and a data plane. Header lists are flat, as node:http
 * gives and takes them: name, value, name, value …, with the client's casing and order.
 */
export type ApiRequest = {
  /** Upper case. */
  readonly method: string;
  /** As sent, undecoded, without the query: `/dev/lots/a%20b`. */
  readonly path: string;
  /** As sent, without the question mark; empty where there is none. */
  readonly query: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
};

export type ApiResponse = {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string | Buffer | Readable;
};

/** A data plane, seen from its server. */
export type DataPlane = { handle(request: ApiRequest): Promise<ApiResponse> };

/** The first value of a header, by its name in lower case. */
export const headerValue = (headers: readonly string[], name: string): string | undefined => {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]!.toLowerCase() === name) return headers[i + 1]!;
  }
  return undefined;
};

/** Takes a request target apart: origin form, or absolute form as a proxy would send it. */
export const apiRequest = (
  method: string,
  target: string,
  headers: readonly string[],
  body: Buffer,
  sourceIp: string,
): ApiRequest => {
  const origin = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '') || '/';
  const mark = origin.indexOf('?');
  const path = mark < 0 ? origin : origin.slice(0, mark);
  const query = mark < 0 ? '' : origin.slice(mark + 1);
  return { method, path: path || '/', query, headers, body, sourceIp };
};
