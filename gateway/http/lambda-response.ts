import { hasHeader, isHeaderName, utf8HeaderText } from '../mapping/request-headers.ts';
import type { HttpResponse } from './context.ts';
import { isHopByHop } from './response-headers.ts';

export type IllFormed = { readonly illFormed: string };

/** Choice: the content type of an answer that names a status but no type. */
const DEFAULT_CONTENT_TYPE = 'text/plain; charset=utf-8';

class IllFormedResponse extends Error {}

/** Reads what a function returned, by the route's payload format version. */
export const readResponse = (payload: string, version: '1.0' | '2.0'): HttpResponse | IllFormed => {
  let value: unknown;
  try {
    value = JSON.parse(payload === '' ? 'null' : payload);
  } catch {
    return { illFormed: 'not JSON' };
  }
  const structured = typeof value === 'object' && value !== null && 'statusCode' in value;
  if (!structured) {
    if (version === '1.0') return { illFormed: 'statusCode is missing' };
    return inferred(value, payload);
  }
  try {
    return structuredResponse(value as Record<string, unknown>, version);
  } catch (error) {
    if (error instanceof IllFormedResponse) return { illFormed: error.message };
    throw error;
  }
};

/** Without a status the result itself is the body: a string as it is, anything else as its JSON text. */
const inferred = (value: unknown, payload: string): HttpResponse => ({
  status: 200,
  headers: ['content-type', 'application/json'],
  body: typeof value === 'string' ? value : payload === '' ? 'null' : payload,
});

const structuredResponse = (answer: Record<string, unknown>, version: '1.0' | '2.0'): HttpResponse => {
  const headers: string[] = [];
  if (version === '2.0') {
    for (const cookie of list('cookies', answer.cookies)) add(headers, 'set-cookie', cookie);
  } else {
    for (const [name, values] of members('multiValueHeaders', answer.multiValueHeaders)) {
      for (const value of list(name, values)) add(headers, name, value);
    }
  }
  for (const [name, value] of members('headers', answer.headers)) {
    if (value === null || (version === '1.0' && has(headers, name, String(value)))) continue;
    add(headers, name, value);
  }
  if (!hasHeader(headers, 'content-type')) headers.push('content-type', DEFAULT_CONTENT_TYPE);
  const text = bodyText(answer.body);
  // Unlike REST APIs, whatever Accept says.
  const body = answer.isBase64Encoded === true ? Buffer.from(text, 'base64') : text;
  return { status: statusOf(answer.statusCode), headers, body };
};

// Choice: an informational status is ill-formed; it would leave the client waiting for the answer that follows one.
const statusOf = (value: unknown): number => {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new IllFormedResponse(`statusCode ${JSON.stringify(value)} is not a status`);
};

const bodyText = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw new IllFormedResponse('body is not a string');
};

const members = (name: string, value: unknown): [string, unknown][] => {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object' && !Array.isArray(value)) return Object.entries(value);
  throw new IllFormedResponse(`${name} is not an object`);
};

const list = (name: string, value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new IllFormedResponse(`${name} is not a list`);
};

const add = (headers: string[], name: string, value: unknown): void => {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const text = isScalar ? utf8HeaderText(String(value)) : null;
  if (text === null || !isHeaderName(name)) throw new IllFormedResponse(`header ${name} is not a text`);
  const key = name.toLowerCase();
  if (!isHopByHop(key)) headers.push(key, text);
};

const has = (headers: readonly string[], name: string, value: string): boolean =>
  headers.some((header, i) => i % 2 === 0 && header === name.toLowerCase() && headers[i + 1] === value);
