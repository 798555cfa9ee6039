import { isObject, memberReader } from './json-value.ts';
import type { PathToken } from './path-token.ts';

/** For a path of single names and indexes, as most are: a function that walks it without an allocation. */
export const simpleFinder = (tokens: readonly PathToken[]): ((item: unknown) => unknown) | null => {
  const steps: ((value: unknown) => unknown)[] = [];
  for (const token of tokens) {
    if (token.kind === 'property' && token.names.length === 1) steps.push(member(token.names[0]!));
    else if (token.kind === 'index' && token.indexes.length === 1) steps.push(element(token.indexes[0]!));
    else return null;
  }
  return (item) => {
    let value = item;
    for (const step of steps) {
      value = step(value);
      if (value === undefined) return undefined;
    }
    return value;
  };
};

const member = (name: string): ((value: unknown) => unknown) => {
  const read = memberReader(name);
  return (value) => (isObject(value) ? read(value) : undefined);
};

const element =
  (index: number) =>
  (value: unknown): unknown =>
    Array.isArray(value) ? value[index < 0 ? value.length + index : index] : undefined;
