import type { Dialect } from '../dialect.ts';
import type { Value } from '../values/value.ts';

/** A statement, ready to run: it adds to `state.out`. */
export type Render = (state: State) => void;
/** An expression, ready to run. */
export type Evaluate = (state: State) => Value;
export type Test = (state: State) => boolean;

export type CompiledMacro = {
  readonly name: string;
  readonly parameters: readonly { readonly slot: number; readonly name: string; readonly otherwise: Evaluate | null }[];
  readonly body: Render;
};

/** Gives every name in a template its place. Names that `#evaluate` brings come behind. */
export class Names {
  readonly slots: Map<string, number>;
  constructor(slots = new Map<string, number>()) {
    this.slots = slots;
  }
  slot(name: string): number {
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    const slot = this.slots.size;
    this.slots.set(name, slot);
    return slot;
  }
}

/** What one rendering has: what it has shown so far and the values of its names. */
export type State = {
  out: string;
  /** By slot; undefined where a name has no value. */
  readonly values: Value[];
  /** Inside a macro whose arguments go by name. */
  frame: MacroFrame | null;
  depth: number;
  names: Names;
  macros: ReadonlyMap<string, CompiledMacro>;
  readonly dialect: Dialect;
  /** Where a name that the template does not have comes from, for `#evaluate`. */
  readonly scope: Readonly<Record<string, Value>>;
};

/** Ends what it is thrown in: the nearest loop, macro or template; a named loop; or, for `#stop`, everything. */
export class StopCommand {
  readonly target: object | 'nearest' | 'all';
  constructor(target: object | 'nearest' | 'all') {
    this.target = target;
  }
  ends(here: object): boolean {
    return this.target === 'nearest' || this.target === here;
  }
}

/** The names of a macro's parameters in Velocity 1.7: an argument is looked up in the caller each time it is named. */
export type MacroFrame = {
  readonly inner: MacroFrame | null;
  /** What the macro has set, and arguments that are constants. */
  readonly own: Map<number, Value>;
  readonly given: Map<number, Evaluate>;
  /** How an argument was written, by the parameter's reference: shown where it has no value. */
  readonly literals: ReadonlyMap<string, string>;
};

export const getValue = (state: State, slot: number): Value =>
  state.frame === null ? state.values[slot] : inFrame(state, state.frame, slot);

const inFrame = (state: State, frame: MacroFrame, slot: number): Value => {
  const own = frame.own.get(slot);
  if (own !== undefined && own !== null) return own;
  const given = frame.given.get(slot);
  if (given === undefined) return frame.inner ? inFrame(state, frame.inner, slot) : state.values[slot];
  const before = state.frame;
  state.frame = frame.inner;
  try {
    return given(state);
  } finally {
    state.frame = before;
  }
};

export const setValue = (state: State, slot: number, value: Value): void => {
  if (state.frame !== null) setInFrames(state, slot, value);
  state.values[slot] = value;
};

const setInFrames = (state: State, slot: number, value: Value): void => {
  for (let frame = state.frame; frame; frame = frame.inner) frame.own.set(slot, value);
};

export const removeValue = (state: State, slot: number): void => {
  for (let frame = state.frame; frame; frame = frame.inner) {
    frame.own.delete(slot);
    frame.given.delete(slot);
  }
  state.values[slot] = undefined;
};

/** What `render` shows, apart from the rest. */
export const renderApart = (state: State, render: Render): string => {
  const before = state.out;
  state.out = '';
  try {
    render(state);
    return state.out;
  } finally {
    state.out = before;
  }
};
