import type { Place } from '../../model/place.ts';
import type { Problems } from '../problems.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, placeOf } from '../text/positions.ts';
import { type Call, type Lookup, type Removed, removed, type Scope } from './call.ts';
import { intrinsicFunctions } from './functions.ts';
import { transform } from './include.ts';
import { intrinsicName } from './pending.ts';

export type Evaluator = {
  /** The value with every function called that can be; null where nothing remains. */
  evaluate(value: Plain): Plain;
};

/**
 * One pass over values. A template takes two: the first knows parameters, mappings and conditions, and leaves what names
 * a resource as it is; the second, after SAM's expansion, knows the resources too.
 */
export const createEvaluator = (scope: Scope, lookup: Lookup, problems: Problems): Evaluator => {
  // Anchors share objects; each is evaluated once.
  const memo = new WeakMap<object, Plain | Removed>();
  // What SAM's expansion writes has no place of its own: it stands where the nearest thing around it does.
  let around: Place | null = null;

  const evaluate = (value: Plain): Plain | Removed => {
    if (typeof value !== 'object' || value === null) return value;
    const known = memo.get(value);
    if (known !== undefined) return known;
    const outside = around;
    around = placeOf(value) ?? outside;
    const result = evaluateContainer(value);
    around = outside;
    memo.set(value, result);
    return result;
  };

  const evaluateContainer = (value: PlainMap | readonly Plain[]): Plain | Removed => {
    if (isList(value)) return evaluateList(value);
    if (!isMap(value)) return value;
    const name = intrinsicName(value);
    if (name !== null && name !== 'Fn::Transform') return call(name, value);
    const evaluated = evaluateMap(value);
    return Object.hasOwn(value, 'Fn::Transform') ? transform(callOf('Fn::Transform', evaluated)) : evaluated;
  };

  const evaluateList = (value: readonly Plain[]): Plain => {
    const items: Plain[] = [];
    let changed = false;
    for (const item of value) {
      const result = evaluate(item);
      if (result !== item) changed = true;
      if (result !== removed) items.push(result);
    }
    return changed ? copyPlace(value, items) : value;
  };

  const evaluateMap = (value: PlainMap): PlainMap => {
    const entries: [string, Plain][] = [];
    let changed = false;
    for (const key in value) {
      if (key.startsWith('Fn::') && key !== 'Fn::Transform') refuseStray(value, key);
      const result = evaluate(value[key]!);
      if (result !== value[key]) changed = true;
      if (result !== removed) entries.push([key, result]);
    }
    return changed ? copyPlace(value, Object.fromEntries(entries)) : value;
  };

  /** AWS takes a function for a map's only key, and nothing beside it. */
  const refuseStray = (value: PlainMap, key: string): void => {
    const isOne = Object.hasOwn(intrinsicFunctions, key);
    const what = isOne ? `${key} stands beside other keys.` : `${key} has no place here.`;
    const remedy = isOne ? 'A function is its map’s only key.' : 'Mend its name, or move it.';
    problems.add(what, placeOf(value, key) ?? around, remedy);
  };

  const callOf = (name: string, node: PlainMap): Call => {
    const args = node[name] ?? null;
    const place = placeOf(node) ?? around;
    return {
      name,
      args,
      node,
      place,
      scope,
      lookup,
      evaluate,
      arguments() {
        const result = evaluate(args);
        return result === removed ? null : result;
      },
      refuse(what, remedy) {
        problems.add(what, place, remedy);
        return '';
      },
      keep: (kept) => copyPlace(node, { [name]: kept }),
    };
  };

  const call = (name: string, node: PlainMap): Plain | Removed => {
    const run = entry(intrinsicFunctions, name);
    const current = callOf(name, node);
    if (run) return run(current);
    return current.refuse(`${name} is not honoured.`, 'Write its value instead.');
  };

  return {
    evaluate(value) {
      const result = evaluate(value);
      return result === removed ? null : result;
    },
  };
};
