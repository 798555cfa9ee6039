import { type Invoker, prepareCall } from '../methods/dispatch.ts';
import { getProperty, prepareIndex } from '../methods/properties.ts';
import type { Reference, Step } from '../syntax/nodes.ts';
import { isMap, mapGet } from '../values/maps.ts';
import { HostObject, type Value } from '../values/value.ts';
import { type Compiler, located } from './compiler.ts';
import { compileValue } from './expression.ts';
import { type Evaluate, getValue, type State } from './state.ts';

/** What a step is taken from: a name's value, as mostly, or what comes before it. */
type Receiver = { readonly slot: number; readonly before: Evaluate | null };

/** `$name` and the steps behind it: null where anything on the way is. */
export const compileSteps = (compiler: Compiler, { name }: Reference, steps: readonly Step[]): Evaluate => {
  const slot = compiler.names.slot(name);
  const names = compiler.dialect.conversions ? [] : leadingProperties(steps);
  let before: Evaluate | null = names.length === 0 ? null : propertyOf(slot, names);
  for (const step of steps.slice(names.length)) before = compileStep(compiler, step, { slot, before });
  return before ?? ((state) => getValue(state, slot));
};

const leadingProperties = (steps: readonly Step[]): string[] => {
  const names: string[] = [];
  for (const step of steps) {
    if (step.kind !== 'property') break;
    names.push(step.name);
  }
  return names;
};

/** `$a.b.c`, the most common way by far, in one go. */
const propertyOf = (slot: number, names: readonly string[]): Evaluate => {
  const [name] = names;
  if (names.length === 1) {
    return (state) => {
      const value = getValue(state, slot);
      return value === null || value === undefined ? null : getProperty(value, name!);
    };
  }
  return (state) => {
    let value = getValue(state, slot);
    for (let at = 0; at < names.length; at++) {
      if (value === null || value === undefined) return null;
      value = getProperty(value, names[at]!);
    }
    return value;
  };
};

const compileStep = (compiler: Compiler, step: Step, receiver: Receiver): Evaluate => {
  switch (step.kind) {
    case 'property':
      return compileProperty(compiler, step, receiver);
    case 'index':
      return compileIndex(compiler, step, receiver);
    case 'method': {
      const call = prepareCall(step.name, step.arguments.length, compiler.dialect.conversions);
      return step.name === 'get' && step.arguments.length === 1
        ? compileGet(compiler, step, receiver, call)
        : compileMethod(compiler, step, receiver, call);
    }
  }
};

const compileProperty = (
  compiler: Compiler,
  { name }: Step & { kind: 'property' },
  { slot, before }: Receiver,
): Evaluate => {
  const method = compiler.dialect.conversions ? prepareCall(name, 0, true) : null;
  return (state) => {
    const value = before === null ? getValue(state, slot) : before(state);
    if (value === null || value === undefined) return null;
    // 2.x takes a method of that name first.
    return method?.(value, none) ?? getProperty(value, name);
  };
};

const compileIndex = (compiler: Compiler, step: Step & { kind: 'index' }, { slot, before }: Receiver): Evaluate => {
  const index = compileValue(compiler, step.index);
  const get = prepareIndex(compiler.dialect.conversions);
  return (state) => {
    const value = before === null ? getValue(state, slot) : before(state);
    if (value === null || value === undefined) return null;
    try {
      return get(value, index(state));
    } catch (error) {
      return located(compiler, 'an index', step.at, error);
    }
  };
};

const none: readonly Value[] = [];

const compileMethod = (
  compiler: Compiler,
  { name, arguments: given, at }: Step & { kind: 'method' },
  { slot, before }: Receiver,
  call: Invoker,
): Evaluate => {
  const all = given.map((each) => compileValue(compiler, each));
  const first = all.length === 1 ? all[0]! : null;
  const others = (state: State): readonly Value[] => (all.length === 0 ? none : all.map((each) => each(state)));
  return (state) => {
    const value = before === null ? getValue(state, slot) : before(state);
    if (value === null || value === undefined) return null;
    const values = first === null ? others(state) : [first(state)];
    try {
      return value instanceof HostObject ? value.call(name, values) : call(value, values);
    } catch (error) {
      return located(compiler, `${name}()`, at, error);
    }
  };
};

/** `$map.get($key)`, which templates loop over. */
const compileGet = (
  compiler: Compiler,
  step: Step & { kind: 'method' },
  { slot, before }: Receiver,
  call: Invoker,
): Evaluate => {
  const key = compileValue(compiler, step.arguments[0]!);
  return (state) => {
    const value = before === null ? getValue(state, slot) : before(state);
    if (value === null || value === undefined) return null;
    const wanted = key(state);
    if (isMap(value)) return mapGet(value, wanted) ?? null;
    try {
      return call(value, [wanted]);
    } catch (error) {
      return located(compiler, 'get()', step.at, error);
    }
  };
};
