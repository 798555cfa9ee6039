import { mediaTypeOf } from '../mapping/media-type.ts';
import { firstValue } from '../mapping/request-headers.ts';
import type { HttpContext } from './context.ts';

/** The body of an event; null where the request has none. */
export type EventBody = { readonly body: string | null; readonly isBase64Encoded: boolean };

const none: EventBody = { body: null, isBase64Encoded: false };
const texts = new Set(['application/json', 'application/xml', 'application/javascript']);

/** Text goes in as it is, everything else (and what has no content type) in base64: no setting changes that. */
export const eventBody = (context: HttpContext): EventBody => {
  const { body } = context.request;
  if (body.length === 0) return none;
  const contentType = firstValue(context.headers, 'content-type');
  const mediaType = contentType === undefined ? '' : mediaTypeOf(contentType);
  const isText = texts.has(mediaType) || mediaType.startsWith('text/');
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
};
