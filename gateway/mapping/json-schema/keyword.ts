import type { TypeName } from './json-node.ts';
import type { Check, SchemaNode } from './schema-node.ts';

/** A keyword as it is compiled: which types it concerns, and what it checks. Null where it checks nothing. */
export type Keyword = {
  readonly types: readonly TypeName[];
  readonly compile: (place: KeywordPlace) => Check<never> | null;
};

export type KeywordPlace = {
  readonly schema: Readonly<Record<string, unknown>>;
  /** The node of a schema within this one, by the path that leads to it. */
  readonly node: (...path: readonly (string | number)[]) => SchemaNode;
  /** The same for a schema that is applied to the same value. */
  readonly sameValue: (...path: readonly (string | number)[]) => SchemaNode;
};

/** The names in the order in which the validator takes them: by UTF-16 units, as JavaScript sorts. */
export const sortedNames = (object: unknown): readonly string[] => Object.keys(object ?? {}).sort();
