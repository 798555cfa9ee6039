import type { Expression, Macro, MacroCall } from '../syntax/nodes.ts';
import type { Value } from '../values/value.ts';
import { type Compiler, fail } from './compiler.ts';
import { compileValue } from './expression.ts';
import {
  type CompiledMacro,
  type Evaluate,
  getValue,
  type MacroFrame,
  type Render,
  removeValue,
  type State,
  setValue,
} from './state.ts';
import { Block, compileNodes, endingHere } from './statements.ts';

export const compileMacro = (compiler: Compiler, { name, parameters, body }: Macro): CompiledMacro => ({
  name,
  parameters: parameters.map((parameter) => ({
    name: parameter.name,
    slot: compiler.names.slot(parameter.name),
    otherwise: parameter.otherwise ? compileValue(compiler, parameter.otherwise) : null,
  })),
  body: compileNodes(compiler, body),
});

type Given = { readonly evaluate: Evaluate; readonly constant: boolean; readonly literal: string | null };

/** 1.7 looks these up each time; numbers and truths it takes once. */
const given = (compiler: Compiler, expression: Expression): Given => ({
  evaluate: compileValue(compiler, expression),
  constant: expression.kind === 'constant' && typeof expression.value !== 'string',
  literal: expression.kind === 'reference' ? expression.literal : null,
});

export const compileCall = (compiler: Compiler, call: MacroCall): Render => {
  const { name, literal, at, bareWord } = call;
  const { argumentsByName, deepestMacro } = compiler.dialect;
  const givens = call.arguments.map((each) => given(compiler, each));
  const bodySlot = compiler.names.slot('bodyContent');
  const body = call.body ? compileNodes(compiler, call.body) : null;

  return (state) => {
    const macro = state.macros.get(name);
    if (!macro) {
      state.out += literal;
      return;
    }
    if (bareWord) fail(compiler, `the arguments of “#${name}” are values, not words`, at);
    if (state.depth === deepestMacro) fail(compiler, `“#${name}” is nested more than ${deepestMacro} times`, at);
    const block = body ? new Block(state, body, deepestMacro) : null;
    state.depth++;
    try {
      if (argumentsByName) byName(state, macro, givens, bodySlot, block);
      else byValue(state, macro, givens, bodySlot, block);
    } finally {
      state.depth--;
    }
  };
};

const byName = (
  state: State,
  { parameters, body }: CompiledMacro,
  givens: readonly Given[],
  bodySlot: number,
  block: Block | null,
): void => {
  const own = new Map<number, Value>();
  const later = new Map<number, Evaluate>();
  const literals = new Map<string, string>();
  for (const [at, { slot, name }] of parameters.entries()) {
    const found = givens[at];
    if (!found) continue;
    if (found.constant) own.set(slot, found.evaluate(state));
    else later.set(slot, found.evaluate);
    if (found.literal !== null) literals.set(`$${name}`, found.literal);
  }
  if (block) own.set(bodySlot, block);
  const before = state.frame;
  const frame: MacroFrame = { inner: before, own, given: later, literals };
  state.frame = frame;
  try {
    endingHere(frame, body, state);
  } finally {
    state.frame = before;
  }
};

/** 2.x evaluates arguments once, gives them to the parameters' names, and takes back what the macro left as it was. */
const byValue = (
  state: State,
  { parameters, body }: CompiledMacro,
  givens: readonly Given[],
  bodySlot: number,
  block: Block | null,
): void => {
  const bodyBefore = getValue(state, bodySlot);
  removeValue(state, bodySlot);
  if (block) setValue(state, bodySlot, block);
  const before = parameters.map(({ slot }) => getValue(state, slot));
  const values = parameters.map(({ otherwise }, at) => (givens[at]?.evaluate ?? otherwise)?.(state) ?? null);
  for (const [at, { slot }] of parameters.entries()) setValue(state, slot, values[at]);
  try {
    endingHere(parameters, body, state);
  } finally {
    if (getValue(state, bodySlot) === (block ?? undefined)) setValue(state, bodySlot, bodyBefore);
    for (const [at, { slot }] of parameters.entries()) {
      if ((getValue(state, slot) ?? null) === values[at]) setValue(state, slot, before[at]);
    }
  }
};
