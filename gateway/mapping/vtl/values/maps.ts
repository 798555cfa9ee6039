import type { Value } from './value.ts';

export type JsonObject = { [name: string]: Value };
export type JavaMap = Map<Value, Value> | JsonObject;

/** A map: one that a template made, or an object of JSON. */
export const isMap = (value: Value): value is JavaMap => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Map.prototype || prototype === null;
};

/** The value of a key; undefined where there is none. Keys of JSON's objects are texts. */
export const mapGet = (map: JavaMap, key: Value): Value => {
  if (map instanceof Map) return map.get(key);
  if (typeof key !== 'string') return undefined;
  const value: unknown = map[key];
  // Data holds no functions: one that is found, like the prototype, belongs to every object.
  if (typeof value === 'function' || key === '__proto__') return Object.hasOwn(map, key) ? map[key] : undefined;
  return value as Value;
};

export const mapHas = (map: JavaMap, key: Value): boolean =>
  map instanceof Map ? map.has(key) : typeof key === 'string' && Object.hasOwn(map, key);

export const mapPut = (map: JavaMap, key: Value, value: Value): void => {
  if (map instanceof Map) map.set(key, value);
  // A key such as __proto__ must become a member like any other.
  else Object.defineProperty(map, key as string, { value, writable: true, enumerable: true, configurable: true });
};

export const mapRemove = (map: JavaMap, key: Value): void => {
  if (map instanceof Map) map.delete(key);
  else if (typeof key === 'string') delete map[key];
};

export const mapKeys = (map: JavaMap): Value[] => (map instanceof Map ? [...map.keys()] : Object.keys(map));

export const mapValues = (map: JavaMap): Value[] => (map instanceof Map ? [...map.values()] : Object.values(map));

export const mapSize = (map: JavaMap): number => (map instanceof Map ? map.size : Object.keys(map).length);
