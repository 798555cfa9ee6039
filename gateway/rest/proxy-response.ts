import { type MediaTypeMatcher, mediaTypeOf } from '../mapping/media-type.ts';
import { isHeaderName, utf8HeaderText } from '../mapping/request-headers.ts';
import type { MethodResponse } from './context.ts';

export type ProxyAnswer =
  | { readonly kind: 'response'; readonly response: MethodResponse }
  | { readonly kind: 'malformed'; readonly reason: string }
  | { readonly kind: 'bad-base64' };

class Malformed extends Error {}

const members = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** Reads what a function returned to a Lambda proxy integration. */
export const readProxyResponse = (
  payload: string,
  accept: string | undefined,
  isBinary: MediaTypeMatcher,
): ProxyAnswer => {
  try {
    const answer = parseObject(payload);
    for (const member in answer) {
      if (!members.has(member)) throw new Malformed(`unknown member "${member}"`);
    }
    const body = readBody(answer.body);
    const status = readStatus(answer.statusCode);
    const headers = readHeaders(answer.headers, answer.multiValueHeaders);
    if (!readFlag(answer.isBase64Encoded) || !isBinary(mediaTypeOf(accept ?? ''))) {
      return { kind: 'response', response: { status, headers, body } };
    }
    const bytes = decodeBase64(body);
    return bytes ? { kind: 'response', response: { status, headers, body: bytes } } : { kind: 'bad-base64' };
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', reason: error.message };
    throw error;
  }
};

const parseObject = (payload: string): Record<string, unknown> => {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    throw new Malformed('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed('not an object');
  return value as Record<string, unknown>;
};

// Choice: an informational status is malformed; it would leave the client waiting for the answer that follows one.
const readStatus = (value: unknown): number => {
  if (value === undefined || value === null) return 200;
  const status = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new Malformed(`statusCode ${JSON.stringify(value)} is not a status`);
  }
  return status;
};

const readBody = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new Malformed('body is not a string');
  return value;
};

const readFlag = (value: unknown): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new Malformed('isBase64Encoded is not a boolean');
};

const scalar = (name: string, value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    const text = utf8HeaderText(String(value));
    if (text !== null) return text;
    throw new Malformed(`header ${name} holds a control character`);
  }
  throw new Malformed(`header ${name} is not a text`);
};

type OutgoingHeader = { readonly name: string; readonly values: string[] };

/** `multiValueHeaders` come first and their casing wins; a repeated name is joined by commas, but for cookies. */
const readHeaders = (single: unknown, multi: unknown): string[] => {
  const headers = new Map<string, OutgoingHeader>();
  const add = (name: string, value: string): void => {
    if (!isHeaderName(name)) throw new Malformed(`"${name}" is not a header name`);
    const key = name.toLowerCase();
    const known = headers.get(key);
    if (!known) headers.set(key, { name, values: [value] });
    else if (!known.values.includes(value)) known.values.push(value);
  };
  for (const [name, values] of entries('multiValueHeaders', multi)) {
    if (!Array.isArray(values)) throw new Malformed(`multiValueHeaders ${name} is not a list`);
    for (const value of values) add(name, scalar(name, value));
  }
  for (const [name, value] of entries('headers', single)) {
    if (value !== null) add(name, scalar(name, value));
  }
  const flat: string[] = [];
  for (const [key, { name, values }] of headers) {
    if (key === 'set-cookie') for (const value of values) flat.push(name, value);
    else flat.push(name, values.length === 1 ? values[0]! : values.join(', '));
  }
  return flat;
};

const entries = (member: string, value: unknown): [string, unknown][] => {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw new Malformed(`${member} is not an object`);
  return Object.entries(value);
};

const decodeBase64 = (text: string): Buffer | null =>
  /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : null;
