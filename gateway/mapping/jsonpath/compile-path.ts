import { compileTokens } from './compile-tokens.ts';
import { apiGatewayJsonPath, type JsonPathDialect } from './dialect.ts';
import { parsePath } from './parse-path.ts';

/** A JSONPath as Jayway reads it, ready to be applied to documents. */
export type CompiledPath = {
  readonly text: string;
  /** Whether it leads to one place: it then has that place's value, else the list of all it found. */
  readonly definite: boolean;
  /**
   * The value or the list in this document; `undefined` where Jayway throws PathNotFoundException. Throws a
   * `JsonPathError` where the path can do nothing with such a document.
   */
  readonly read: (document: unknown) => unknown;
};

/** Compiles a path, or throws a `JsonPathSyntaxError` that says where it cannot be read. */
export const compilePath = (text: string, dialect: JsonPathDialect = apiGatewayJsonPath): CompiledPath => {
  const { definite, find } = compileTokens(parsePath(text, dialect), dialect);
  return { text, definite, read: (document) => find(document, document) };
};
