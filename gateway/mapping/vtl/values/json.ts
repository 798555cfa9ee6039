import { isMap, mapGet, mapKeys } from './maps.ts';
import { type JavaNumber, numberKind, numberText, toDouble } from './numbers.ts';
import { partText } from './text.ts';
import { JavaList, type Value } from './value.ts';

const unsafe = /["\\/\x00-\x1f\x7f-\x9f\u2000-\u20ff]/;
const everyUnsafe = /["\\/\x00-\x1f\x7f-\x9f\u2000-\u20ff]/g;
const everyUnsafeButSlash = /["\\\x00-\x1f\x7f-\x9f\u2000-\u20ff]/g;
const short: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
const escaped = (character: string): string =>
  short[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

type Slashes = 'escaped' | 'plain';

const quoted = (text: string, slashes: Slashes): string =>
  unsafe.test(text)
    ? `"${text.replaceAll(slashes === 'escaped' ? everyUnsafe : everyUnsafeButSlash, escaped)}"`
    : `"${text}"`;

/** JSON as the list class behind API Gateway's `$input.path` prints itself, or, with plain slashes, as `$input.json` does. */
export const jsonText = (value: Value, slashes: Slashes = 'escaped'): string => {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoted(value, slashes);
  if (typeof value === 'boolean') return String(value);
  if (numberKind(value) !== 0) {
    return Number.isFinite(toDouble(value as JavaNumber)) ? numberText(value as JavaNumber) : 'null';
  }
  const items = Array.isArray(value) ? value : value instanceof JavaList ? value.items : null;
  if (items) return `[${items.map((item) => jsonText(item, slashes)).join(',')}]`;
  if (!isMap(value)) return quoted(partText(value), slashes);
  const member = (key: Value): string => `${quoted(partText(key), slashes)}:${jsonText(mapGet(value, key), slashes)}`;
  return `{${mapKeys(value).map(member).join(',')}}`;
};
