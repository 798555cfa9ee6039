import type { Place } from '../../model/place.ts';
import { didYouMean, type Problems } from '../problems.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { isPending, pendingName } from './pending.ts';

/** The template's conditions, each evaluated when first asked for. */
export const createConditions = (
  declared: PlainMap,
  evaluate: (value: Plain) => Plain,
  problems: Problems,
): ((name: string, place: Place | null) => boolean) => {
  const known = new Map<string, boolean>();
  const open: string[] = [];

  const named = (name: string, place: Place | null): boolean => {
    const answer = known.get(name);
    if (answer !== undefined) return answer;
    const definition = entry(declared, name);
    if (definition === undefined) {
      problems.add(
        `There is no condition ${name}.`,
        place,
        `Declare it under Conditions.${didYouMean(name, Object.keys(declared))}`,
      );
      return false;
    }
    if (open.includes(name)) {
      problems.add(
        `Conditions stand in a circle: ${[...open.slice(open.indexOf(name)), name].join(' → ')}.`,
        placeOf(declared, name),
        'Break the circle.',
      );
      return false;
    }
    open.push(name);
    const result = test(definition, placeOf(declared, name));
    open.pop();
    known.set(name, result);
    return result;
  };

  /** A value that is known before there are resources. */
  const evaluated = (expression: Plain, place: Place | null): Plain => {
    const value = evaluate(expression);
    if (!isPending(value)) return value;
    const at = (typeof expression === 'object' && expression !== null ? placeOf(expression) : null) ?? place;
    const what = `A condition refers to ${pendingName(value)}, which is no parameter.`;
    problems.add(what, at, 'Conditions know parameters and mappings alone.');
    return '';
  };

  const test = (expression: Plain, place: Place | null): boolean => {
    if (isMap(expression) && Object.keys(expression).length === 1) {
      const [name, args] = Object.entries(expression)[0]!;
      const at = placeOf(expression) ?? place;
      if (name === 'Condition' && typeof args === 'string') return named(args, at);
      const count = Object.hasOwn(counts, name) ? counts[name] : undefined;
      if (count !== undefined) {
        if (!isList(args) || args.length < count[0] || args.length > count[1]) {
          const [least, most] = count;
          const wanted = least === most ? `${least} of them` : `${least} to ${most} of them`;
          problems.add(`${name} takes a list, ${wanted}.`, at, 'Mend the list.');
          return false;
        }
        if (name === 'Fn::Equals') return same(evaluated(args[0]!, at), evaluated(args[1]!, at));
        if (name === 'Fn::Not') return !test(args[0]!, at);
        const answers = args.map((arg) => test(arg, at));
        return name === 'Fn::And' ? answers.every(Boolean) : answers.some(Boolean);
      }
    }
    const value = evaluated(expression, place);
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    problems.add('This is not a condition.', place, 'Build it of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition.');
    return false;
  };

  return named;
};

/** How many arguments each function takes. */
const counts: Readonly<Record<string, readonly [number, number]>> = {
  'Fn::Equals': [2, 2],
  'Fn::Not': [1, 1],
  'Fn::And': [2, 10],
  'Fn::Or': [2, 10],
};

/** CloudFormation compares values as text. */
const same = (a: Plain, b: Plain): boolean =>
  typeof a === 'object' || typeof b === 'object' ? JSON.stringify(a) === JSON.stringify(b) : String(a) === String(b);
