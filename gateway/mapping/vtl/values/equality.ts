import type { Dialect } from '../dialect.ts';
import { asNumber, compareNumbers } from './arithmetic.ts';
import { isMap, mapGet, mapHas, mapKeys, mapSize } from './maps.ts';
import { isZero, type JavaNumber, numberKind, toBigInt, toDouble } from './numbers.ts';
import { toText } from './text.ts';
import { DefinedBlock, JavaBigDecimal, JavaBigInteger, JavaChar, JavaList, MapEntry, type Value } from './value.ts';

/** `equals`: numbers are equal only within their class. */
export const javaEquals = (left: Value, right: Value): boolean => {
  if (left === right || (left == null && right == null)) return true;
  if (left == null || right == null) return false;
  const kind = numberKind(left);
  if (kind !== 0) return kind === numberKind(right) && sameNumber(left as JavaNumber, right as JavaNumber);
  const items = itemsOf(left);
  if (items) {
    const others = itemsOf(right);
    if (!others || items.length !== others.length) return false;
    return items.every((item, at) => javaEquals(item, others[at]));
  }
  if (left instanceof JavaChar) return right instanceof JavaChar && left.value === right.value;
  if (left instanceof MapEntry) {
    return (
      right instanceof MapEntry &&
      javaEquals(left.key, right.key) &&
      javaEquals(mapGet(left.map, left.key), mapGet(right.map, right.key))
    );
  }
  if (!isMap(left) || !isMap(right) || mapSize(left) !== mapSize(right)) return false;
  return mapKeys(left).every((key) => mapHas(right, key) && javaEquals(mapGet(left, key), mapGet(right, key)));
};

const sameNumber = (left: JavaNumber, right: JavaNumber): boolean => {
  if (left instanceof JavaBigDecimal) {
    return left.unscaled === (right as JavaBigDecimal).unscaled && left.scale === (right as JavaBigDecimal).scale;
  }
  if (left instanceof JavaBigInteger) return left.value === toBigInt(right);
  return typeof left === 'bigint' || typeof right === 'bigint'
    ? toBigInt(left) === toBigInt(right)
    : Object.is(toDouble(left), toDouble(right));
};

const itemsOf = (value: Value): readonly Value[] | null =>
  Array.isArray(value) ? value : value instanceof JavaList ? value.items : null;

/** Objects of one class compare by `equals`, of unlike classes by what they show. */
const classOf = (value: Value): string => {
  if (numberKind(value) !== 0) return `number ${numberKind(value)}`;
  if (itemsOf(value)) return value instanceof JavaList && value.kind !== 'list' ? value.kind : 'list';
  if (value instanceof JavaChar) return 'character';
  if (value instanceof MapEntry) return 'entry';
  return isMap(value) ? 'map' : typeof value;
};

/** `==`. */
export const equal = (left: Value, right: Value, dialect: Dialect): boolean => {
  if (typeof left === 'string' && typeof right === 'string') return left === right;
  if (left == null || right == null) {
    if (left == null && right == null) return true;
    const other = left ?? right;
    if (other === '') return dialect.nullEqualsEmptyText;
    return other instanceof DefinedBlock && other.render() === null;
  }
  const one = asNumber(left, dialect.conversions);
  const other = one === null ? null : asNumber(right, dialect.conversions);
  if (one !== null && other !== null) return compareNumbers(one, other) === 0;
  return classOf(left) === classOf(right) && typeof left !== 'string'
    ? javaEquals(left, right)
    : toText(left) === toText(right);
};

/** Whether `#if($value)` goes in. */
export const isTrue = (value: Value, dialect: Dialect): boolean => {
  if (typeof value === 'boolean') return value;
  if (value == null) return false;
  if (!dialect.emptyIsFalse) return !(value instanceof DefinedBlock) || value.render() !== null;
  if (typeof value === 'string') return value.length > 0;
  if (numberKind(value) !== 0) return !isZero(value as JavaNumber);
  const items = itemsOf(value);
  if (items) return items.length > 0;
  if (isMap(value)) return mapSize(value) > 0;
  return true;
};
