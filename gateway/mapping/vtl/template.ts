import type { Compiler } from './compile/compiler.ts';
import { compileMacro } from './compile/macro.ts';
import { type CompiledMacro, Names, type State, StopCommand } from './compile/state.ts';
import { compileNodes } from './compile/statements.ts';
import { API_GATEWAY, type Dialect } from './dialect.ts';
import { type Position, VtlRenderError, VtlSyntaxError } from './errors.ts';
import { parseTemplate } from './syntax/template.ts';
import type { Value } from './values/value.ts';

/** Values by name, without the dollar. A template may change them: give it data of its own. */
export type Scope = Readonly<Record<string, Value>>;

export type Template = {
  /** What the template shows. Throws a VtlRenderError where it fails. */
  readonly render: (scope: Scope) => string;
  /** Whether the template can ask for this name of the scope. */
  readonly mentions: (name: string) => boolean;
};

const start: Position = { line: 1, column: 1 };

/** Reads a template once, to be rendered many times. Throws a VtlSyntaxError where it cannot be read. */
export const compileTemplate = (source: string, dialect: Dialect = API_GATEWAY): Template => {
  if (source.length > dialect.mostBytes / 3 && Buffer.byteLength(source) > dialect.mostBytes) {
    throw new VtlSyntaxError(`a template has at most ${dialect.mostBytes / 1024} KB`, start);
  }
  const { nodes, macros } = parseTemplate(source, dialect);
  const names = new Names();
  const compiler: Compiler = { dialect, names, source };
  const compiled = new Map<string, CompiledMacro>();
  for (const macro of macros.values()) compiled.set(macro.name, compileMacro(compiler, macro));
  const render = compileNodes(compiler, nodes);
  const order = [...names.slots.keys()];
  const inherited = order.some((name) => name in Object.prototype);
  const evaluates = source.includes('evaluate');

  return {
    mentions: (name) => evaluates || names.slots.has(name),
    render: (scope) => {
      const values: Value[] = [];
      for (const name of order) values.push(inherited && !Object.hasOwn(scope, name) ? undefined : scope[name]);
      const state: State = { out: '', values, frame: null, depth: 0, names, macros: compiled, dialect, scope };
      try {
        render(state);
      } catch (error) {
        // Of the stack, or of a text's length.
        if (error instanceof RangeError) throw new VtlRenderError(`the template has no end: ${error.message}`, start);
        if (!(error instanceof StopCommand)) throw error;
      }
      return state.out;
    },
  };
};
