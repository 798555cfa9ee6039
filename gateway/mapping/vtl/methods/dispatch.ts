import { isMap } from '../values/maps.ts';
import { type JavaNumber, numberKind } from '../values/numbers.ts';
import { ForeachScope, HostObject, JavaChar, JavaIterator, JavaList, MapEntry, type Value } from '../values/value.ts';
import { listMethods, mapMethods, setMethods } from './collection-methods.ts';
import { type Candidates, candidates, invoke, type MethodTable, overloads } from './method-table.ts';
import { booleanMethods, numberMethods } from './number-methods.ts';
import { charMethods, entryMethods, foreachMethods, iteratorMethods } from './object-methods.ts';
import { stringMethods } from './string-methods.ts';

/** A method call prepared for its name and count of arguments; undefined where the receiver has no such method. */
export type Invoker = (receiver: Value, values: readonly Value[]) => Value;

export const prepareCall = (name: string, count: number, conversions: boolean): Invoker => {
  const of = <Self>(table: MethodTable<Self>): Candidates<Self> =>
    candidates(overloads(table, name, count, conversions));
  const ofString = of(stringMethods);
  const ofBoolean = of(booleanMethods);
  const ofNumber = numberMethods.map(of);
  const ofList = of(listMethods);
  const ofSet = of(setMethods);
  const ofMap = of(mapMethods);
  const ofEntry = of(entryMethods);
  const ofIterator = of(iteratorMethods);
  const ofChar = of(charMethods);
  const ofForeach = of(foreachMethods);

  return (receiver, values) => {
    switch (typeof receiver) {
      case 'string':
        return invoke(ofString, receiver, values, conversions);
      case 'boolean':
        return invoke(ofBoolean, receiver, values, conversions);
      case 'number':
      case 'bigint':
        return invoke(ofNumber[numberKind(receiver) - 1]!, receiver, values, conversions);
      case 'undefined':
        return undefined;
    }
    if (receiver === null) return undefined;
    if (isMap(receiver)) return invoke(ofMap, receiver, values, conversions);
    if (receiver instanceof HostObject) return receiver.call(name, values);
    if (Array.isArray(receiver)) return invoke(ofList, receiver, values, conversions);
    if (receiver instanceof JavaList) {
      return receiver.kind === 'set'
        ? invoke(ofSet, receiver, values, conversions)
        : invoke(ofList, receiver, values, conversions);
    }
    if (receiver instanceof MapEntry) return invoke(ofEntry, receiver, values, conversions);
    if (receiver instanceof JavaIterator) return invoke(ofIterator, receiver, values, conversions);
    if (receiver instanceof JavaChar) return invoke(ofChar, receiver, values, conversions);
    if (receiver instanceof ForeachScope) return invoke(ofForeach, receiver, values, conversions);
    const kind = numberKind(receiver);
    return kind === 0 ? undefined : invoke(ofNumber[kind - 1]!, receiver as JavaNumber, values, conversions);
  };
};
