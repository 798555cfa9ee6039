import type { JsonPathDialect } from './dialect.ts';
import { pathNotFound } from './errors.ts';
import { filterStep } from './filter-step.ts';
import { functionStep } from './function-step.ts';
import { indexStep, sliceStep } from './list-steps.ts';
import { memberStep, membersStep, type ScanFilter, wildcardStep } from './member-steps.ts';
import { isDefinite, type ParsedPath, type PathToken } from './path-token.ts';
import { scanOfNothing, scanStep } from './scan-step.ts';
import { simpleFinder } from './simple-path.ts';
import type { Evaluation, Step, StepPlace } from './step.ts';

/**
 * Makes a path ready to be evaluated. With `children` it leads on to the children of what it finds, and is as definite as it
 * was: this is what Jayway makes of a path that `length` is given.
 */
export const compileTokens = (path: ParsedPath, dialect: JsonPathDialect, children = false): Evaluation => {
  const own = dialect.functionsTakeScans ? withScanAsParameter(path.tokens) : path.tokens;
  const definite = own.every((token, n) => isDefinite(token, n === own.length - 1));
  const tokens: readonly PathToken[] = children ? [...own, { kind: 'wildcard' }] : own;
  const first = compileSteps(tokens, dialect, children);
  const run = (item: unknown, root: unknown, demanding: boolean): unknown => {
    const results: unknown[] = [];
    if (first) first(item, { root, results, demanding, scanned: -1 });
    else results.push(item);
    if (!definite) return results;
    if (results.length === 0) throw pathNotFound;
    return results.at(-1);
  };
  const evaluate: Evaluation['evaluate'] = (item, root) => run(item, root, false);
  const simple = simpleFinder(tokens);
  if (simple) return { definite, evaluate, find: simple, exists: (item) => simple(item) !== undefined };
  return {
    definite,
    evaluate,
    find: (item, root) => found(() => run(item, root, false)),
    exists: (item, root) => found(() => run(item, root, true)) !== undefined,
  };
};

const found = (evaluate: () => unknown): unknown => {
  try {
    return evaluate();
  } catch (error) {
    if (error === pathNotFound) return undefined;
    throw error;
  }
};

/** `$..a.sum()` as `$.sum($..a)`: a function computes with all that a scan finds. */
const withScanAsParameter = (tokens: readonly PathToken[]): readonly PathToken[] => {
  if (tokens[0]?.kind !== 'scan' || tokens.at(-1)?.kind !== 'function') return tokens;
  const at = tokens.findIndex(({ kind }) => kind === 'function');
  const token = tokens[at]!;
  if (token.kind !== 'function') return tokens;
  const scan: ParsedPath = { root: '$', tokens: tokens.slice(0, at) };
  return [{ ...token, parameters: [{ kind: 'path', path: scan }] }, ...tokens.slice(at + 1)];
};

const compileSteps = (tokens: readonly PathToken[], dialect: JsonPathDialect, children: boolean): Step | null => {
  const compile: StepPlace['compile'] = (inner, toChildren) => compileTokens(inner, dialect, toChildren);
  const steps: Step[] = [];
  for (let at = tokens.length - 1; at >= 0; at--) {
    const afterDefinite = tokens.slice(0, at).every((token) => isDefinite(token, false));
    const place = { next: steps[at + 1] ?? null, afterDefinite, dialect, compile };
    const filter = scanFilter(tokens, at, place, children);
    steps[at] = compileStep(tokens, at, place, steps, filter);
  }
  return steps[0] ?? null;
};

const compileStep = (
  tokens: readonly PathToken[],
  at: number,
  place: StepPlace,
  steps: readonly Step[],
  filter: ScanFilter | null,
): Step => {
  const token = tokens[at]!;
  switch (token.kind) {
    case 'property': {
      const [name] = token.names;
      if (token.names.length > 1) return membersStep(token.names, place);
      return memberStep(name!, place, filter);
    }
    case 'wildcard':
      return wildcardStep(place, filter);
    case 'index':
      return indexStep(token.indexes, place);
    case 'slice':
      return sliceStep(token.from, token.to, place);
    case 'filter':
      return filterStep(token.expression, place);
    case 'function':
      return functionStep(token, place);
    case 'scan': {
      const scanned = tokens[at + 1];
      return scanned ? scanStep(scanned, place, steps[at + 2] ?? null, at + 3 === tokens.length) : scanOfNothing;
    }
  }
};

const scanFilter = (
  tokens: readonly PathToken[],
  at: number,
  { next, dialect }: StepPlace,
  children: boolean,
): ScanFilter | null => {
  if (next || !dialect.scansKeepIndexes || tokens[at - 2]?.kind !== 'scan') return null;
  const before = tokens[at - 1]!;
  const isNamed = before.kind === 'index' && before.indexes.length === 1 && !children;
  const index = isNamed ? before.indexes[0] : null;
  return ({ scanned }) => scanned === -1 || scanned === index;
};
