import { double } from '../vtl/values/numbers.ts';
import { partText } from '../vtl/values/text.ts';
import { JavaList, type Value } from '../vtl/values/value.ts';
import { JsonPathError } from './errors.ts';
import { isNumber, isObject, keysOf, numberOf } from './json-value.ts';

/** A parameter when the function is called. `children` is what `length` counts of one that is a path. */
export type Argument = { readonly value: unknown; readonly children: (() => unknown) | null };

type PathFunction = (model: unknown, parameters: readonly Argument[]) => unknown;

/** The values that a parameter brings: the elements of a list, else itself. */
const spread = (parameters: readonly Argument[]): readonly unknown[] => parameters.flatMap(({ value }) => value);

/** Computes in doubles: the sum of 1 and 2 is 3.0. */
const aggregate =
  (compute: (numbers: readonly number[]) => number): PathFunction =>
  (model, parameters) => {
    const numbers = [...(Array.isArray(model) ? model : []), ...spread(parameters)].filter(isNumber).map(numberOf);
    if (numbers.length === 0) throw new JsonPathError('there is no number to compute with');
    return double(compute(numbers));
  };

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const length: PathFunction = (model, [first]) => {
  if (first) {
    if (!first.children) throw new JsonPathError("'length' takes a path");
    const children = first.children();
    if (Array.isArray(children)) return children.length;
  }
  if (Array.isArray(model)) return model.length;
  return isObject(model) ? keysOf(model).length : null;
};

/** The element at an index; one below zero counts from the end, from where Jayway does not reach the first element. */
const elementAt = (model: unknown, index: number): unknown => {
  if (!Array.isArray(model)) throw new JsonPathError('this function takes a list');
  const from = index < 0 ? model.length + index : index;
  if (index < 0 && from <= 0) throw new JsonPathError(`the list has no element ${index}`);
  if (from >= model.length) throw new JsonPathError(`the list has no element ${index}`, 'out of bounds');
  return model[from];
};

const index: PathFunction = (model, parameters) => {
  if (!Array.isArray(model)) throw new JsonPathError("'index' takes a list");
  const wanted = spread(parameters).find(isNumber);
  if (wanted === undefined) throw new JsonPathError("'index' takes a number", 'out of bounds');
  return elementAt(model, Math.trunc(numberOf(wanted)));
};

const concat: PathFunction = (model, parameters) =>
  (Array.isArray(model) ? model : []).filter((each) => typeof each === 'string').join('') +
  spread(parameters)
    .filter((each) => each !== null)
    .map((each) => partText(each as Value))
    .join('');

/** A copy stands in for the document's list, which Jayway itself appends to. */
const append: PathFunction = (model, parameters) =>
  Array.isArray(model) ? [...model, ...parameters.map(({ value }) => value)] : model;

export const pathFunctions: Readonly<Record<string, PathFunction>> = {
  avg: aggregate((numbers) => sum(numbers) / numbers.length),
  sum: aggregate(sum),
  min: aggregate((numbers) => numbers.reduce((least, each) => Math.min(least, each), Number.MAX_VALUE)),
  // Java's Double.MIN_VALUE is the least above zero: the maximum of numbers below zero is that.
  max: aggregate((numbers) => numbers.reduce((most, each) => Math.max(most, each), Number.MIN_VALUE)),
  stddev: aggregate((numbers) => {
    const mean = sum(numbers) / numbers.length;
    return Math.sqrt(sum(numbers.map((each) => each * each)) / numbers.length - mean * mean);
  }),
  length,
  size: length,
  concat,
  append,
  keys: (model) => (isObject(model) ? new JavaList(keysOf(model), 'set') : null),
  first: (model) => elementAt(model, 0),
  last: (model) => elementAt(model, -1),
  index,
};
