import type { Place } from '../model/place.ts';
import { insteadOf, type Problems } from './problems.ts';
import { describe, entry, isList, isMap, type Plain, type PlainList, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

/** Reads the members of a map by type. What has another type is a problem with its place, and counts as absent. */
export type Reader = {
  readonly source: PlainMap;
  readonly place: Place;
  has(key: string): boolean;
  text(key: string): string | null;
  /** As `text`, and a problem where it is missing. */
  required(key: string): string;
  number(key: string): number | null;
  flag(key: string): boolean;
  map(key: string): PlainMap;
  list(key: string): PlainList;
  /** A list of texts, or one text for a list of one. */
  texts(key: string): readonly string[];
  textMap(key: string): Readonly<Record<string, string>>;
  oneOf<Choice extends string>(key: string, choices: readonly Choice[]): Choice | null;
  /** A reader of a map further in. */
  within(key: string): Reader;
  /** Readers of the maps of a list. */
  each(key: string): readonly Reader[];
  placeOf(key: string): Place;
  refuse(key: string, what: string, remedy: string): void;
};

export const createReader = (source: PlainMap, place: Place, subject: string, problems: Problems): Reader => {
  const at = (key: string): Place => placeOf(source, key) ?? place;
  const wrong = (key: string, wanted: string, value: Plain): null => {
    problems.add(`${key} of ${subject} must be ${wanted}, not ${describe(value)}.`, at(key), 'Mend its value.');
    return null;
  };
  const value = (key: string): Plain | undefined => {
    const found = entry(source, key);
    return found === null ? undefined : found;
  };
  const scalar = (found: Plain): string | null => (typeof found === 'object' ? null : String(found));

  const text = (key: string): string | null => {
    const found = value(key);
    return found === undefined ? null : (scalar(found) ?? wrong(key, 'text', found));
  };
  const map = (key: string): PlainMap => {
    const found = value(key);
    if (found === undefined) return {};
    return isMap(found) ? found : (wrong(key, 'a map', found) ?? {});
  };
  const list = (key: string): PlainList => {
    const found = value(key);
    if (found === undefined) return [];
    return isList(found) ? found : (wrong(key, 'a list', found) ?? []);
  };
  const child = (inner: PlainMap, name: string, fallback: Place): Reader =>
    createReader(inner, placeOf(inner) ?? fallback, name, problems);

  return {
    source,
    place,
    has: (key) => value(key) !== undefined,
    text,
    required(key) {
      const found = text(key);
      if (found === null && value(key) === undefined)
        problems.add(`${subject} has no ${key}.`, place, `Give it a ${key}.${insteadOf(key, Object.keys(source))}`);
      return found ?? '';
    },
    number(key) {
      const found = value(key);
      if (found === undefined) return null;
      const number =
        typeof found === 'number'
          ? found
          : typeof found === 'string' && found.trim() !== ''
            ? Number(found)
            : Number.NaN;
      return Number.isFinite(number) ? number : wrong(key, 'a number', found);
    },
    flag(key) {
      const found = value(key);
      if (found === undefined) return false;
      const word = String(scalar(found)).toLowerCase();
      if (['true', 'yes', 'on'].includes(word)) return true;
      if (!['false', 'no', 'off'].includes(word)) wrong(key, 'true or false', found);
      return false;
    },
    map,
    list,
    texts(key) {
      const found = value(key);
      if (found === undefined) return [];
      if (!isList(found)) return [scalar(found) ?? wrong(key, 'a list of texts', found) ?? ''];
      return found.map((item) => scalar(item) ?? wrong(key, 'a list of texts', item) ?? '');
    },
    textMap(key) {
      const found = map(key);
      const texts: [string, string][] = [];
      for (const [name, item] of Object.entries(found)) {
        const plain = scalar(item);
        if (plain !== null) texts.push([name, plain]);
        else
          problems.add(
            `${name} of ${subject}'s ${key} must be text, not ${describe(item)}.`,
            placeOf(found, name) ?? at(key),
            'Mend its value.',
          );
      }
      return Object.fromEntries(texts);
    },
    oneOf(key, choices) {
      const found = text(key);
      if (found === null) return null;
      const choice = choices.find((candidate) => candidate.toLowerCase() === found.toLowerCase());
      if (choice === undefined)
        problems.add(`${key} of ${subject} is ${JSON.stringify(found)}.`, at(key), `It can be ${choices.join(', ')}.`);
      return choice ?? null;
    },
    within: (key) => child(map(key), `${subject}'s ${key}`, at(key)),
    each: (key) =>
      list(key).flatMap((item, i) => {
        const itemPlace = at(key);
        if (isMap(item)) return [child(item, `item ${i + 1} of ${subject}'s ${key}`, itemPlace)];
        problems.add(
          `Item ${i + 1} of ${subject}'s ${key} must be a map, not ${describe(item)}.`,
          itemPlace,
          'Mend it.',
        );
        return [];
      }),
    placeOf: at,
    refuse: (key, what, remedy) => problems.add(what, at(key), remedy),
  };
};
