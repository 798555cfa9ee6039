import type { Place } from '../../model/place.ts';
import type { Lines } from './lines.ts';
import type { PlainList, PlainMap } from './plain.ts';

type Container = PlainMap | PlainList;
/** What a text holds: places are worked out when somebody asks for one. */
type Written = {
  readonly lines: Lines;
  readonly offset: number;
  /** Of a map; the items of a list go by their number. */
  readonly names: readonly string[] | null;
  readonly offsets: readonly number[];
};
type Made = { readonly place: Place; readonly keys: ReadonlyMap<string, Place> };

/**
 * Where each map and list of a template stands, kept beside the data: everything after reading works on plain objects
 * and can still lead a message to its line.
 */
const table = new WeakMap<Container, Written | Made>();
const noKeys: ReadonlyMap<string, Place> = new Map();

export const setPlace = (value: Container, place: Place, keys: ReadonlyMap<string, Place> = noKeys): void => {
  table.set(value, { place, keys });
};

/** As `setPlace`, by offsets into a text. */
export const setOffsets = (
  value: Container,
  lines: Lines,
  offset: number,
  offsets: readonly number[] = [],
  names: readonly string[] | null = null,
): void => {
  table.set(value, { lines, offset, names, offsets });
};

/** The place of a map or list, or of one of its keys; null for what no text stands behind. */
export const placeOf = (value: Container, key?: string | number): Place | null => {
  const positions = table.get(value);
  if (!positions) return null;
  if (!('lines' in positions))
    return (key === undefined ? undefined : positions.keys.get(String(key))) ?? positions.place;
  const { lines, offset, names, offsets } = positions;
  if (key === undefined) return lines.place(offset);
  return lines.place(offsets[names ? names.indexOf(String(key)) : Number(key)] ?? offset);
};

/** Lets a value that was made from another one stand at that one's place. */
export const copyPlace = <Value extends Container>(from: Container, to: Value): Value => {
  const positions = table.get(from);
  if (positions && from !== to && !table.has(to)) table.set(to, positions);
  return to;
};

/** As `copyPlace`, for a map laid over others: each key leads to where it was written, and the leader's keys win. */
export const mergePlaces = <Value extends Container>(
  to: Value,
  leader: Container,
  ...others: readonly Container[]
): Value => {
  const place = placeOf(leader) ?? others.map((other) => placeOf(other)).find(Boolean);
  if (!place) return to;
  const keys = new Map<string, Place>();
  for (const source of [...others, leader]) {
    for (const [key, at] of keyPlaces(source)) keys.set(key, at);
  }
  table.set(to, { place, keys });
  return to;
};

const keyPlaces = (value: Container): Iterable<readonly [string, Place]> => {
  const positions = table.get(value);
  if (!positions) return [];
  if (!('lines' in positions)) return positions.keys;
  const { lines, names, offsets } = positions;
  return offsets.map((offset, i) => [names?.[i] ?? String(i), lines.place(offset)] as const);
};
