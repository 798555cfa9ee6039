import { JavaException } from '../../../java-regex/java-exception.ts';
import { isMap, mapGet, mapPut } from '../values/maps.ts';
import { DOUBLE, INT, type JavaNumber, numberKind, toDouble } from '../values/numbers.ts';
import { ForeachScope, HostObject, JavaList, MapEntry, type Value } from '../values/value.ts';
import { type Invoker, prepareCall } from './dispatch.ts';
import { foreachProperty } from './object-methods.ts';

const bytes = prepareCall('getBytes', 0, false);
const isBlank = prepareCall('isBlank', 0, false);

/** `$receiver.name`; undefined where there is no such property. A class is never one: nothing leads out of the data. */
export const getProperty = (receiver: Value, name: string): Value => {
  if (typeof receiver === 'object' && receiver !== null) {
    if (isMap(receiver)) return mapGet(receiver, name);
    if (receiver instanceof ForeachScope) return foreachProperty(receiver, name);
    if (receiver instanceof HostObject) return receiver.property(name);
    if (Array.isArray(receiver)) return name === 'empty' ? receiver.length === 0 : undefined;
    if (receiver instanceof JavaList) return name === 'empty' ? receiver.items.length === 0 : undefined;
    if (receiver instanceof MapEntry) {
      if (name === 'key') return receiver.key;
      return name === 'value' ? mapGet(receiver.map, receiver.key) : undefined;
    }
  }
  if (typeof receiver === 'string') {
    if (name === 'empty') return receiver.length === 0;
    if (name === 'blank') return isBlank(receiver, []);
    return name === 'bytes' ? bytes(receiver, []) : undefined;
  }
  if (numberKind(receiver) !== DOUBLE) return undefined;
  const value = toDouble(receiver as JavaNumber);
  if (name === 'naN') return Number.isNaN(value);
  return name === 'infinite' ? Math.abs(value) === Number.POSITIVE_INFINITY : undefined;
};

/** `#set($receiver.name = value)`; nothing happens where it cannot be. */
export const setProperty = (receiver: Value, name: string, value: Value): void => {
  if (isMap(receiver)) mapPut(receiver, name, value);
  else if (receiver instanceof ForeachScope) receiver.put(name, value);
  else if (receiver instanceof MapEntry && name === 'value') mapPut(receiver.map, receiver.key, value);
};

/** `$receiver[index]`, which is `get`. */
export const prepareIndex = (conversions: boolean): ((receiver: Value, index: Value) => Value) => {
  const get = prepareCall('get', 1, conversions);
  return (receiver, index) => get(receiver, [fromEnd(receiver, index)]);
};

/** A negative index counts from the end, in whatever has a size. */
const fromEnd = (receiver: Value, index: Value): Value => {
  if (typeof index !== 'number' || index >= 0 || numberKind(index) !== INT) return index;
  const size = sizeOf(receiver, []);
  if (typeof size !== 'number') throw new JavaException(`a negative index (${index}) into what has no size`);
  return size + index;
};
const sizeOf: Invoker = prepareCall('size', 0, false);

/** `#set($receiver[index] = value)`, which is `set` or else `put`. */
export const prepareIndexSet = (conversions: boolean): ((receiver: Value, index: Value, value: Value) => void) => {
  const set = prepareCall('set', 2, conversions);
  const put = prepareCall('put', 2, conversions);
  return (receiver, index, value) => {
    const values = [fromEnd(receiver, index), value];
    if (isMap(receiver) || receiver instanceof ForeachScope) put(receiver, values);
    else set(receiver, values);
  };
};
