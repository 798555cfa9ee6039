import { VtlRenderError, VtlSyntaxError } from '../errors.ts';
import type { Node } from '../syntax/nodes.ts';
import { parseTemplate } from '../syntax/template.ts';
import { partText } from '../values/text.ts';
import { type Compiler, fail } from './compiler.ts';
import { compileValue } from './expression.ts';
import { compileMacro } from './macro.ts';
import { type CompiledMacro, Names, type Render, type State, StopCommand } from './state.ts';
import { compileNodes, endingHere } from './statements.ts';

/** `#evaluate(text)`: a template that only shows itself while rendering, so it is read then. */
export const compileEvaluate = (compiler: Compiler, { text, at }: Node & { kind: 'evaluate' }): Render => {
  const evaluate = compileValue(compiler, text);
  const { stopEndsEvaluate } = compiler.dialect;
  return (state) => {
    const value = evaluate(state);
    if (value === null || value === undefined) return;
    const render = compileLate(compiler, state, partText(value), at);
    try {
      endingHere(render, render, state);
    } catch (error) {
      if (error instanceof VtlRenderError) fail(compiler, `what “#evaluate” was given failed: ${error.message}`, at);
      if (!(stopEndsEvaluate && error instanceof StopCommand && error.target === 'all')) throw error;
    }
  };
};

const compileLate = (outer: Compiler, state: State, source: string, at: number): Render => {
  // This rendering's names alone grow: the template's own stay as they are.
  const names = new Names(new Map(state.names.slots));
  const compiler: Compiler = { dialect: outer.dialect, names, source };
  try {
    const { nodes, macros } = parseTemplate(source, outer.dialect);
    const late = new Map<string, CompiledMacro>();
    for (const macro of macros.values()) late.set(macro.name, compileMacro(compiler, macro));
    const render = compileNodes(compiler, nodes);
    for (const [name, slot] of names.slots) {
      if (slot >= state.names.slots.size && Object.hasOwn(state.scope, name)) state.values[slot] = state.scope[name];
    }
    state.names = names;
    state.macros = new Map([...late, ...state.macros]);
    return render;
  } catch (error) {
    if (error instanceof VtlSyntaxError)
      return fail(outer, `“#evaluate” was given a text that cannot be read: ${error.message}`, at);
    throw error;
  }
};
