import { JavaException } from '../../../java-regex/java-exception.ts';
import type { Dialect } from '../dialect.ts';
import { type Position, positionAt, VtlRenderError } from '../errors.ts';
import type { Names } from './state.ts';

/** What compiling a template needs at every turn. */
export type Compiler = {
  readonly dialect: Dialect;
  readonly names: Names;
  readonly source: string;
};

export const fail = ({ source }: Compiler, reason: string, at: number): never => {
  throw new VtlRenderError(reason, positionAt(source, at));
};

/** Gives what a method throws its place in the template. Other errors are ours, and go on as they are. */
export const located = (compiler: Compiler, what: string, at: number, error: unknown): never => {
  if (!(error instanceof JavaException)) throw error;
  const position: Position = positionAt(compiler.source, at);
  throw new VtlRenderError(`${what}: ${error.message}`, position);
};
