import { type JavaNumber, numberKind, toDouble } from '../vtl/values/numbers.ts';
import type { Value } from '../vtl/values/value.ts';

/** What a document is made of is what a template works on, and objects are plain ones or `Map`s. */
export const isObject = (value: unknown): value is Record<string, unknown> | ReadonlyMap<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === Map.prototype || prototype === null;
};

const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The function that reads a member of a value that `isObject`: undefined where it lacks one. */
export const memberReader = (name: string): ((value: object) => unknown) =>
  inherited.has(name)
    ? (value) => (value instanceof Map ? value.get(name) : Object.hasOwn(value, name) ? read(value, name) : undefined)
    : (value) => (value instanceof Map ? value.get(name) : read(value, name));

const read = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];

export const keysOf = (value: object): string[] => (value instanceof Map ? [...value.keys()] : Object.keys(value));

export const membersOf = (value: object): unknown[] =>
  value instanceof Map ? [...value.values()] : Object.values(value);

/** An object of these members in this order, which for names that are numbers takes a Map. */
export const objectOf = (members: readonly (readonly [string, unknown])[]): object =>
  members.some(([name]) => /^\d+$/.test(name)) ? new Map(members) : Object.fromEntries(members);

export const isNumber = (value: unknown): value is JavaNumber => numberKind(value as Value) !== 0;

/** A number for comparison and arithmetic, which Jayway does in doubles. */
export const numberOf = (value: JavaNumber): number => toDouble(value);
