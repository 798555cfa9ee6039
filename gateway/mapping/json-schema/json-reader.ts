import { parseDecimal } from '../vtl/values/numbers.ts';
import { JavaBigDecimal } from '../vtl/values/value.ts';

/**
 * Reads JSON with all digits of its numbers: an integer is a `number` or, with many digits, a `bigint`; one with a fraction
 * or an exponent is a `JavaBigDecimal`, be it whole or not.
 */
export const readJsonExactly = (text: string, maximumDepth: number): unknown => {
  const reader: Reader = { text, at: 0, depth: maximumDepth };
  const value = readValue(reader);
  skipSpace(reader);
  return reader.at === text.length ? value : fail(reader);
};

type Reader = { readonly text: string; at: number; depth: number };

const fail = ({ at }: Reader): never => {
  throw new SyntaxError(`no JSON at character ${at + 1}`);
};

const skipSpace = (reader: Reader): string | undefined => {
  const { text } = reader;
  for (;;) {
    const character = text[reader.at];
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return character;
    reader.at++;
  }
};

const readValue = (reader: Reader): unknown => {
  switch (skipSpace(reader)) {
    case '"':
      return readString(reader);
    case '{':
      return readObject(reader);
    case '[':
      return readList(reader);
    case 't':
      return readWord(reader, 'true', true);
    case 'f':
      return readWord(reader, 'false', false);
    case 'n':
      return readWord(reader, 'null', null);
    default:
      return readNumber(reader);
  }
};

const readWord = (reader: Reader, word: string, value: unknown): unknown => {
  if (!reader.text.startsWith(word, reader.at)) fail(reader);
  reader.at += word.length;
  return value;
};

const inNeedOfCare = /[\\\u0000-\u001f]/;

const readString = (reader: Reader): string => {
  const { text, at } = reader;
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  if (end === -1) fail(reader);
  reader.at = end + 1;
  const content = text.slice(at + 1, end);
  return inNeedOfCare.test(content) ? JSON.parse(`"${content}"`) : content;
};

const isEscaped = (text: string, at: number): boolean => {
  let before = at;
  while (text[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
};

const number = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;

/** No machine computes with a number of a longer exponent. */
const mostExponent = 99_999;

const readNumber = (reader: Reader): number | bigint | JavaBigDecimal => {
  number.lastIndex = reader.at;
  const found = number.exec(reader.text);
  if (!found) return fail(reader);
  const [text, fraction, exponent] = found;
  if (Math.abs(Number(exponent?.slice(1) ?? 0)) > mostExponent) fail(reader);
  reader.at = number.lastIndex;
  if (fraction !== undefined || exponent !== undefined) return withoutTrailingZeros(parseDecimal(text)!);
  return text.length < 16 ? Number(text) : BigInt(text);
};

/** As Jackson keeps a number: 4.0 as 4, and 150.0 as 1.5E+2. */
const withoutTrailingZeros = ({ unscaled, scale }: JavaBigDecimal): JavaBigDecimal => {
  if (unscaled === 0n) return new JavaBigDecimal(0n, 0);
  const digits = String(unscaled);
  const significant = digits.replace(/0+$/, '');
  return new JavaBigDecimal(BigInt(significant), scale - (digits.length - significant.length));
};

const readList = (reader: Reader): unknown[] => {
  const list: unknown[] = [];
  readMembers(reader, ']', () => list.push(readValue(reader)));
  return list;
};

const readObject = (reader: Reader): Record<string, unknown> => {
  const object: Record<string, unknown> = {};
  readMembers(reader, '}', () => {
    if (skipSpace(reader) !== '"') fail(reader);
    const name = readString(reader);
    if (skipSpace(reader) !== ':') fail(reader);
    reader.at++;
    const value = readValue(reader);
    if (name === '__proto__')
      Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
    else object[name] = value;
  });
  return object;
};

const readMembers = (reader: Reader, close: string, read: () => void): void => {
  if (reader.depth-- === 0) fail(reader);
  reader.at++;
  let next = skipSpace(reader);
  if (next !== close) {
    for (;;) {
      read();
      next = skipSpace(reader);
      if (next !== ',') break;
      reader.at++;
    }
  }
  if (next !== close) fail(reader);
  reader.at++;
  reader.depth++;
};
