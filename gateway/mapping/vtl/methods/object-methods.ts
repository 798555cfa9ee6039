import { JavaException } from '../../../java-regex/java-exception.ts';
import { javaEquals } from '../values/equality.ts';
import { mapGet, mapPut } from '../values/maps.ts';
import { partText } from '../values/text.ts';
import { type ForeachScope, JavaChar, type JavaIterator, type MapEntry, type Value } from '../values/value.ts';
import { methodTable } from './method-table.ts';

export const entryMethods = methodTable<MapEntry>({
  'getKey()': (self) => self.key ?? null,
  'getValue()': (self) => mapGet(self.map, self.key) ?? null,
  'setValue(o)': (self, value: Value) => {
    const before = mapGet(self.map, self.key) ?? null;
    mapPut(self.map, self.key, value);
    return before;
  },
  'toString()': (self) => partText(self),
  'equals(o)': (self, other: Value) => javaEquals(self, other),
});

export const iteratorMethods = methodTable<JavaIterator>({
  'hasNext()': (self) => self.at < self.items.length,
  'next()': (self) => {
    if (self.at >= self.items.length) throw new JavaException('NoSuchElementException');
    return self.items[self.at++] ?? null;
  },
});

export const charMethods = methodTable<JavaChar>({
  'charValue()': (self) => self,
  'toString()': (self) => self.value,
  'equals(o)': (self, other: Value) => other instanceof JavaChar && other.value === self.value,
  'compareTo(o)': (self, other: Value) =>
    other instanceof JavaChar ? self.value.charCodeAt(0) - other.value.charCodeAt(0) : undefined,
  'hashCode()': (self) => self.value.charCodeAt(0),
});

const topmost = (scope: ForeachScope): ForeachScope => (scope.parent ? topmost(scope.parent) : scope);

/** `$foreach.index` and its like; what is not among them is the scope's own, or an outer scope's. */
export const foreachProperty = (scope: ForeachScope, name: string): Value => {
  switch (name) {
    case 'index':
      return scope.index;
    case 'count':
      return scope.index + 1;
    case 'hasNext':
      return scope.hasNext;
    case 'first':
      return scope.index < 1;
    case 'last':
      return !scope.hasNext;
    case 'parent':
      return scope.parent;
    case 'topmost':
      return topmost(scope);
    case 'replaced':
      return scope.replaced;
    default: {
      const own = scope.own?.get(name);
      return own ?? (scope.parent ? foreachProperty(scope.parent, name) : undefined);
    }
  }
};

export const foreachMethods = methodTable<ForeachScope>({
  'getIndex()': (self) => self.index,
  'getCount()': (self) => self.index + 1,
  'hasNext()': (self) => self.hasNext,
  'getHasNext()': (self) => self.hasNext,
  'isFirst()': (self) => self.index < 1,
  'getFirst()': (self) => self.index < 1,
  'isLast()': (self) => !self.hasNext,
  'getLast()': (self) => !self.hasNext,
  'getParent()': (self) => self.parent,
  'getTopmost()': topmost,
  'get(o)': (self, key: Value) => (typeof key === 'string' ? (ownValue(self, key) ?? null) : null),
  'put(oo)': (self, key: Value, value: Value) => {
    const before = self.own?.get(key) ?? null;
    self.put(key, value);
    return before;
  },
});

const ownValue = (scope: ForeachScope, key: Value): Value =>
  scope.own?.get(key) ?? (scope.parent ? ownValue(scope.parent, key) : undefined);
