import { matchesWhole } from '../../java-regex/java-regex.ts';
import { numberText } from '../vtl/values/numbers.ts';
import type { JsonPathDialect } from './dialect.ts';
import { JsonPathError } from './errors.ts';
import { elementsOf, type FilterValue, isEqual, isJson, isSameKind, plain, WrittenPattern } from './filter-value.ts';
import { isNumber, isObject, numberOf } from './json-value.ts';

type Comparison = (left: FilterValue, right: FilterValue) => boolean;

/** What an operator asks. */
export const comparisonOf = (operator: string, dialect: JsonPathDialect): Comparison => {
  const compare = comparisons[operator]!;
  return (left, right) => compare(left, right, dialect);
};

type DialectComparison = (left: FilterValue, right: FilterValue, dialect: JsonPathDialect) => boolean;

const ordered =
  (holds: (order: number) => boolean): DialectComparison =>
  (left, right) => {
    if (isNumber(left) && isNumber(right)) return holds(numberOf(left) - numberOf(right));
    if (typeof left !== 'string' || typeof right !== 'string') return false;
    return holds(left < right ? -1 : left > right ? 1 : 0);
  };

/** What the right side must be: if it is not, no element passes the filter, whatever else the filter says. */
const demanded = (what: string): never => {
  throw new JsonPathError(`the filter expected ${what}`, 'invalid');
};

/** The elements of a side that must be a list; null where it is JSON of another kind. */
const listOf = (value: FilterValue, dialect: JsonPathDialect): readonly FilterValue[] | null =>
  isJson(value) ? elementsOf(value, dialect) : demanded('a list');

const ofLists =
  (holds: (left: readonly FilterValue[], right: readonly FilterValue[]) => boolean): DialectComparison =>
  (left, right, dialect) => {
    const wanted = listOf(right, dialect);
    const found = wanted && listOf(left, dialect);
    return wanted !== null && found !== null && holds(found, wanted);
  };

const isIn: DialectComparison = (left, right, dialect) =>
  listOf(right, dialect)?.some((element) => isEqual(left, element)) ?? false;

const isTypeSafelyEqual: DialectComparison = (left, right) => isSameKind(left, right) && isEqual(left, right);

const comparisons: Readonly<Record<string, DialectComparison>> = {
  '==': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '===': isTypeSafelyEqual,
  '!==': (left, right, dialect) => !isTypeSafelyEqual(left, right, dialect),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '=~': (left, right, dialect) => {
    if (left instanceof WrittenPattern === right instanceof WrittenPattern) return false;
    if (left instanceof WrittenPattern) return matches(left, right, dialect);
    return right instanceof WrittenPattern && matches(right, left, dialect);
  },
  IN: isIn,
  NIN: (left, right, dialect) => !isIn(left, right, dialect),
  CONTAINS: (left, right, dialect) => {
    if (typeof left === 'string' && typeof right === 'string') return left.includes(right);
    return isJson(left) && (elementsOf(left, dialect)?.some((element) => isEqual(right, element)) ?? false);
  },
  SIZE: (left, right) => {
    if (!isNumber(right)) return false;
    const size = Math.trunc(numberOf(right));
    if (typeof left === 'string') return left.length === size;
    const list = isJson(left) ? plain(left) : null;
    return list !== null && (Array.isArray(list) ? list.length : -1) === size;
  },
  EMPTY: (left, right) => {
    if (typeof left !== 'string' && !isJson(left)) return false;
    const value = plain(left);
    if (isObject(value)) throw new JsonPathError("Jayway's 'empty' takes no objects");
    const isEmpty = typeof value === 'string' || Array.isArray(value) ? value.length === 0 : true;
    return typeof right === 'boolean' ? isEmpty === right : demanded('true or false');
  },
  SUBSETOF: ofLists((left, right) => left.every((each) => right.some((other) => isEqual(each, other)))),
  ANYOF: ofLists((left, right) => left.some((each) => right.some((other) => isEqual(each, other)))),
  NONEOF: ofLists((left, right) => !left.some((each) => right.some((other) => isEqual(each, other)))),
  // These three compare with what a program passes in; nothing that can be written in a path is of their kind.
  ALL: () => demanded('a list of values'),
  TYPE: () => demanded('a class'),
  MATCHES: () => demanded('a predicate'),
};

const matches = ({ pattern }: WrittenPattern, value: FilterValue, dialect: JsonPathDialect): boolean => {
  const elements = dialect.patternsTakeLists && isJson(value) ? elementsOf(value, dialect) : null;
  return elements
    ? elements.some((element) => matchesWhole(textOf(element), pattern))
    : matchesWhole(textOf(value), pattern);
};

const textOf = (value: FilterValue): string => {
  if (isNumber(value)) return numberText(value);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
};
