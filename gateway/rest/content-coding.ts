import { promisify } from 'node:util';
import { deflate, gunzipSync, gzip, inflateSync } from 'node:zlib';
import { MAX_BODY_BYTES } from './limits.ts';

type Coding = 'gzip' | 'deflate';

export type DecodedBody =
  | { readonly kind: 'decoded'; readonly body: Buffer }
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'too-large'; readonly reason: string };

const decoders = { gzip: gunzipSync, deflate: inflateSync };

/** A request's body without its coding. */
export const decodeBody = (body: Buffer, contentEncoding: string | undefined): DecodedBody => {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity' || body.length === 0) return { kind: 'decoded', body };
  if (coding !== 'gzip' && coding !== 'deflate') {
    return {
      kind: 'unsupported',
      reason: `The content coding ${contentEncoding} is none of gzip, deflate and identity`,
    };
  }
  try {
    return { kind: 'decoded', body: decoders[coding](body, { maxOutputLength: MAX_BODY_BYTES }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'too-large', reason: 'The decompressed body is too large' };
    return { kind: 'unsupported', reason: `The body is not compressed with ${coding}: ${message}` };
  }
};

/** The coding that a client likes best; null where that is none, or one that API Gateway does not have. */
export const preferredCoding = (acceptEncoding: string | undefined): Coding | null => {
  let best = '';
  let weight = 0;
  for (const entry of acceptEncoding?.toLowerCase().split(',') ?? []) {
    const [coding = '', ...parameters] = entry.split(';').map((part) => part.trim());
    const given = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = given === undefined ? 1 : Number(given.slice(2));
    if (quality > weight) [best, weight] = [coding, quality];
  }
  if (best === '*') return 'gzip';
  return best === 'gzip' || best === 'deflate' ? best : null;
};

const encoders = { gzip: promisify(gzip), deflate: promisify(deflate) };

export const encodeBody = (body: string | Buffer, coding: Coding): Promise<Buffer> => encoders[coding](body);
