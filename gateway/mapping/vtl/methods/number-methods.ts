import { JavaException } from '../../../java-regex/java-exception.ts';
import { calculate, compareNumbers } from '../values/arithmetic.ts';
import { javaEquals } from '../values/equality.ts';
import { hashCode } from '../values/hash.ts';
import {
  double,
  integral,
  type JavaNumber,
  numberKind,
  numberText,
  parseDecimal,
  toBigInt,
  toDouble,
  toInt,
} from '../values/numbers.ts';
import { JavaDouble, type Value } from '../values/value.ts';
import { type MethodTable, methodTable } from './method-table.ts';

const notANumber = (text: Value): never => {
  throw new JavaException(`NumberFormatException: For input string: "${text}"`);
};

/** `parseInt` and `parseLong`. */
const parse = (text: Value, bits: 32 | 64, radix = 10): number | bigint => {
  if (typeof text !== 'string' || !/^[+-]?[0-9a-zA-Z]+$/.test(text)) return notANumber(text);
  let value = 0n;
  for (const digit of text.replace(/^[+-]/, '')) {
    const number = Number.parseInt(digit, 36);
    if (!(number < radix)) return notANumber(text);
    value = value * BigInt(radix) + BigInt(number);
  }
  if (text.startsWith('-')) value = -value;
  if (BigInt.asIntN(bits, value) !== value) return notANumber(text);
  return bits === 32 ? Number(value) : value;
};

const parseDouble = (text: Value): Value => {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  const special: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: 1 / 0, '-Infinity': -1 / 0 };
  if (trimmed in special) return special[trimmed];
  const digits = trimmed.replace(/[dDfF]$/, '');
  return parseDecimal(digits) ? double(Number(digits)) : notANumber(text);
};

const sign = (value: number): number => (value < 0 ? -1 : value > 0 ? 1 : 0);
const unsigned = (value: Value, bits: 32 | 64, radix: number): string =>
  BigInt.asUintN(bits, toBigInt(value as JavaNumber)).toString(radix);
const larger = (one: Value, other: Value): Value =>
  compareNumbers(one as JavaNumber, other as JavaNumber) < 0 ? other : one;
const smaller = (one: Value, other: Value): Value =>
  compareNumbers(one as JavaNumber, other as JavaNumber) > 0 ? other : one;
const asLong = (value: Value): bigint => BigInt.asIntN(64, toBigInt(value as JavaNumber));
const asDouble = (value: Value): Value => double(toDouble(value as JavaNumber));
const sum = (one: Value, other: Value): Value => calculate('+', one as JavaNumber, other as JavaNumber);

const ofEveryNumber = {
  'intValue()': toInt,
  'longValue()': asLong,
  'doubleValue()': asDouble,
  'floatValue()': (self: JavaNumber) => double(Math.fround(toDouble(self))),
  'shortValue()': (self: JavaNumber) => Number(BigInt.asIntN(16, BigInt(toInt(self)))),
  'byteValue()': (self: JavaNumber) => Number(BigInt.asIntN(8, BigInt(toInt(self)))),
  'toString()': numberText,
  'hashCode()': (self: JavaNumber) => hashCode(self),
  'equals(o)': (self: JavaNumber, other: Value) => javaEquals(self, other),
};

const integerMethods = methodTable<JavaNumber>({
  ...ofEveryNumber,
  'compareTo(i)': (self, other: number) => compareNumbers(self, other),
  'parseInt(s)': (_self, text: Value) => parse(text, 32),
  'parseInt(si)': (_self, text: Value, radix: number) => parse(text, 32, radix),
  'valueOf(i)': (_self, value: number) => value,
  'valueOf(s)': (_self, text: Value) => parse(text, 32),
  'valueOf(si)': (_self, text: Value, radix: number) => parse(text, 32, radix),
  'toString(i)': (_self, value: number) => String(value),
  'toString(ii)': (_self, value: number, radix: number) => value.toString(radix),
  'toHexString(i)': (_self, value: number) => unsigned(value, 32, 16),
  'toOctalString(i)': (_self, value: number) => unsigned(value, 32, 8),
  'toBinaryString(i)': (_self, value: number) => unsigned(value, 32, 2),
  'max(ii)': (_self, one: number, other: number) => Math.max(one, other),
  'min(ii)': (_self, one: number, other: number) => Math.min(one, other),
  'sum(ii)': (_self, one: number, other: number) => (one + other) | 0,
  'compare(ii)': (_self, one: number, other: number) => sign(one - other),
  'signum(i)': (_self, value: number) => sign(value),
});

