import { JavaException } from '../../../java-regex/java-exception.ts';
import { javaEquals } from '../values/equality.ts';
import { hashCode } from '../values/hash.ts';
import { jsonText } from '../values/json.ts';
import { isMap, type JavaMap, mapGet, mapHas, mapKeys, mapPut, mapRemove, mapSize, mapValues } from '../values/maps.ts';
import { partText } from '../values/text.ts';
import { JavaIterator, JavaList, MapEntry, type Value } from '../values/value.ts';
import { itemsOf, methodTable } from './method-table.ts';

type List = Value[] | JavaList;

const items = (list: List): Value[] => (Array.isArray(list) ? list : list.items);

/** What a method without a result gives: it shows as nothing, where null would show as unresolved. */
const nothing = '';

const given = (values: Value): readonly Value[] => {
  const found = itemsOf(values);
  if (!found) throw new JavaException('NullPointerException');
  return found;
};

const within = (at: number, end: number): number => {
  if (at >= 0 && at < end) return at;
  throw new JavaException(`IndexOutOfBoundsException: Index ${at} out of bounds for length ${end}`);
};

const changing = (list: List): Value[] => {
  if (list instanceof JavaList && list.kind !== 'list') throw new JavaException('UnsupportedOperationException');
  return items(list);
};

const indexOf = (list: List, value: Value): number => items(list).findIndex((each) => javaEquals(each, value));
const contains = (list: List, value: Value): boolean => indexOf(list, value) >= 0;

const keep = (list: Value[], keeps: (value: Value) => boolean): boolean => {
  const kept = list.filter(keeps);
  const changed = kept.length < list.length;
  list.splice(0, list.length, ...kept);
  return changed;
};

/** What every collection has. */
const collection = {
  'size()': (self: List) => items(self).length,
  'isEmpty()': (self: List) => items(self).length === 0,
  'contains(o)': contains,
  'containsAll(c)': (self: List, values: Value) => given(values).every((value) => contains(self, value)),
  'iterator()': (self: List) => new JavaIterator(items(self)),
  'toArray()': (self: List) => new JavaList([...items(self)], 'array'),
  'toString()': (self: List) => partText(self),
  'equals(o)': (self: List, other: Value) => javaEquals(self, other),
  'hashCode()': (self: List) => hashCode(self),
};

export const setMethods = methodTable<JavaList>({
  ...collection,
  'add(o)': () => {
    throw new JavaException('UnsupportedOperationException');
  },
  'remove(o)': (self, value: Value) => {
    const at = indexOf(self, value);
    if (at < 0) return false;
    self.items.splice(at, 1);
    if (self.keysOf) mapRemove(self.keysOf, value);
    return true;
  },
});

export const listMethods = methodTable<List>({
  ...collection,
  'get(i)': (self, at: number) => items(self)[within(at, items(self).length)] ?? null,
  'set(io)': (self, at: number, value: Value) => {
    if (self instanceof JavaList && self.kind === 'fixed') throw new JavaException('UnsupportedOperationException');
    const before = items(self)[within(at, items(self).length)] ?? null;
    items(self)[at] = value;
    return before;
  },
  'indexOf(o)': indexOf,
  'lastIndexOf(o)': (self, value: Value) => items(self).findLastIndex((each) => javaEquals(each, value)),
  'subList(ii)': (self, from: number, to: number) => {
    if (from < 0 || to > items(self).length || from > to) throw new JavaException('IndexOutOfBoundsException');
    return new JavaList(items(self).slice(from, to));
  },
  'add(o)': (self, value: Value) => {
    changing(self).push(value);
    return true;
  },
  'add(io)': (self, at: number, value: Value) => {
    const list = changing(self);
    list.splice(within(at, list.length + 1), 0, value);
    return nothing;
  },
  'addAll(c)': (self, values: Value) => changing(self).push(...given(values)) > 0 && given(values).length > 0,
  'addAll(ic)': (self, at: number, values: Value) => {
    const list = changing(self);
    list.splice(within(at, list.length + 1), 0, ...given(values));
    return given(values).length > 0;
  },
  'remove(i)': (self, at: number) => changing(self).splice(within(at, items(self).length), 1)[0] ?? null,
  'remove(o)': (self, value: Value) => {
    const at = indexOf(self, value);
    if (at >= 0) changing(self).splice(at, 1);
    return at >= 0;
  },
  'removeAll(c)': (self, values: Value) => keep(changing(self), (each) => !contains(values as List, each)),
  'retainAll(c)': (self, values: Value) => keep(changing(self), (each) => contains(values as List, each)),
  'clear()': (self) => {
    changing(self).length = 0;
    return nothing;
  },
  'listIterator()': (self) => new JavaIterator(items(self)),
  'toJSONString()': (self) => (Array.isArray(self) ? jsonText(self) : undefined),
});

export const mapMethods = methodTable<JavaMap>({
  'get(o)': (self, key: Value) => mapGet(self, key) ?? null,
  'getOrDefault(oo)': (self, key: Value, otherwise: Value) =>
    (mapHas(self, key) ? mapGet(self, key) : otherwise) ?? null,
  'put(oo)': (self, key: Value, value: Value) => {
    const before = mapGet(self, key) ?? null;
    mapPut(self, key, value);
    return before;
  },
  'putIfAbsent(oo)': (self, key: Value, value: Value) => {
    const before = mapGet(self, key) ?? null;
    if (before === null) mapPut(self, key, value);
    return before;
  },
  'putAll(m)': (self, other: Value) => {
    if (!isMap(other)) throw new JavaException('NullPointerException');
    for (const key of mapKeys(other)) mapPut(self, key, mapGet(other, key));
    return nothing;
  },
  'replace(oo)': (self, key: Value, value: Value) => {
    const before = mapGet(self, key) ?? null;
    if (mapHas(self, key)) mapPut(self, key, value);
    return before;
  },
  'remove(o)': (self, key: Value) => {
    const before = mapGet(self, key) ?? null;
    mapRemove(self, key);
    return before;
  },
  'remove(oo)': (self, key: Value, value: Value) => {
    const fits = mapHas(self, key) && javaEquals(mapGet(self, key), value);
    if (fits) mapRemove(self, key);
    return fits;
  },
  'containsKey(o)': mapHas,
  'containsValue(o)': (self, value: Value) => mapValues(self).some((each) => javaEquals(each, value)),
  'keySet()': (self) => new JavaList(mapKeys(self), 'set', self),
  'values()': (self) => new JavaList(mapValues(self), 'set'),
  'entrySet()': (self) =>
    new JavaList(
      mapKeys(self).map((key) => new MapEntry(self, key)),
      'set',
    ),
  'size()': mapSize,
  'isEmpty()': (self) => mapSize(self) === 0,
  'clear()': (self) => {
    for (const key of mapKeys(self)) mapRemove(self, key);
    return nothing;
  },
  'toString()': (self) => partText(self),
  'equals(o)': (self, other: Value) => javaEquals(self, other),
  'hashCode()': (self) => hashCode(self),
});
