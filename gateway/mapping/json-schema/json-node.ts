import { numberText, parseDecimal } from '../vtl/values/numbers.ts';
import { JavaBigDecimal } from '../vtl/values/value.ts';
import { compareDecimals } from './decimal.ts';

/** The types of draft 4, in the order in which the validator names them. */
export const typeNames = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;
export type TypeName = (typeof typeNames)[number];

/** A number with a point is never an integer, not even `1.0`. In a schema numbers may come without their text. */
export const typeOf = (value: unknown): TypeName => {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'bigint':
      return 'integer';
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number';
    default:
      if (value === null || value === undefined) return 'null';
      if (Array.isArray(value)) return 'array';
      return value instanceof JavaBigDecimal ? 'number' : 'object';
  }
};

export type JsonNumber = number | bigint | JavaBigDecimal;

export const isNumber = (value: unknown): value is JsonNumber =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof JavaBigDecimal;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JavaBigDecimal);

export const toDecimal = (value: JsonNumber): JavaBigDecimal => {
  if (value instanceof JavaBigDecimal) return value;
  if (typeof value === 'bigint' || Number.isInteger(value)) return new JavaBigDecimal(BigInt(value), 0);
  return parseDecimal(String(value)) ?? new JavaBigDecimal(0n, 0);
};

/** Below zero, zero or above it as the first number is less than, equal to or greater than the second. */
export const compareNumbers = (one: JsonNumber, other: JsonNumber): number =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : compareDecimals(toDecimal(one), toDecimal(other));

/** Numbers are equal by value, objects whatever the order of their members. */
export const isSameJson = (one: unknown, other: unknown): boolean => {
  if (one === other) return true;
  if (isNumber(one)) return isNumber(other) && compareNumbers(one, other) === 0;
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((each, n) => isSameJson(each, other[n]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every((name) => Object.hasOwn(other, name) && isSameJson(one[name], other[name]));
};

/** A value as the validator prints it: compact JSON, numbers as they were written. */
export const jsonText = (value: unknown): string => {
  if (isNumber(value)) return numberText(toDecimal(value));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (!isRecord(value)) return quotedText(JSON.stringify(value ?? null));
  return `{${Object.entries(value)
    .map(([name, member]) => `${quotedText(JSON.stringify(name))}:${jsonText(member)}`)
    .join(',')}}`;
};

/** Jackson writes the digits of an escaped character in capitals. */
const quotedText = (json: string): string =>
  json.replaceAll(/\\(?:u[0-9a-f]{4}|[^u])/g, (found) =>
    found[1] === 'u' ? `\\u${found.slice(2).toUpperCase()}` : found,
  );
