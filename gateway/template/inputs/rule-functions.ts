import type { Place } from '../../model/place.ts';
import { didYouMean, type Problems } from '../problems.ts';
import { entry, isList, isMap, type Plain, type PlainList, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** What hangs on the account: attributes of the resources that parameters name. */
export const unknown: unique symbol = Symbol('unknown');
type Known<Value> = Value | typeof unknown;

export type RuleScope = {
  /** The value of a parameter or pseudo parameter. */
  ref(name: string): Plain | undefined;
  /** The values of all parameters of a type; null where there is none. */
  refAll(type: string): PlainList;
  names(): Iterable<string>;
  readonly problems: Problems;
};

/** How many arguments each function takes. */
const counts: Readonly<Record<string, readonly [number, number]>> = {
  'Fn::And': [2, 10],
  'Fn::Or': [2, 10],
  'Fn::Not': [1, 1],
  'Fn::Equals': [2, 2],
  'Fn::Contains': [2, 2],
  'Fn::EachMemberEquals': [2, 2],
  'Fn::EachMemberIn': [2, 2],
};
const values = ['Ref', 'Fn::RefAll', 'Fn::ValueOf', 'Fn::ValueOfAll'];

/** Whether a rule's expression holds; `unknown` where it hangs on the account. */
export const holds = (expression: Plain, scope: RuleScope, around: Place | null): Known<boolean> => {
  const { problems } = scope;
  const place = placeAt(expression, around);
  if (expression === true || expression === 'true') return true;
  if (expression === false || expression === 'false') return false;
  const name = isMap(expression) && Object.keys(expression).length === 1 ? Object.keys(expression)[0]! : '';
  const count = Object.hasOwn(counts, name) ? counts[name]! : null;
  if (count === null) {
    const what = name === '' ? 'A rule is no expression here.' : `${name} decides nothing in a rule.`;
    const known = Object.keys(counts);
    problems.add(what, place, `It can be ${known.join(', ')}.${didYouMean(name, known)}`);
    return unknown;
  }
  const args = (expression as PlainMap)[name]!;
  if (!isList(args) || args.length < count[0] || args.length > count[1]) {
    const wanted = count[0] === count[1] ? `${count[0]}` : `${count[0]} to ${count[1]}`;
    problems.add(`${name} takes a list of ${wanted}.`, place, 'Mend its arguments.');
    return unknown;
  }
  if (name === 'Fn::And') return every(args.map((arg) => holds(arg, scope, place)));
  if (name === 'Fn::Or') return not(every(args.map((arg) => not(holds(arg, scope, place)))));
  if (name === 'Fn::Not') return not(holds(args[0]!, scope, place));
  const [first, second] = args.map((arg) => evaluated(arg, scope, place)) as [Known<Plain>, Known<Plain>];
  if (first === unknown || second === unknown) return unknown;
  if (name === 'Fn::Equals') return textOf(first) === textOf(second);
  const [left, right] = [listOf(first), listOf(second)];
  if (name === 'Fn::Contains') return right.every((item) => left.includes(item));
  return name === 'Fn::EachMemberIn'
    ? left.every((item) => right.includes(item))
    : left.every((item) => item === textOf(second));
};

const not = (answer: Known<boolean>): Known<boolean> => (answer === unknown ? unknown : !answer);
const every = (answers: readonly Known<boolean>[]): Known<boolean> =>
  answers.includes(false) ? false : answers.includes(unknown) ? unknown : true;

const evaluated = (value: Plain, scope: RuleScope, around: Place | null): Known<Plain> => {
  if (isList(value)) {
    const items = value.map((item) => evaluated(item, scope, around));
    return items.some((item) => item === unknown) ? unknown : (items as Plain[]);
  }
  if (!isMap(value)) return value;
  const place = placeAt(value, around);
  const [name = '', args = null] = Object.entries(value)[0] ?? [];
  if (name === 'Ref' && typeof args === 'string') {
    const found = scope.ref(args);
    if (found !== undefined) return found;
    scope.problems.add(
      `${args} is no parameter of this template.`,
      place,
      `Rules know parameters alone.${didYouMean(args, scope.names())}`,
    );
    return unknown;
  }
  if (name === 'Fn::RefAll' && typeof args === 'string') return scope.refAll(args);
  if ((name === 'Fn::ValueOf' || name === 'Fn::ValueOfAll') && isList(args) && args.length === 2) {
    if (name === 'Fn::ValueOf' && scope.ref(String(args[0])) === undefined) {
      const remedy = `It takes the name of one.${didYouMean(String(args[0]), scope.names())}`;
      scope.problems.add(`Fn::ValueOf: there is no parameter ${String(args[0])}.`, place, remedy);
    }
    return unknown;
  }
  const remedy = `It can be ${values.join(', ')}, or a text.${didYouMean(name, values)}`;
  scope.problems.add(`${name || 'A map'} is no value in a rule.`, place, remedy);
  return unknown;
};

const placeAt = (value: Plain, around: Place | null): Place | null =>
  (typeof value === 'object' && value !== null ? placeOf(value) : null) ?? around;

const textOf = (value: Plain): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const listOf = (value: Plain): readonly string[] => (isList(value) ? value.map(textOf) : [textOf(value)]);

/** Whether an expression asks the account. */
export const asksAccount = (expression: Plain): boolean => {
  if (typeof expression !== 'object' || expression === null) return false;
  if (isMap(expression) && (entry(expression, 'Fn::ValueOf') ?? entry(expression, 'Fn::ValueOfAll')) !== undefined)
    return true;
  return Object.values(expression).some(asksAccount);
};
