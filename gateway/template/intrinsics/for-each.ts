import type { Place } from '../../model/place.ts';
import { didYouMean, type Problems } from '../problems.ts';
import { describe, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, placeOf, setPlace } from '../text/positions.ts';
import { withSnippets } from './loop-includes.ts';
import { isPending, pendingName } from './pending.ts';
import { substitute } from './substitute.ts';

const prefix = 'Fn::ForEach';
const deepest = 5;
/** CloudFormation ends at 500 resources; a loop beyond this is a slip, and would only cost time. */
const most = 5000;

export const isLoop = (key: string): boolean => key === prefix || key.startsWith(`${prefix}::`);

export type LoopScope = {
  /** Collections know parameters, mappings and conditions. */
  evaluate(value: Plain): Plain;
  /** What a request of `AWS::Include` brings in. */
  snippetOf(request: Plain, place: Place | null): PlainMap;
  /** What a name already stands for, such as `parameter`; null for a free one. */
  taken(name: string): string | null;
  readonly noEcho: ReadonlySet<string>;
  readonly problems: Problems;
};

/**
 * Writes the loops of a section out: what a loop makes is laid beside the other keys of the map it stands in. It stands,
 * for messages, where the loop's body does.
 */
export const expandLoops = (section: PlainMap, scope: LoopScope): PlainMap => {
  const { problems } = scope;
  let made = 0;

  const refuse = (place: Place | null, what: string, remedy: string): null => {
    problems.add(what, place, remedy);
    return null;
  };

  const expand = (value: Plain, outer: readonly string[], logicalIds: boolean): Plain => {
    if (isList(value)) {
      const items = value.map((item) => expand(item, outer, false));
      return items.some((item, i) => item !== value[i]) ? copyPlace(value, items) : value;
    }
    return isMap(value) ? expandMap(value, outer, logicalIds) : value;
  };

  const expandMap = (map: PlainMap, outer: readonly string[], logicalIds: boolean): PlainMap => {
    const entries = new Map<string, Plain>();
    const madeAt = new Map<string, Place | null>();
    let changed = false;
    for (const key in map) {
      if (!isLoop(key)) {
        const inner = expand(map[key]!, outer, false);
        if (inner !== map[key]) changed = true;
        entries.set(key, inner);
        continue;
      }
      changed = true;
      for (const [name, value, place] of runLoop(key, map, outer, logicalIds)) {
        if (entries.has(name) || Object.hasOwn(map, name)) {
          refuse(place, `${key} makes ${name}, which is there already.`, 'Let each key hold the loop’s identifier.');
          continue;
        }
        entries.set(name, value);
        madeAt.set(name, place);
      }
    }
    if (!changed) return map;
    const result = Object.fromEntries(entries);
    const place = placeOf(map);
    if (place) {
      const places = new Map<string, Place>();
      for (const key of entries.keys()) places.set(key, madeAt.get(key) ?? placeOf(map, key) ?? place);
      setPlace(result, place, places);
    }
    return result;
  };

  const runLoop = (
    key: string,
    map: PlainMap,
    outer: readonly string[],
    logicalIds: boolean,
  ): readonly (readonly [string, Plain, Place | null])[] => {
    const loop = readLoop(key, map[key]!, placeOf(map, key), outer);
    if (loop === null) return [];
    const entries: [string, Plain, Place | null][] = [];
    for (const text of loop.collection) {
      if (++made > most) {
        refuse(placeOf(map, key), `${key} makes more than ${most} keys.`, 'Give it a shorter collection.');
        return [];
      }
      const body = substitute(loop.body, loop.identifier, text) as PlainMap;
      const written = expandMap(body, [...outer, loop.identifier], logicalIds);
      // A loop inside that makes too many is reported once, and the loops around it end.
      if (made > most) return [];
      for (const name of Object.keys(written)) {
        const place = placeOf(written, name);
        if (logicalIds && !/^[A-Za-z0-9]+$/.test(name)) {
          const remedy = `A name there is of letters and digits: &{${loop.identifier}} leaves the others out.`;
          refuse(place, `${key} makes ${name}, which is no logical id.`, remedy);
        } else entries.push([name, written[name]!, place]);
      }
    }
    return entries;
  };

  const readLoop = (
    key: string,
    args: Plain,
    place: Place | null,
    outer: readonly string[],
  ): { readonly identifier: string; readonly collection: readonly string[]; readonly body: PlainMap } | null => {
    const shape = `Write ${prefix}::Name: [Identifier, [A, B], {"Key\${Identifier}": …}].`;
    if (!/^Fn::ForEach::[A-Za-z0-9]+$/.test(key))
      return refuse(place, `${key} has no name of letters and digits.`, shape);
    const [identifier, collection, written] = isList(args) && args.length === 3 ? args : [];
    if (typeof identifier !== 'string' || collection === undefined || written === undefined || !isMap(written))
      return refuse(place, `${key} takes an identifier, a collection and a map.`, shape);
    if (!/^[A-Za-z0-9]+$/.test(identifier)) {
      return refuse(place, `${key}: ${JSON.stringify(identifier)} is no identifier.`, 'Use letters and digits.');
    }
    if (outer.length >= deepest)
      return refuse(place, `${key} stands in ${outer.length} other loops.`, `AWS takes ${deepest} in each other.`);
    const taken = scope.taken(identifier);
    const whose = outer.includes(identifier) ? 'the identifier of a loop around it' : taken && `the name of a ${taken}`;
    if (whose !== null)
      return refuse(place, `${key}: its identifier ${identifier} is ${whose} too.`, 'Rename one of the two.');
    const body = outer.length === 0 ? (withSnippets(written, scope.snippetOf) as PlainMap) : written;
    for (const name of Object.keys(body)) {
      if (isLoop(name) || name.includes(`\${${identifier}}`) || name.includes(`&{${identifier}}`)) continue;
      const known = [...name.matchAll(/[$&]\{([^}]*)\}/g)].map((match) => match[1]!);
      const hint = known.length > 0 ? didYouMean(known[0]!, [identifier]) : '';
      return refuse(
        placeOf(body, name),
        `The key ${name} of ${key} does not hold \${${identifier}}.`,
        `Each value of the collection needs a key of its own.${hint}`,
      );
    }
    const values = collectionOf(key, collection, place);
    return values === null ? null : { identifier, collection: values, body };
  };

  const collectionOf = (key: string, written: Plain, around: Place | null): readonly string[] | null => {
    const place = (typeof written === 'object' && written !== null ? placeOf(written) : null) ?? around;
    if (namesOneOf(written, scope.noEcho))
      return refuse(place, `The collection of ${key} holds a NoEcho parameter.`, 'Its values would be shown as keys.');
    const values = scope.evaluate(written);
    if (isPending(values)) {
      const remedy = 'Build it of texts, parameters and mappings: it must be known before there are resources.';
      return refuse(place, `The collection of ${key} refers to ${pendingName(values)}, which is no parameter.`, remedy);
    }
    if (!isList(values)) {
      const remedy = 'Write a list, or Ref a parameter whose type is a list.';
      return refuse(place, `The collection of ${key} is ${describe(values)}, not a list.`, remedy);
    }
    const odd = values.find((value) => typeof value === 'object');
    if (odd !== undefined)
      return refuse(place, `The collection of ${key} holds ${describe(odd)}.`, 'Each of its values must be text.');
    return values.map(String);
  };

  return expandMap(section, [], true);
};

const namesOneOf = (value: Plain, names: ReadonlySet<string>): boolean => {
  if (typeof value !== 'object' || value === null || names.size === 0) return false;
  if (isMap(value) && typeof value.Ref === 'string' && names.has(value.Ref)) return true;
  return Object.values(value).some((inner) => namesOneOf(inner, names));
};
