import { firstValue, type RequestHeaders } from '../mapping/request-headers.ts';
import type { CorsConfiguration } from '../model/http-api.ts';

/** An API's CORS configuration, ready to answer with. */
export type CompiledCors = {
  /** What goes with every answer to an allowed origin; null where the origin is not allowed. */
  originHeaders(origin: string): readonly string[] | null;
  /** On top of those, on the answer to a preflight. */
  readonly preflightHeaders: readonly string[];
  /** On top of those, on the answer to an actual request. */
  readonly actualHeaders: readonly string[];
};

export const compileCors = (cors: CorsConfiguration): CompiledCors => {
  const origins = new Set(cors.allowOrigins);
  const credentials = cors.allowCredentials ? ['access-control-allow-credentials', 'true'] : [];
  // With credentials browsers take no asterisk, so the origin itself is sent.
  const everybody = origins.has('*') && !cors.allowCredentials;
  const isAllowed = (origin: string): boolean =>
    origins.has('*') ||
    origins.has(origin) ||
    (origins.has('https://*') && origin.startsWith('https://')) ||
    (origins.has('http://*') && origin.startsWith('http://'));
  const list = (name: string, values: readonly string[]): readonly string[] =>
    values.length > 0 ? [name, values.join(',')] : [];
  return {
    originHeaders(origin) {
      if (!isAllowed(origin)) return null;
      return everybody
        ? ['access-control-allow-origin', '*']
        : ['access-control-allow-origin', origin, ...credentials, 'vary', 'origin'];
    },
    preflightHeaders: [
      ...list('access-control-allow-methods', cors.allowMethods),
      ...list('access-control-allow-headers', cors.allowHeaders),
      ...(cors.maxAge === null ? [] : ['access-control-max-age', String(cors.maxAge)]),
    ],
    actualHeaders: list('access-control-expose-headers', cors.exposeHeaders),
  };
};

/** The answer to a preflight; null where the request is none. An origin that is not allowed gets a bare answer. */
export const preflight = (cors: CompiledCors, method: string, headers: RequestHeaders): readonly string[] | null => {
  if (method !== 'OPTIONS' || !headers.has('access-control-request-method')) return null;
  const origin = firstValue(headers, 'origin');
  if (origin === undefined) return null;
  const allowed = cors.originHeaders(origin);
  return allowed ? [...allowed, ...cors.preflightHeaders] : [];
};

/** The headers of an answer to a CORS request: the backend's own CORS headers give way to the API's. */
export const withCorsHeaders = (cors: CompiledCors, request: RequestHeaders, response: readonly string[]): string[] => {
  const origin = firstValue(request, 'origin');
  if (origin === undefined) return [...response];
  const kept: string[] = [];
  for (let i = 0; i < response.length; i += 2) {
    if (!response[i]!.startsWith('access-control-')) kept.push(response[i]!, response[i + 1]!);
  }
  const allowed = cors.originHeaders(origin);
  if (allowed) kept.push(...allowed, ...cors.actualHeaders);
  return kept;
};
