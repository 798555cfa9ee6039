import type { Cursor } from './cursor.ts';
import type { JsonPathDialect } from './dialect.ts';
import { JsonPathSyntaxError } from './errors.ts';
import type { FilterExpression, Operand } from './filter-expression.ts';
import { isSign, readOperand } from './parse-operand.ts';

/** Reads the expression of a filter, of which the cursor is at the opening parenthesis. */
export const parseFilter = (cursor: Cursor, dialect: JsonPathDialect): FilterExpression => {
  const expression = readOr(cursor, dialect);
  cursor.skipBlanks();
  if (cursor.inBounds()) cursor.fail('the filter should end here');
  return expression;
};

const readOr = (cursor: Cursor, dialect: JsonPathDialect): FilterExpression =>
  readChain(cursor, '||', 'or', () => readChain(cursor, '&&', 'and', () => readLogicalOperand(cursor, dialect)));

const readChain = (
  cursor: Cursor,
  sign: string,
  kind: 'or' | 'and',
  read: () => FilterExpression,
): FilterExpression => {
  const operands = [read()];
  while (takes(cursor, sign)) operands.push(read());
  return operands.length === 1 ? operands[0]! : { kind, operands };
};

const takes = (cursor: Cursor, sign: string): boolean => {
  const { position } = cursor;
  cursor.skipBlanks();
  if (cursor.inBounds(cursor.position + sign.length - 1) && cursor.text.startsWith(sign, cursor.position)) {
    cursor.position += sign.length;
    return true;
  }
  cursor.position = position;
  return false;
};

const readLogicalOperand = (cursor: Cursor, dialect: JsonPathDialect): FilterExpression => {
  const { position } = cursor.skipBlanks();
  if (cursor.current === '!') {
    cursor.position++;
    const next = cursor.skipBlanks().current;
    if (next !== '$' && next !== '@') return { kind: 'not', operand: readLogicalOperand(cursor, dialect) };
    cursor.position = position;
  }
  if (cursor.current !== '(') return readRelation(cursor, dialect);
  cursor.position++;
  const expression = readOr(cursor, dialect);
  if (cursor.skipBlanks().current !== ')') cursor.fail("')' must follow");
  cursor.position++;
  return expression;
};

/** `@.a < 1`, or `@.a` and `!@.a`: whether something stands there. Before a comparison `!` means nothing. */
const readRelation = (cursor: Cursor, dialect: JsonPathDialect): FilterExpression => {
  const negated = cursor.current === '!';
  if (negated) {
    cursor.position++;
    cursor.skipBlanks();
  }
  const left = readOperand(cursor, dialect);
  const { position } = cursor;
  const relation = ifReadable((): FilterExpression => {
    const operator = readOperator(cursor, dialect);
    return { kind: 'relation', left, operator, right: readRight(cursor, dialect) };
  });
  if (!(relation instanceof JsonPathSyntaxError)) return relation;
  cursor.position = position;
  const mayEnd = /^ *(?:[)&|\]]|$)/.test(cursor.text.slice(position));
  if (left.kind !== 'path' || !mayEnd) throw relation;
  return { kind: 'exists', path: left.path, wanted: !negated };
};

const readRight = (cursor: Cursor, dialect: JsonPathDialect): Operand => {
  if (cursor.skipBlanks().current !== '!') return readOperand(cursor, dialect);
  cursor.position++;
  const next = cursor.skipBlanks().current;
  return next === '$' || next === '@' ? readOperand(cursor, dialect) : cursor.fail("'!' must not stand here");
};

const readOperator = (cursor: Cursor, { operators }: JsonPathDialect): string => {
  const begin = cursor.skipBlanks().position;
  const ends = isSign(cursor.current)
    ? (character: string) => !isSign(character)
    : (character: string) => character === ' ';
  while (cursor.inBounds() && !ends(cursor.current)) cursor.position++;
  const operator = cursor.text.slice(begin, cursor.position).toUpperCase();
  return operators.has(operator) ? operator : cursor.fail(`'${operator}' is no operator`, begin);
};

const ifReadable = <Result>(read: () => Result): Result | JsonPathSyntaxError => {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonPathSyntaxError && error.recoverable) return error;
    throw error;
  }
};
