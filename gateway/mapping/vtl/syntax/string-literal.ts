import type { Cursor } from './cursor.ts';
import type { Expression } from './nodes.ts';
import { parseEmbedded } from './template.ts';

/** Reads a text in quotes; a doubled quote is one quote. Double quotes interpolate, single quotes do not. */
export const parseString = (cursor: Cursor): Expression => {
  const start = cursor.at;
  const quote = cursor.source[start]!;
  const end = endOfString(cursor, quote);
  cursor.at = end + 1;
  let text = cursor.source.slice(start + 1, end);
  if (quote === '"') text = unescapeUnicode(cursor, text, start);
  text = text.replaceAll(quote + quote, quote);
  if (quote === "'" || !/[$#]/.test(text)) return { kind: 'constant', value: text };
  return { kind: 'interpolated', nodes: parseEmbedded(cursor, text, start + 1) };
};

/** The longest text wins: a quote ends it unless another follows at once, from which it goes on to a later end. */
const endOfString = (cursor: Cursor, quote: string): number => {
  const { source } = cursor;
  let candidate = -1;
  for (let at = source.indexOf(quote, cursor.at + 1); at >= 0; at = source.indexOf(quote, at + 2)) {
    if (source[at + 1] !== quote) return at;
    candidate = at;
  }
  if (candidate < 0) cursor.fail(`the text that begins here has no closing ${quote}`);
  return candidate;
};

const unescapeUnicode = (cursor: Cursor, text: string, start: number): string =>
  text.includes('\\u')
    ? text.replaceAll(/\\u(.{0,4})/gs, (whole, digits: string, at: number) => {
        if (!/^[0-9a-fA-F]{4}$/.test(digits)) cursor.fail(`“${whole}” wants four hexadecimal digits`, start + 1 + at);
        return String.fromCharCode(Number.parseInt(digits, 16));
      })
    : text;
