import type { Place } from '../../model/place.ts';
import { didYouMean, type Problems } from '../problems.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

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

  const test = (expression: Plain, place: Place | null): boolean => {
    if (isMap(expression) && Object.keys(expression).length === 1) {
      const [name, args] = Object.entries(expression)[0]!;
      const at = placeOf(expression) ?? place;
      if (name === 'Condition' && typeof args === 'string') return named(args, at);
      if (isList(args)) {
        if (name === 'Fn::Equals' && args.length === 2) return same(evaluate(args[0]!), evaluate(args[1]!));
        if (name === 'Fn::Not' && args.length === 1) return !test(args[0]!, at);
        if (name === 'Fn::And' && args.length > 0) return args.map((arg) => test(arg, at)).every(Boolean);
        if (name === 'Fn::Or' && args.length > 0) return args.map((arg) => test(arg, at)).some(Boolean);
      }
    }
    const value = evaluate(expression);
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    problems.add('This is not a condition.', place, 'Build it of Fn::Equals, Fn::And, Fn::Or, Fn::Not and Condition.');
    return false;
  };

  return named;
};

/** CloudFormation compares values as text. */
const same = (a: Plain, b: Plain): boolean =>
  typeof a === 'object' || typeof b === 'object' ? JSON.stringify(a) === JSON.stringify(b) : String(a) === String(b);
