import { JavaBigDecimal } from '../vtl/values/value.ts';
import { readJsonExactly } from './json-reader.ts';

/** Bodies that nest deeper are refused. */
export const maximumDepth = 1000;

/**
 * Reads JSON and keeps what the validator sees of a number: `1.0` and `1e2` are no integers, and integers of many digits
 * keep them all. Throws a `SyntaxError` for what is no JSON.
 */
export const parseJsonText = (text: string): unknown => {
  const value: unknown = needsCare.test(text) ? readJsonExactly(text, maximumDepth) : JSON.parse(text);
  // Each level takes two characters at least.
  if (text.length > 2 * maximumDepth && isDeeperThan(value, maximumDepth)) {
    throw new SyntaxError(`the JSON is nested more than ${maximumDepth} levels deep`);
  }
  return value;
};

/**
 * What a plain number would lose: a fraction of zeros, an exponent, or more digits than it has. Within a string such text
 * only makes the reading slower.
 */
const needsCare = /\d(?:\.0*(?!\d)|[eE]|[\d.]{15})/;

const isDeeperThan = (value: unknown, depth: number): boolean => {
  if (typeof value !== 'object' || value === null || value instanceof JavaBigDecimal) return false;
  if (depth === 0) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (isDeeperThan(member, depth - 1)) return true;
  }
  return false;
};
