import { createHash } from 'node:crypto';
import type { SignatureClaim, SignedInput } from './signature-claim.ts';

/**
 * The canonical request of Signature Version 4, as text whose characters are bytes (latin1): node:http hands over
 * paths and headers that way, so nothing is decoded between the wire and the hash.
 */
export const canonicalRequest = (
  input: SignedInput,
  claim: SignatureClaim,
  canonicalPath: string,
  payloadHash: string,
): string =>
  [
    input.method,
    canonicalPath,
    canonicalQuery(input.query),
    canonicalHeaders(input.headers, claim.signedHeaders),
    '',
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');

/**
 * The paths that the signer may have meant, likeliest first. Every service but S3 encodes the path as sent once more;
 * some signers also drop empty segments, and some sign the encoded form of a path that they send bare (`@`).
 */
export function* canonicalPaths(path: string, service: string): Generator<string, void> {
  const segments = path.split('/');
  if (service === 's3') {
    yield path;
    yield segments.map(decode).map(encode).join('/');
    return;
  }
  yield segments.map(encode).join('/');
  yield withoutEmpty(segments).map(encode).join('/');
  yield segments.map(decode).map(encode).map(encode).join('/');
}

/** Dot segments stay: no client sends them, and a signature must not cover a path that leads elsewhere. */
const withoutEmpty = (segments: readonly string[]): readonly string[] => {
  const kept = segments.filter((segment) => segment !== '');
  return ['', ...kept, ...(kept.length === 0 || segments.at(-1) === '' ? [''] : [])];
};

/** The hash of the body that came, never the one that the request claims: a changed body must not pass. */
export const payloadHash = (input: SignedInput, claim: SignatureClaim, service: string): string => {
  const unsigned =
    service === 's3' &&
    (claim.form === 'query' || canonicalHeader(input.headers, 'x-amz-content-sha256') === unsignedPayload);
  return unsigned ? unsignedPayload : createHash('sha256').update(input.body).digest('hex');
};

const unsignedPayload = 'UNSIGNED-PAYLOAD';

const canonicalQuery = (query: string): string => {
  if (query === '') return '';
  const pairs: [string, string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = encode(decodeParameter(equals === -1 ? part : part.slice(0, equals)));
    if (name === 'X-Amz-Signature') continue;
    pairs.push([name, equals === -1 ? '' : encode(decodeParameter(part.slice(equals + 1)))]);
  }
  return pairs
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const canonicalHeaders = (headers: readonly string[], signed: readonly string[]): string =>
  signed.map((name) => `${name}:${canonicalHeader(headers, name)}`).join('\n');

const canonicalHeader = (headers: readonly string[], name: string): string => {
  const values: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]!.toLowerCase() === name) values.push(trimmed(headers[i + 1]!));
  }
  return values.join(',');
};

/** Only blanks and tabs count: in latin1 a byte of a UTF-8 letter may look like a space to JavaScript. */
const trimmed = (value: string): string => value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');

/** Percent-encodes everything but RFC 3986's unreserved characters, a byte at a time. */
const encode = (bytes: string): string =>
  bytes.replace(
    /[^A-Za-z0-9\-._~]/g,
    (byte) => `%${(byte.charCodeAt(0) & 0xff).toString(16).toUpperCase().padStart(2, '0')}`,
  );

const decode = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** A plus sign in a query is a space, which signers write as `%20`. */
const decodeParameter = (text: string): string => decode(text.replaceAll('+', ' '));
