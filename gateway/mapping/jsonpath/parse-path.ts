import { Cursor } from './cursor.ts';
import type { JsonPathDialect } from './dialect.ts';
import { JsonPathSyntaxError } from './errors.ts';
import { readBracket } from './parse-bracket.ts';
import { readFunctionParameters } from './parse-function.ts';
import type { FunctionParameter, ParsedPath, PathToken } from './path-token.ts';

/** Reads a path. One that begins with neither `$` nor `@` begins at the root. `offset` is where it stands in a longer one. */
export const parsePath = (text: string, dialect: JsonPathDialect, offset = 0): ParsedPath => {
  const begins = text[0] === '$' || text[0] === '@';
  const cursor = new Cursor(begins ? text : `$.${text}`, begins ? offset : offset - 2).trim();
  if (text === '') cursor.fail('the path is empty');
  if (cursor.at(cursor.end) === '.') cursor.fail("a path must not end with '.'", cursor.end);
  try {
    return parseAsItStands(cursor, dialect);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError && error.recoverable) throw error;
    return cursor.fail(error instanceof Error ? error.message : 'the path cannot be read');
  }
};

/** Reads a path that is a parameter of a function: it is neither trimmed nor given a root. */
export const parseAsItStands = (cursor: Cursor, dialect: JsonPathDialect): ParsedPath => {
  while (cursor.inBounds() && /[ \t\n\r]/.test(cursor.current)) cursor.position++;
  const root = cursor.current;
  if (root !== '$' && root !== '@') cursor.fail("a path must begin with '$' or '@'");
  const tokens: PathToken[] = [];
  if (!cursor.atTail) {
    cursor.position++;
    if (cursor.current !== '.' && cursor.current !== '[') cursor.fail("'.' or '[' must follow");
    do readToken(cursor, tokens, dialect);
    while (!cursor.atTail);
  }
  return { root, tokens };
};

const readToken = (cursor: Cursor, tokens: PathToken[], dialect: JsonPathDialect): void => {
  if (cursor.current === '.') {
    if (cursor.inBounds(cursor.position + 1) && cursor.at(cursor.position + 1) === '.') {
      tokens.push({ kind: 'scan' });
      cursor.position += 2;
    } else {
      cursor.position++;
    }
    if (cursor.current === '.') cursor.fail("'.' must not follow here");
  }
  if (cursor.current === '[') tokens.push(readBracket(cursor, dialect));
  else if (cursor.current === '*') {
    cursor.position++;
    tokens.push({ kind: 'wildcard' });
  } else tokens.push(readName(cursor, dialect));
};

const readName = (cursor: Cursor, dialect: JsonPathDialect): PathToken => {
  const start = cursor.position;
  if (cursor.current === ' ') cursor.fail('a name must follow');
  let end = start;
  while (cursor.inBounds(end) && !'.[('.includes(cursor.at(end))) {
    if (cursor.at(end) === ' ') cursor.fail("a name with blanks must stand in brackets: ['my name']", end);
    end++;
  }
  const name = cursor.text.slice(start, end);
  const isFunction = cursor.inBounds(end) && cursor.at(end) === '(';
  cursor.position = end;
  return isFunction
    ? { kind: 'function', name, parameters: readParameters(cursor, name, dialect) }
    : { kind: 'property', names: [name] };
};

/** What stands in the parentheses that the cursor is at. Without parameters the `)` stays to be read. */
const readParameters = (cursor: Cursor, name: string, dialect: JsonPathDialect): readonly FunctionParameter[] => {
  if (dialect.checksClosing && !isBalanced(cursor)) cursor.fail(`the parameters of '${name}' are not closed`);
  if (!cursor.inBounds(cursor.position + 1)) return [];
  cursor.position++;
  return cursor.current === ')' ? [] : readFunctionParameters(cursor, name, dialect);
};

const isBalanced = (cursor: Cursor): boolean => {
  let open = 0;
  for (let at = cursor.position; cursor.inBounds(at); at++) {
    if (cursor.at(at) === '(') open++;
    else if (cursor.at(at) === ')' && --open === 0) return true;
  }
  return false;
};
