import { createReader, type Reader } from '../reader.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import type { Source } from './source.ts';

/** A property that CloudFormation takes as a map or as the JSON text of one; null where there is none. */
export const jsonMap = (reader: Reader, key: string): PlainMap | null => {
  const value = entry(reader.source, key) ?? null;
  const found = typeof value === 'string' ? parsed(value) : value;
  if (found === null || isMap(found)) return found;
  reader.refuse(
    key,
    `${key} must be a map, not ${typeof value === 'string' ? 'a text that is no JSON object' : describe(value)}.`,
    'Write it out as a map.',
  );
  return null;
};

/** A reader of such a property. */
export const jsonReader = (source: Source, reader: Reader, key: string): Reader =>
  createReader(jsonMap(reader, key) ?? {}, reader.placeOf(key), key, source.problems);

const parsed = (text: string): Plain => {
  try {
    return JSON.parse(text) ?? text;
  } catch {
    return text;
  }
};

/** A number within the bounds that the service has; what lies outside is refused. */
export const between = (reader: Reader, key: string, lowest: number, highest: number, otherwise: number): number => {
  const found = reader.number(key);
  if (found === null || (found >= lowest && found <= highest)) return found ?? otherwise;
  reader.refuse(key, `${key} is ${found}.`, `It can be from ${lowest} to ${highest}.`);
  return otherwise;
};

/** Members that are passed on as they stand. */
export const membersOf = (reader: Reader, names: readonly string[]): PlainMap =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = entry(reader.source, name) ?? null;
      return value === null ? [] : [[name, value]];
    }),
  );
