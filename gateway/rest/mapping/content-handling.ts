import type { MediaTypeMatcher } from '../../mapping/media-type.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import { configurationError } from '../gateway-response.ts';

type ContentHandling = RestIntegration['contentHandling'];

/** The payload of a request on its way to the integration: text, or bytes where its content type is binary. */
export const convertRequestBody = (handling: ContentHandling, body: Buffer, isBinary: boolean): string | Buffer => {
  if (isBinary) return handling === 'CONVERT_TO_TEXT' ? body.toString('base64') : body;
  return handling === 'CONVERT_TO_BINARY' ? decodeBase64(body.toString('latin1')) : body.toString('utf8');
};

export type ResponseTypes = {
  readonly isBinary: MediaTypeMatcher;
  /** Of what the backend answered. */
  readonly contentType: string;
  /** The first that the client takes. */
  readonly accept: string;
};

/** The payload of a response on its way to the client. An empty one is text, whatever its type. */
export const convertResponseBody = (
  handling: ContentHandling,
  body: string | Buffer,
  { isBinary, contentType, accept }: ResponseTypes,
): string | Buffer => {
  if (body.length === 0) return '';
  if (isBinary(contentType)) {
    const asText = handling === 'CONVERT_TO_TEXT' || (handling === null && !isBinary(accept));
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    return asText ? bytes.toString('base64') : bytes;
  }
  const text = body.toString();
  const asBytes = handling === 'CONVERT_TO_BINARY' || (handling === null && isBinary(accept));
  return asBytes ? decodeBase64(text) : text;
};

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** Choice: the quotes of a JSON string do not count, so that a function may return its bytes as one. */
export const decodeBase64 = (text: string): Buffer => {
  const trimmed = text.trim();
  const bare = trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1) : trimmed;
  if (!base64.test(bare)) throw configurationError('Unable to base64 decode the body.');
  return Buffer.from(bare, 'base64');
};
