import type { JsonPathDialect } from './dialect.ts';
import type { ParsedPath } from './path-token.ts';

/** One evaluation of a path. */
export type Run = {
  readonly root: unknown;
  readonly results: unknown[];
  /** In `?(@.a.b)` a member that is missing ends the evaluation, also below a wildcard. */
  readonly demanding: boolean;
  /** The element at which a scan left its list, for a last step that asks. */
  scanned: number;
};

/** Goes on from one value: to the next step, or into the results. */
export type Step = (value: unknown, run: Run) => void;

/** What the compiler of a step knows. */
export type StepPlace = {
  readonly next: Step | null;
  /** Whether all steps before lead to one place: what is missing then ends the evaluation. */
  readonly afterDefinite: boolean;
  readonly dialect: JsonPathDialect;
  /** Compiles a path within the path, or the path to the children of where it leads. */
  readonly compile: (path: ParsedPath, children?: boolean) => Evaluation;
};

/** A path that is ready to be evaluated, from an item of a document. */
export type Evaluation = {
  readonly definite: boolean;
  /** Throws `pathNotFound` where a definite path leads nowhere. */
  readonly evaluate: (item: unknown, root: unknown) => unknown;
  /** `undefined` where `evaluate` throws `pathNotFound`. */
  readonly find: (item: unknown, root: unknown) => unknown;
  /** Whether something stands there. An indefinite path always leads somewhere, if only to an empty list. */
  readonly exists: (item: unknown, root: unknown) => boolean;
};

export const arrive = (value: unknown, run: Run, next: Step | null): void => {
  if (next) next(value, run);
  else run.results.push(value);
};
