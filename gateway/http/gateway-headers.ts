import { forwardedFor } from '../mapping/request-headers.ts';
import type { HttpContext } from './context.ts';

/** What the gateway writes over whatever the client sent, by lower-case name. */
export const gatewayHeaders = (context: HttpContext): readonly (readonly [string, string])[] => [
  ['host', context.host.header],
  ['x-amzn-trace-id', context.trace.header],
  ['x-forwarded-for', forwardedFor(context.headers, context.request.sourceIp)],
  ['x-forwarded-port', '443'],
  ['x-forwarded-proto', 'https'],
  ...contentLength(context),
];

/** A body that came in chunks is whole by now and has a length. */
const contentLength = ({ headers, request }: HttpContext): readonly (readonly [string, string])[] =>
  request.body.length > 0 && !headers.has('content-length') ? [['content-length', String(request.body.length)]] : [];
