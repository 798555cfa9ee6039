import { double } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { JavaBigInteger } from '../values/value.ts';
import type { Cursor } from './cursor.ts';
import type { Binary, BinaryOperator, Expression } from './nodes.ts';
import { atReference, parseReference } from './reference.ts';
import { parseString } from './string-literal.ts';

type Level = { readonly pattern: RegExp; readonly names: Readonly<Record<string, BinaryOperator>> };

const words = '(?![A-Za-z0-9_@])';
/** From the loosest to the tightest. A word is an operator only where it ends. */
const levels: readonly Level[] = [
  { pattern: new RegExp(`\\|\\||or${words}`, 'y'), names: { '||': 'or', or: 'or' } },
  { pattern: new RegExp(`&&|and${words}`, 'y'), names: { '&&': 'and', and: 'and' } },
  { pattern: new RegExp(`==|!=|(?:eq|ne)${words}`, 'y'), names: { '==': '==', '!=': '!=', eq: '==', ne: '!=' } },
  {
    pattern: new RegExp(`<=|>=|<|>|(?:lt|le|gt|ge)${words}`, 'y'),
    names: { '<=': '<=', '>=': '>=', '<': '<', '>': '>', lt: '<', le: '<=', gt: '>', ge: '>=' },
  },
  // A minus directly before a digit belongs to the number: `$a -1` is two values, which is an error.
  { pattern: /\+|-(?![0-9]|\.[0-9])/y, names: { '+': '+', '-': '-' } },
  { pattern: /[*/%]/y, names: { '*': '*', '/': '/', '%': '%' } },
];

export const parseExpression = (cursor: Cursor, level = 0): Expression => {
  if (level === levels.length) return parseUnary(cursor);
  const { pattern, names } = levels[level]!;
  let left = parseExpression(cursor, level + 1);
  for (;;) {
    cursor.space();
    const at = cursor.at;
    const found = cursor.match(pattern);
    if (found === null) return left;
    const binary: Binary = {
      kind: 'binary',
      operator: names[found]!,
      left,
      right: parseExpression(cursor, level + 1),
      at: cursor.offset(at),
    };
    left = binary;
  }
};

const parseUnary = (cursor: Cursor): Expression => {
  cursor.space();
  if (cursor.match(/!(?!=)|not(?![A-Za-z0-9_@])/y)) return { kind: 'not', operand: parseUnary(cursor) };
  if (cursor.dialect.expressionsEverywhere && cursor.match(/-(?![0-9]|\.[0-9])/y)) {
    return { kind: 'negate', operand: parsePrimary(cursor) };
  }
  return parsePrimary(cursor);
};

const parsePrimary = (cursor: Cursor): Expression => {
  cursor.space();
  if (!cursor.take('(')) return parseValue(cursor) ?? cursor.unexpected('a value');
  const inner = parseExpression(cursor);
  cursor.space();
  cursor.expect(')');
  return inner;
};

/** A value with no operator about it: what 1.7 takes as an argument, in lists and in maps. Null where none begins. */
export const parseValue = (cursor: Cursor): Expression | null => {
  const next = cursor.source[cursor.at];
  if (next === '"' || next === "'") return parseString(cursor);
  if (atReference(cursor)) return parseReference(cursor);
  if (next === '[') return parseListOrRange(cursor);
  if (next === '{') return parseMap(cursor);
  if (cursor.match(/true(?![A-Za-z0-9_@])/y)) return { kind: 'constant', value: true };
  if (cursor.match(/false(?![A-Za-z0-9_@])/y)) return { kind: 'constant', value: false };
  return parseNumber(cursor);
};

const parseNumber = (cursor: Cursor): Expression | null => {
  const whole = cursor.match(/-?[0-9]+(?=\.\.)/y);
  if (whole !== null) return { kind: 'constant', value: integer(whole) };
  const text = cursor.match(/-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y);
  if (text === null) return null;
  return { kind: 'constant', value: /[.eE]/.test(text) ? double(Number(text)) : integer(text) };
};

const integer = (text: string): Value => {
  const value = Number(text);
  if (value === (value | 0)) return value | 0;
  const long = BigInt(text);
  return BigInt.asIntN(64, long) === long ? long : new JavaBigInteger(long);
};

const parseListOrRange = (cursor: Cursor): Expression => {
  cursor.expect('[');
  cursor.space();
  if (cursor.take(']')) return { kind: 'list', items: [] };
  const first = parseItem(cursor);
  if (cursor.take('..')) {
    const to = parseItem(cursor);
    cursor.expect(']');
    return { kind: 'range', from: first, to };
  }
  const items = [first];
  while (cursor.take(',')) items.push(parseItem(cursor));
  cursor.expect(']');
  return { kind: 'list', items };
};

const parseMap = (cursor: Cursor): Expression => {
  cursor.expect('{');
  cursor.space();
  const entries: [Expression, Expression][] = [];
  if (cursor.take('}')) return { kind: 'map', entries };
  do {
    const key = parseItem(cursor);
    cursor.expect(':');
    entries.push([key, parseItem(cursor)]);
  } while (cursor.take(','));
  cursor.expect('}');
  return { kind: 'map', entries };
};

const parseItem = (cursor: Cursor): Expression => {
  cursor.space();
  const value = parseValue(cursor) ?? cursor.unexpected('a value');
  cursor.space();
  return value;
};

const parseArgument = (cursor: Cursor): Expression => {
  if (!cursor.dialect.expressionsEverywhere) return parseItem(cursor);
  const value = parseExpression(cursor);
  cursor.space();
  return value;
};

/** The arguments of a method, behind its parenthesis. */
export const parseArguments = (cursor: Cursor): Expression[] => {
  cursor.space();
  if (cursor.take(')')) return [];
  const found = [parseArgument(cursor)];
  while (cursor.take(',')) found.push(parseArgument(cursor));
  cursor.expect(')');
  return found;
};

/** An index, behind its bracket. */
export const parseIndex = (cursor: Cursor): Expression => {
  const index = parseArgument(cursor);
  cursor.expect(']');
  return index;
};
