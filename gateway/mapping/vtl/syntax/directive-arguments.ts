import type { Cursor } from './cursor.ts';
import { parseValue } from './expression.ts';
import type { Expression } from './nodes.ts';
import { atReference, parseReference } from './reference.ts';

/** What may stand between a directive's parentheses: values, words, and a macro's parameters with their defaults. */
export type Argument =
  | Expression
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'default'; readonly name: string; readonly value: Expression };

/** Reads `(…)`, which may stand behind blanks and line ends; null where there is none. Commas may be left out. */
export const parseDirectiveArguments = (cursor: Cursor, name: string): Argument[] | null => {
  if (cursor.match(/[ \t\r\n]*\(/y) === null) return null;
  const found: Argument[] = [];
  for (;;) {
    cursor.space();
    if (cursor.take(')')) return found;
    if (cursor.take(',')) cursor.space();
    if (name === 'macro' && cursor.dialect.expressionsEverywhere && cursor.match(/##[^\r\n]*/y) !== null) continue;
    found.push(parseArgument(cursor, name));
  }
};

const parseArgument = (cursor: Cursor, name: string): Argument => {
  if (atReference(cursor)) {
    const reference = parseReference(cursor);
    if (name !== 'macro' || !cursor.dialect.expressionsEverywhere) return reference;
    const behind = cursor.at;
    cursor.space();
    if (!cursor.take('=')) {
      cursor.at = behind;
      return reference;
    }
    cursor.space();
    return { kind: 'default', name: reference.name, value: parseValue(cursor) ?? cursor.unexpected('a value') };
  }
  const value = parseValue(cursor);
  if (value) return value;
  const word = cursor.match(/[A-Za-z_@][A-Za-z0-9_@]*/y);
  if (word === null) cursor.unexpected(`an argument of “#${name}”`);
  if (/^(?:and|or|not|lt|le|gt|ge|eq|ne)$/.test(word)) cursor.fail(`“${word}” is an operator`, cursor.at - word.length);
  return { kind: 'word', word };
};
