import { jsonText } from './json.ts';
import { isMap, type JavaMap, mapGet, mapKeys } from './maps.ts';
import { type JavaNumber, numberText } from './numbers.ts';
import {
  DefinedBlock,
  ForeachScope,
  HostObject,
  JavaBigDecimal,
  JavaBigInteger,
  JavaChar,
  JavaDouble,
  JavaIterator,
  JavaList,
  MapEntry,
  type Value,
} from './value.ts';

/** What `toString()` gives; null for null, and for a block that is nested too deeply to show. */
export const toText = (value: Value): string | null => {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
      return numberText(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'undefined':
      return null;
    default:
      return value === null ? null : objectText(value);
  }
};

/** As a part of something else: null shows as a word. */
export const partText = (value: Value): string => toText(value) ?? 'null';

const objectText = (value: object): string | null => {
  if (Array.isArray(value)) return jsonText(value);
  if (value instanceof Map) return mapText(value);
  if (value instanceof JavaList) return listText(value);
  if (value instanceof JavaDouble || value instanceof JavaBigInteger || value instanceof JavaBigDecimal) {
    return numberText(value as JavaNumber);
  }
  if (value instanceof JavaChar) return value.value;
  if (value instanceof HostObject) return value.text();
  if (value instanceof DefinedBlock) return value.render();
  if (value instanceof MapEntry) return `${partText(value.key)}=${partText(mapGet(value.map, value.key))}`;
  if (value instanceof ForeachScope) return mapText(value.own ?? new Map());
  if (value instanceof JavaIterator) return 'java.util.Iterator';
  return isMap(value as Value) ? mapText(value as JavaMap) : '';
};

const mapText = (map: JavaMap): string =>
  `{${mapKeys(map)
    .map((key) => {
      const value = mapGet(map, key);
      return `${partText(key)}=${value === map ? '(this Map)' : partText(value)}`;
    })
    .join(', ')}}`;

const listText = (list: JavaList): string =>
  `[${list.items.map((item) => (item === list ? '(this Collection)' : partText(item))).join(', ')}]`;
