import type { TypeName } from './json-node.ts';

/** The errors found so far, in the validator's words. */
export type Report = string[];

/** The schemas that are being applied to one value, the last first: one that comes twice would never end. */
export type Trail = { readonly node: SchemaNode; readonly outer: Trail | null };

/** One keyword, or what a schema says of a value's members: adds what is wrong to the report. */
export type Check<Value = unknown> = (value: Value, report: Report, trail: Trail | null) => void;

/** A schema that is ready to be applied. References make rings of nodes, so what it holds is filled in after it is made. */
export type SchemaNode = {
  /** Where it stands in its schema, as a JSON Pointer. */
  readonly pointer: string;
  /** The checks of each type, in the order of their keywords' names, `format` last. */
  checks: Readonly<Record<TypeName, readonly Check[]>>;
  members: Check<Readonly<Record<string, unknown>>> | null;
  elements: Check<readonly unknown[]> | null;
  /** The schemas that it applies to the same value. */
  readonly alsoApplied: SchemaNode[];
  /** Whether these lead back to it. */
  mayLoop: boolean;
};

/** A schema that applies itself to the same value again. API Gateway answers 500. */
export class SchemaLoopError extends Error {
  constructor(pointer: string) {
    super(`the schema at "${pointer}" applies itself to the same value again`);
    this.name = 'SchemaLoopError';
  }
}
