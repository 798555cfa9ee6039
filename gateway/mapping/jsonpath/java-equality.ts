import { isNumber, isObject, keysOf, memberReader, numberOf } from './json-value.ts';

/** Whether two lists or objects are equal as Java's are: all that is in them is. */
export const isDeeplyEqual = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one)) {
    return Array.isArray(other) && one.length === other.length && one.every((each, n) => isDeeplyEqual(each, other[n]));
  }
  if (isObject(one)) {
    if (!isObject(other)) return false;
    const keys = keysOf(one);
    if (keys.length !== keysOf(other).length) return false;
    return keys.every((key) => {
      const member = memberReader(key);
      return isDeeplyEqual(member(one), member(other));
    });
  }
  return isNumber(one) ? isNumber(other) && numberOf(one) === numberOf(other) : one === other;
};
