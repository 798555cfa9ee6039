import {
  BIG_DECIMAL,
  BIG_INTEGER,
  DOUBLE,
  double,
  integral,
  isZero,
  type JavaNumber,
  LONG,
  numberKind,
  parseDecimal,
  toBigInt,
  toDecimal,
  toDouble,
} from './numbers.ts';
import { JavaBigDecimal, JavaBigInteger, JavaChar, type Value } from './value.ts';

type Operator = '+' | '-' | '*' | '/' | '%';

/** The class that Velocity calculates in for two operands. */
const calculationKind = (left: number, right: number): number => {
  if (left === BIG_DECIMAL || right === BIG_DECIMAL) return BIG_DECIMAL;
  if (left === BIG_INTEGER || right === BIG_INTEGER) {
    return left === DOUBLE || right === DOUBLE ? BIG_DECIMAL : BIG_INTEGER;
  }
  return left === DOUBLE || right === DOUBLE ? DOUBLE : left === LONG || right === LONG ? LONG : 1;
};

/** `left operator right` of two numbers; null for a division by zero, which is how Velocity takes it. See `toDecimal` for `exact`. */
export const calculate = (operator: Operator, left: JavaNumber, right: JavaNumber, exact = true): Value => {
  if ((operator === '/' || operator === '%') && isZero(right)) return null;
  const kind = calculationKind(numberKind(left), numberKind(right));
  if (kind === DOUBLE) return double(inDoubles(operator, toDouble(left), toDouble(right)));
  if (kind === BIG_DECIMAL) return inDecimals(operator, toDecimal(left, exact), toDecimal(right, exact));
  const whole = inIntegers(operator, toBigInt(left), toBigInt(right), kind === BIG_INTEGER);
  return kind === BIG_INTEGER ? new JavaBigInteger(whole) : integral(whole, kind === LONG);
};

const inDoubles = (operator: Operator, left: number, right: number): number => {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
};

const inIntegers = (operator: Operator, left: bigint, right: bigint, modulus: boolean): bigint => {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%': {
      const rest = left % right;
      // BigInteger.mod is never negative.
      return modulus && rest < 0n ? rest + (right < 0n ? -right : right) : rest;
    }
  }
};

const inDecimals = (operator: Operator, left: JavaBigDecimal, right: JavaBigDecimal): Value => {
  if (operator === '*') return new JavaBigDecimal(left.unscaled * right.unscaled, left.scale + right.scale);
  const scale = Math.max(left.scale, right.scale);
  const one = left.unscaled * 10n ** BigInt(scale - left.scale);
  const other = right.unscaled * 10n ** BigInt(scale - right.scale);
  if (operator === '+') return new JavaBigDecimal(one + other, scale);
  if (operator === '-') return new JavaBigDecimal(one - other, scale);
  if (operator === '%') throw new JavaArithmeticError('no modulo of decimals');
  return new JavaBigDecimal(divideHalfDown(one * 10n ** BigInt(Math.max(left.scale, 0)), other), left.scale);
};

/** Velocity has no modulo of BigDecimals. */
export class JavaArithmeticError extends Error {}

const divideHalfDown = (left: bigint, right: bigint): bigint => {
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const whole = size(left) / size(right);
  const rest = size(left) % size(right);
  const rounded = rest * 2n > size(right) ? whole + 1n : whole;
  return left < 0n === right < 0n ? rounded : -rounded;
};

/** Below zero, zero or above, as Java compares numbers of unlike classes; NaN where one is not a number. */
export const compareNumbers = (left: JavaNumber, right: JavaNumber): number => {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  const kind = calculationKind(numberKind(left), numberKind(right));
  if (kind === DOUBLE) {
    const [one, other] = [toDouble(left), toDouble(right)];
    return one < other ? -1 : one > other ? 1 : 0;
  }
  if (kind === BIG_DECIMAL) {
    const { unscaled } = inDecimals('-', toDecimal(left, true), toDecimal(right, true)) as JavaBigDecimal;
    return unscaled < 0n ? -1 : unscaled > 0n ? 1 : 0;
  }
  const [one, other] = [toBigInt(left), toBigInt(right)];
  return one < other ? -1 : one > other ? 1 : 0;
};

export const negate = (value: JavaNumber): Value => {
  const kind = numberKind(value);
  if (kind === DOUBLE) return double(-toDouble(value));
  if (value instanceof JavaBigDecimal) return new JavaBigDecimal(-value.unscaled, value.scale);
  if (value instanceof JavaBigInteger) return new JavaBigInteger(-value.value);
  return integral(-toBigInt(value), kind === LONG);
};

/** The number that a value is, or with conversions stands for; null for none. */
export const asNumber = (value: Value, conversions: boolean): JavaNumber | null => {
  if (numberKind(value) !== 0) return value as JavaNumber;
  if (!conversions) return null;
  if (typeof value === 'string') return parseDecimal(value);
  return value instanceof JavaChar ? parseDecimal(value.value) : null;
};