const longMethods = methodTable<JavaNumber>({
  ...ofEveryNumber,
  'compareTo(l)': (self, other: number) => compareNumbers(self, other),
  'parseLong(s)': (_self, text: Value) => parse(text, 64),
  'parseLong(si)': (_self, text: Value, radix: number) => parse(text, 64, radix),
  'valueOf(l)': (_self, value: Value) => asLong(value),
  'valueOf(s)': (_self, text: Value) => parse(text, 64),
  'toString(l)': (_self, value: JavaNumber) => numberText(value),
  'toHexString(l)': (_self, value: Value) => unsigned(value, 64, 16),
  'toBinaryString(l)': (_self, value: Value) => unsigned(value, 64, 2),
  'max(ll)': (_self, one: Value, other: Value) => asLong(larger(one, other)),
  'min(ll)': (_self, one: Value, other: Value) => asLong(smaller(one, other)),
  'sum(ll)': (_self, one: Value, other: Value) => integral(BigInt.asIntN(64, asLong(one) + asLong(other)), true),
  'compare(ll)': (_self, one: JavaNumber, other: JavaNumber) => compareNumbers(one, other),
  'signum(l)': (_self, value: JavaNumber) => sign(toDouble(value)),
});

const doubleMethods = methodTable<JavaNumber>({
  ...ofEveryNumber,
  'isNaN()': (self) => Number.isNaN(toDouble(self)),
  'isInfinite()': (self) => Math.abs(toDouble(self)) === Number.POSITIVE_INFINITY,
  'isNaN(d)': (_self, value: JavaNumber) => Number.isNaN(toDouble(value)),
  'isInfinite(d)': (_self, value: JavaNumber) => Math.abs(toDouble(value)) === Number.POSITIVE_INFINITY,
  'isFinite(d)': (_self, value: JavaNumber) => Number.isFinite(toDouble(value)),
  'compareTo(o)': (self, other: Value) =>
    numberKind(other) === numberKind(self) ? compareNumbers(self, other as JavaNumber) : undefined,
  'parseDouble(s)': (_self, text: Value) => parseDouble(text),
  'valueOf(s)': (_self, text: Value) => parseDouble(text),
  'valueOf(d)': (_self, value: Value) => asDouble(value),
  'toString(d)': (_self, value: JavaNumber) => numberText(new JavaDouble(toDouble(value))),
  'max(dd)': (_self, one: Value, other: Value) => asDouble(larger(one, other)),
  'min(dd)': (_self, one: Value, other: Value) => asDouble(smaller(one, other)),
  'sum(dd)': (_self, one: Value, other: Value) => asDouble(sum(one, other)),
  'compare(dd)': (_self, one: JavaNumber, other: JavaNumber) => compareNumbers(one, other),
});

const bigMethods = methodTable<JavaNumber>({
  ...ofEveryNumber,
  'toPlainString()': (self) => numberText(self),
});

/** By the number's class, from Integer on. */
export const numberMethods: readonly MethodTable<JavaNumber>[] = [
  integerMethods,
  longMethods,
  doubleMethods,
  bigMethods,
  bigMethods,
];

const truth = (text: Value): boolean => typeof text === 'string' && text.toLowerCase() === 'true';

export const booleanMethods = methodTable<boolean>({
  'booleanValue()': (self) => self,
  'toString()': (self) => String(self),
  'equals(o)': (self, other: Value) => self === other,
  'hashCode()': (self) => (self ? 1231 : 1237),
  'compareTo(b)': (self, other: boolean) => Number(self) - Number(other),
  'parseBoolean(s)': (_self, text: Value) => truth(text),
  'valueOf(s)': (_self, text: Value) => truth(text),
  'valueOf(b)': (_self, value: boolean) => value,
  'toString(b)': (_self, value: boolean) => String(value),
  'logicalAnd(bb)': (_self, one: boolean, other: boolean) => one && other,
  'logicalOr(bb)': (_self, one: boolean, other: boolean) => one || other,
  'logicalXor(bb)': (_self, one: boolean, other: boolean) => one !== other,
  'compare(bb)': (_self, one: boolean, other: boolean) => Number(one) - Number(other),
});
