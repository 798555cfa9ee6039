import { Cursor, unescapeText } from './cursor.ts';
import type { JsonPathDialect } from './dialect.ts';
import { parseFilter } from './parse-filter.ts';
import type { PathToken } from './path-token.ts';

/** Reads what stands in the brackets that the cursor is at: names, indexes, a slice, a wildcard or a filter. */
export const readBracket = (cursor: Cursor, dialect: JsonPathDialect): PathToken => {
  const first = cursor.next();
  if (first === "'" || first === '"') return { kind: 'property', names: readNames(cursor, first, dialect) };
  if (first === '*') return readWildcard(cursor);
  const token = /[\d:-]/.test(first) ? readIndexes(cursor) : first === '?' ? readFilter(cursor, dialect) : null;
  return token ?? cursor.fail("a name in quotes, an index, '*' or '?(' must follow", cursor.position + 1);
};

const readNames = (cursor: Cursor, quote: string, { checksClosing }: JsonPathDialect): readonly string[] => {
  const names: string[] = [];
  let start = cursor.position + 1;
  let end = 0;
  let inName = false;
  let afterComma = false;
  for (let at = start; cursor.inBounds(at); at++) {
    const character = cursor.at(at);
    if (character === '\\') at++;
    else if (character === ']' && !inName) {
      if (afterComma) cursor.fail('a name must follow', at);
      break;
    } else if (character === quote && inName) {
      if (!/[\],]/.test(cursor.next(at))) cursor.fail("',' or ']' must follow", at);
      end = at;
      names.push(unescapeText(cursor.text.slice(start, at)));
      inName = false;
    } else if (character === quote) {
      start = at + 1;
      inName = true;
      afterComma = false;
    } else if (character === ',' && (!inName || !checksClosing)) {
      if (afterComma) cursor.fail('a name must follow', at);
      afterComma = true;
    }
  }
  if (inName && checksClosing) cursor.fail(`${quote} is not closed`, start - 1);
  if (names.length === 0) cursor.fail('a name must follow');
  const close = cursor.nextIndexOf(']', end);
  if (close === -1) cursor.fail("']' must follow", end);
  cursor.position = close + 1;
  return names;
};

const readWildcard = (cursor: Cursor): PathToken => {
  const wildcard = cursor.nextIndexOf('*');
  if (!cursor.nextIs(']', wildcard)) cursor.fail("']' must follow", wildcard + 1);
  cursor.position = cursor.nextIndexOf(']', wildcard) + 1;
  return { kind: 'wildcard' };
};

const readIndexes = (cursor: Cursor): PathToken | null => {
  const begin = cursor.position + 1;
  const end = cursor.indexOf(']', begin);
  const text = end === -1 ? '' : cursor.text.slice(begin, end).trim();
  if (!/^[\d,\-: ]+$/.test(text)) return null;
  if (text.includes(':') && !/^[\d:-]+$/.test(text)) cursor.fail('a slice takes no blanks and no lists', begin);
  const number = (part: string): number => {
    if (!/^-?\d+$/.test(part) || Math.abs(Number(part)) > 2 ** 31 - 1) cursor.fail(`'${part}' is no index`, begin);
    return Number(part);
  };
  cursor.position = end + 1;
  if (!text.includes(':')) return { kind: 'index', indexes: text.split(/\s*,\s*/).map(number) };
  const [from = '', to = ''] = text.split(':');
  if (from === '' && to === '') cursor.fail('a slice must have a beginning or an end', begin);
  return { kind: 'slice', from: from === '' ? null : number(from), to: to === '' ? null : number(to) };
};

const readFilter = (cursor: Cursor, dialect: JsonPathDialect): PathToken | null => {
  const open = cursor.nextIndexOf('(', cursor.nextIndexOf('?'));
  if (open === -1) return null;
  const close = cursor.closing(open, '(', ')', true);
  if (close === -1 || !cursor.nextIs(']', close)) return null;
  const end = cursor.nextIndexOf(']', close) + 1;
  const filter = new Cursor(cursor.text.slice(open, end), cursor.offset + open);
  filter.end = close - open;
  cursor.position = end;
  return { kind: 'filter', expression: parseFilter(filter, dialect) };
};
