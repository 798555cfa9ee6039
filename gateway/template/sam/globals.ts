import { intrinsicName } from '../intrinsics/pending.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, mergePlaces } from '../text/positions.ts';

/** Lays `Globals` under a resource's own properties: maps merge, lists follow each other, everything else gives way. */
export const withGlobals = (globals: PlainMap, type: string, properties: PlainMap, ignore?: Plain): PlainMap => {
  const section = entry(globals, type.replace('AWS::Serverless::', ''));
  if (!isMap(section) || ignore === '*') return properties;
  const ignored = isList(ignore) ? ignore : [];
  const kept = Object.fromEntries(Object.entries(section).filter(([key]) => !ignored.includes(key)));
  const merged = merge(copyPlace(section, kept), properties) as PlainMap;
  const architectures = entry(properties, 'Architectures');
  // Of all lists this one alone takes the place of the global one: a function has one architecture.
  return architectures === undefined ? merged : copyPlace(merged, { ...merged, Architectures: architectures });
};

const merge = (global: Plain, own: Plain): Plain => {
  if (isList(global) && isList(own)) return copyPlace(own, [...global, ...own]);
  if (!isMap(global) || !isMap(own) || intrinsicName(global) !== null || intrinsicName(own) !== null) return own;
  const merged: Record<string, Plain> = { ...global };
  for (const [key, value] of Object.entries(own)) {
    const below = entry(global, key);
    merged[key] = below === undefined ? value : merge(below, value);
  }
  return mergePlaces(merged, own, global);
};
