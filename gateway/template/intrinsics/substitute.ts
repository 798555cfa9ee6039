import type { Place } from '../../model/place.ts';
import { isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, placeOf, setPlace } from '../text/positions.ts';

/**
 * A loop's body with one value in the place of its identifier: `${Id}` is the value, `&{Id}` its letters and digits, in
 * every key and text; `Ref: Id` is the value too. What does not name the identifier is shared, not copied.
 */
export const substitute = (value: Plain, identifier: string, text: string): Plain => {
  const whole = `\${${identifier}}`;
  const plain = `&{${identifier}}`;
  const bare = text.replace(/[^A-Za-z0-9]/g, '');
  const inText = (written: string): string =>
    written.includes('{') ? written.replaceAll(whole, () => text).replaceAll(plain, bare) : written;

  const inMap = (map: PlainMap): Plain => {
    const keys = Object.keys(map);
    if (keys.length === 1 && map.Ref === identifier) return text;
    const entries: [string, Plain][] = [];
    const places = new Map<string, Place>();
    let changed = false;
    let renamed = false;
    for (const key of keys) {
      const name = inText(key);
      const inner = visit(map[key]!);
      if (name !== key) renamed = true;
      if (inner !== map[key]) changed = true;
      entries.push([name, inner]);
    }
    if (!changed && !renamed) return map;
    const result = Object.fromEntries(entries);
    if (!renamed) return copyPlace(map, result);
    const place = placeOf(map);
    keys.forEach((key, i) => {
      const at = placeOf(map, key);
      if (at) places.set(entries[i]![0], at);
    });
    if (place) setPlace(result, place, places);
    return result;
  };

  const visit = (inner: Plain): Plain => {
    if (typeof inner === 'string') return inText(inner);
    if (isList(inner)) {
      const items = inner.map(visit);
      return items.some((item, i) => item !== inner[i]) ? copyPlace(inner, items) : inner;
    }
    return isMap(inner) ? inMap(inner) : inner;
  };
  return visit(value);
};
