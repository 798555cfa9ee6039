import type { Place } from '../../model/place.ts';
import type { PlainList, PlainMap } from './plain.ts';

type Container = PlainMap | PlainList;
type Positions = { readonly place: Place; readonly keys: ReadonlyMap<string, Place> };

/**
 * Where each map and list of a template stands, kept beside the data: everything after reading works on plain objects
 * and can still lead a message to its line.
 */
const table = new WeakMap<Container, Positions>();
const noKeys: ReadonlyMap<string, Place> = new Map();

export const setPlace = (value: Container, place: Place, keys: ReadonlyMap<string, Place> = noKeys): void => {
  table.set(value, { place, keys });
};

/** The place of a map or list, or of one of its keys; null for what no text stands behind. */
export const placeOf = (value: Container, key?: string | number): Place | null => {
  const positions = table.get(value);
  if (!positions) return null;
  return (key === undefined ? undefined : positions.keys.get(String(key))) ?? positions.place;
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
  const place = table.get(leader)?.place ?? others.map((other) => table.get(other)?.place).find(Boolean);
  if (!place) return to;
  const keys = new Map<string, Place>();
  for (const source of [...others, leader]) {
    for (const [key, at] of table.get(source)?.keys ?? noKeys) keys.set(key, at);
  }
  table.set(to, { place, keys });
  return to;
};
