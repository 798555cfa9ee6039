import { isMap, mapGet, mapKeys } from './maps.ts';
import { DOUBLE, INT, type JavaNumber, numberKind, toBigInt, toDouble } from './numbers.ts';
import { JavaChar, JavaList, type Value } from './value.ts';

/** `String.hashCode`. */
export const hashOf = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
};

/** `hashCode`, of whatever Java tells it by value. */
export const hashCode = (value: Value): number => {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'string') return hashOf(value);
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (numberKind(value) !== 0) return hashOfNumber(value as JavaNumber);
  if (value instanceof JavaChar) return value.value.charCodeAt(0);
  const items = Array.isArray(value) ? value : value instanceof JavaList ? value.items : null;
  if (items) return items.reduce<number>((hash, item) => (Math.imul(hash, 31) + hashCode(item)) | 0, 1);
  if (!isMap(value)) return 0;
  return mapKeys(value).reduce<number>((hash, key) => (hash + (hashCode(key) ^ hashCode(mapGet(value, key)))) | 0, 0);
};

const hashOfNumber = (value: JavaNumber): number => {
  const kind = numberKind(value);
  if (kind === INT) return value as number;
  const bits = kind === DOUBLE ? new BigInt64Array(Float64Array.of(toDouble(value)).buffer)[0]! : toBigInt(value);
  return Number(BigInt.asIntN(32, bits ^ (BigInt.asUintN(64, bits) >> 32n)));
};
