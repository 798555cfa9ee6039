import { numberText, parseDecimal } from '../vtl/values/numbers.ts';
import { JavaList } from '../vtl/values/value.ts';
import type { JsonPathDialect } from './dialect.ts';
import { JsonPathError } from './errors.ts';
import { isDeeplyEqual } from './java-equality.ts';
import { isNumber, isObject, numberOf } from './json-value.ts';
import { type LenientJson, lenientJson } from './lenient-json.ts';
import { parsePath } from './parse-path.ts';

/**
 * One side of a comparison. What a path leads to stands for itself, `undefined` for what is not there; the classes below
 * are what only a filter has.
 */
export type FilterValue = unknown;

/** A list or an object that is written in the filter, or in a string of the document that is JSON. */
export class WrittenJson {
  readonly json: LenientJson;
  private known: { readonly elements: readonly FilterValue[] | null } | null = null;
  constructor(json: LenientJson) {
    this.json = json;
  }
  get value(): unknown {
    if ('value' in this.json) return this.json.value;
    throw new JsonPathError(this.json.failure);
  }
  /** What a filter compares with for each element of the document, made once. */
  elements(dialect: JsonPathDialect): readonly FilterValue[] | null {
    this.known ??= { elements: elementsIn(this.value, dialect) };
    return this.known.elements;
  }
}

/** A pattern that is written in the filter, in Java's words. */
export class WrittenPattern {
  readonly pattern: string;
  constructor(pattern: string) {
    this.pattern = pattern;
  }
}

/** A string in a list that reads as a path: Jayway takes it for one, and it then equals nothing. */
const pathInList = Symbol('a path in a list');

export const isJson = (value: FilterValue): boolean =>
  value instanceof WrittenJson || Array.isArray(value) || isObject(value);

export const plain = (value: FilterValue): unknown => (value instanceof WrittenJson ? value.value : value);

/** The elements of a list as sides of a comparison, or null where the value is none. */
export const elementsOf = (value: FilterValue, dialect: JsonPathDialect): readonly FilterValue[] | null =>
  value instanceof WrittenJson ? value.elements(dialect) : elementsIn(value, dialect);

const elementsIn = (list: unknown, dialect: JsonPathDialect): readonly FilterValue[] | null =>
  Array.isArray(list) ? list.map((element) => elementValue(element, dialect)) : null;

const elementValue = (element: unknown, dialect: JsonPathDialect): FilterValue => {
  if (typeof element !== 'string') {
    if (Array.isArray(element) || isObject(element) || element instanceof JavaList) {
      throw new JsonPathError('a filter compares no lists of lists, objects or sets');
    }
    return element;
  }
  const text = element.trim();
  if (/^[$@]/.test(text) && isPath(text, dialect)) return pathInList;
  if (/^(\[[\s\S]*\]|\{[\s\S]*\})$/.test(text)) {
    const json = lenientJson(text);
    if ('value' in json) return new WrittenJson(json);
  }
  return unescapedOutside(element);
};

const isPath = (text: string, dialect: JsonPathDialect): boolean => {
  try {
    parsePath(text, dialect);
    return true;
  } catch {
    return false;
  }
};

const unescapedOutside = (text: string): string => withoutQuotes(text).replaceAll(/\\([\s\S])/g, '$1');

export const withoutQuotes = (text: string): string =>
  text.length > 1 && (/^'[\s\S]*'$/.test(text) || /^"[\s\S]*"$/.test(text)) ? text.slice(1, -1) : text;

/** Jayway's `equals`, which is not symmetric: `1 == '1.0'`, but not `'1.0' == 1`. */
export const isEqual = (left: FilterValue, right: FilterValue): boolean => {
  if (left === undefined || right === undefined) return false;
  if (typeof left === 'string') return left === (isNumber(right) ? numberText(right) : right);
  if (isNumber(left)) {
    const number = typeof right === 'string' ? parseDecimal(right) : right;
    return isNumber(number) && numberOf(left) === numberOf(number);
  }
  if (left === null || typeof left === 'boolean') return left === right;
  // What is written in the filter is kept as text, which equals no list and no object.
  if (left instanceof WrittenJson || !isJson(left) || !isJson(right)) return false;
  return isDeeplyEqual(left, plain(right));
};

/** Values of one kind, as `===` demands. */
export const isSameKind = (left: FilterValue, right: FilterValue): boolean => kindOf(left) === kindOf(right);

const kindOf = (value: FilterValue): string => (isJson(value) ? 'json' : isNumber(value) ? 'number' : typeof value);
