import type { Place } from '../../model/place.ts';

/** Something in a definition that an import passes over, and fails on with `FailOnWarnings`. */
export type ImportWarning = {
  /** A dotted path into the definition. */
  readonly path: string;
  readonly what: string;
  readonly place: Place;
};

const table = new WeakMap<object, readonly ImportWarning[]>();

/** Keeps the warnings beside the definition that was read: what is built on it knows nothing of them. */
export const keepWarnings = (definition: object, warnings: readonly ImportWarning[]): void => {
  table.set(definition, warnings);
};

export const warningsOf = (definition: object): readonly ImportWarning[] => table.get(definition) ?? [];
