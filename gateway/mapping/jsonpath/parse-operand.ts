import { matchesWhole } from '../../java-regex/java-regex.ts';
import { parseDecimal } from '../vtl/values/numbers.ts';
import type { JavaBigDecimal } from '../vtl/values/value.ts';
import { type Cursor, unescapeText } from './cursor.ts';
import type { JsonPathDialect } from './dialect.ts';
import { JsonPathSyntaxError } from './errors.ts';
import type { Operand } from './filter-expression.ts';
import { lenientJson } from './lenient-json.ts';
import { parsePath } from './parse-path.ts';

/** What comparisons are made of. */
export const isSign = (character: string): boolean => '<>=~!'.includes(character);

/** Reads one side of a comparison. */
export const readOperand = (cursor: Cursor, dialect: JsonPathDialect): Operand => {
  const first = cursor.skipBlanks().current;
  switch (first) {
    case '$':
    case '@':
      return readPathOperand(cursor, dialect);
    case "'":
    case '"':
      return readString(cursor, first);
    case 't':
    case 'f':
      return readWord(cursor, first === 't' ? 3 : 4, { true: true, false: false });
    case 'n':
      return readWord(cursor, 3, { null: null });
    case '{':
      return readJson(cursor, '{', '}');
    case '[':
      return readJson(cursor, '[', ']');
    case '/':
      return readPattern(cursor, dialect);
    default:
      return readNumber(cursor, dialect);
  }
};

const readPathOperand = (cursor: Cursor, dialect: JsonPathDialect): Operand => {
  const begin = cursor.position++;
  while (cursor.inBounds()) {
    if (cursor.current === '[') {
      const close = cursor.closing(cursor.position, '[', ']', false);
      if (close === -1) cursor.fail("'[' is not closed");
      cursor.position = close + 1;
    }
    const character = cursor.current;
    const ends = character === ')' && !closesCall(cursor, begin);
    if (!cursor.inBounds() || isSign(character) || character === ' ' || ends) break;
    cursor.position++;
  }
  const path = parsePath(cursor.text.slice(begin, cursor.position), dialect, cursor.offset + begin);
  return { kind: 'path', path };
};

/** Whether the `)` that the cursor is at ends a call without parameters, as in `@.a.length()`. */
const closesCall = (cursor: Cursor, begin: number): boolean => {
  let before = cursor.position - 1;
  while (cursor.inBounds(before) && cursor.at(before) === ' ') before--;
  if (!cursor.inBounds(before) || cursor.at(before) !== '(') return false;
  return cursor.text.lastIndexOf('.', before - 1) > begin;
};

const readString = (cursor: Cursor, quote: string): Operand => {
  const close = cursor.unescapedIndexOf(quote);
  if (close === -1) cursor.fail(`${quote} is not closed`);
  const text = cursor.text.slice(cursor.position + 1, close);
  cursor.position = close + 1;
  return { kind: 'value', value: unescapeText(text) };
};

const readWord = (cursor: Cursor, length: number, words: Readonly<Record<string, boolean | null>>): Operand => {
  const word = cursor.text.slice(cursor.position, cursor.position + length + 1);
  const value = cursor.inBounds(cursor.position + length) ? words[word] : undefined;
  if (value === undefined) cursor.fail('a value must stand here');
  cursor.position += word.length;
  return { kind: 'value', value };
};

const readJson = (cursor: Cursor, open: string, close: string): Operand => {
  const begin = cursor.position;
  const end = cursor.closing(begin, open, close, false);
  if (end === -1) cursor.fail(`'${open}' is not closed`);
  cursor.position = end + 1;
  return { kind: 'json', json: lenientJson(cursor.text.slice(begin, end + 1)) };
};

const readPattern = (cursor: Cursor, { patternsTakeLists }: JsonPathDialect): Operand => {
  const begin = cursor.position;
  const close = cursor.unescapedIndexOf('/');
  if (close === -1) cursor.fail("'/' is not closed");
  let end = close + 1;
  const flags = patternsTakeLists ? 'dixmsuU' : 'i';
  const most = patternsTakeLists ? Number.POSITIVE_INFINITY : 1;
  while (cursor.inBounds(end) && flags.includes(cursor.at(end)) && end - close <= most) end++;
  cursor.position = end;
  const given = cursor.text.slice(close + 1, end);
  const pattern = `${given && `(?${given})`}${cursor.text.slice(begin + 1, close)}`;
  try {
    matchesWhole('', pattern);
  } catch {
    throw new JsonPathSyntaxError(`'${pattern}' is no pattern`, cursor.offset + begin, false);
  }
  return { kind: 'pattern', pattern };
};

const readNumber = (cursor: Cursor, { exponents }: JsonPathDialect): Operand => {
  const begin = cursor.position;
  const characters = exponents ? /[\d.eE-]/ : /[\d.-]/;
  while (cursor.inBounds() && characters.test(cursor.current)) cursor.position++;
  const text = cursor.text.slice(begin, cursor.position);
  if (/^-?(\d+\.?\d*|\.\d+)([eE]-?\d+)?$/.test(text)) return { kind: 'value', value: writtenNumber(text) };
  throw new JsonPathSyntaxError(`'${text}' is no value`, cursor.offset + begin, false);
};

/** With all its digits where they are more than a plain number keeps: `10.0` equals the text "10.0" and no other. */
const writtenNumber = (text: string): number | JavaBigDecimal =>
  (String(Number(text)) === text ? null : parseDecimal(text)) ?? Number(text);
