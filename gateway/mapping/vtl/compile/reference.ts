import { prepareIndexSet, setProperty } from '../methods/properties.ts';
import type { Reference } from '../syntax/nodes.ts';
import { isTrue } from '../values/equality.ts';
import { toText } from '../values/text.ts';
import { DefinedBlock, JavaList, type Value } from '../values/value.ts';
import { type Compiler, located } from './compiler.ts';
import { compileValue } from './expression.ts';
import { type Evaluate, type Render, type State, setValue } from './state.ts';
import { compileSteps } from './steps.ts';

/** A reference as a value: null where anything on its way is. */
export const compileReference = (compiler: Compiler, reference: Reference): Evaluate => {
  const base = compileSteps(compiler, reference, reference.steps);
  if (!reference.alternate) return base;
  const alternate = compileValue(compiler, reference.alternate);
  const { dialect } = compiler;
  return (state) => {
    const value = base(state);
    return isTrue(value, dialect) ? value : alternate(state);
  };
};

/** A reference where it shows, and the text before it. */
export const compileShown = (compiler: Compiler, reference: Reference, before: string): Render => {
  const evaluate = compileReference(compiler, reference);
  const { dialect } = compiler;
  const { quiet, literal, backslashes } = reference;
  const half = '\\'.repeat(Math.floor(backslashes / 2));
  if (backslashes % 2 === 1) {
    return (state) => {
      const value = evaluate(state);
      const shown = state.frame?.literals.get(literal) ?? literal;
      state.out += before + (value === null || value === undefined ? `${half}\\${shown}` : half + shown);
    };
  }
  const start = before + half;
  const hidden = quiet || dialect.unresolved === 'empty';
  const unresolved = (state: State): string =>
    half + half + (hidden ? '' : (state.frame?.literals.get(literal) ?? literal));
  const oldArrays = !dialect.conversions;
  return (state) => {
    const value = evaluate(state);
    if (typeof value === 'string') {
      state.out += start + value;
      return;
    }
    if (value instanceof DefinedBlock) {
      state.out += start;
      if (!value.show()) state.out += unresolved(state);
      return;
    }
    const text = value instanceof JavaList && value.kind === 'array' && oldArrays ? arrayText(value) : toText(value);
    state.out += text === null ? before + unresolved(state) : start + text;
  };
};

/** Java shows an array by its class and where it lies in memory. */
const arrayText = ({ items }: JavaList): string => {
  const [first] = items;
  const type =
    typeof first === 'string' || first === undefined ? 'Ljava.lang.String;' : typeof first === 'number' ? 'B' : 'C';
  return `[${type}@0`;
};

/** `#set($target = …)`: gives the target a value, or, where its way ends in nothing, does nothing. */
export const compileAssignment = (compiler: Compiler, target: Reference): ((state: State, value: Value) => void) => {
  const slot = compiler.names.slot(target.name);
  const last = target.steps.at(-1);
  if (!last) {
    const nowhere = compiler.dialect.plainTargetsOnly && /^\$[!{]/.test(target.literal);
    return nowhere ? () => {} : (state, value) => setValue(state, slot, value);
  }
  const receiver = compileSteps(compiler, target, target.steps.slice(0, -1));
  if (last.kind === 'index') {
    const index = compileValue(compiler, last.index);
    const set = prepareIndexSet(compiler.dialect.conversions);
    return (state, value) => {
      const owner = receiver(state);
      if (owner === null || owner === undefined) return;
      try {
        set(owner, index(state), value);
      } catch (error) {
        located(compiler, 'an index', last.at, error);
      }
    };
  }
  const { name } = last;
  return (state, value) => {
    const owner = receiver(state);
    if (owner !== null && owner !== undefined) setProperty(owner, name, value);
  };
};
