import type { If, Node } from '../syntax/nodes.ts';
import { DefinedBlock, ForeachScope } from '../values/value.ts';
import { type Compiler, fail } from './compiler.ts';
import { compileEvaluate } from './evaluate.ts';
import { compileTest, compileValue } from './expression.ts';
import { compileForeach } from './foreach.ts';
import { compileCall } from './macro.ts';
import { compileAssignment, compileShown } from './reference.ts';
import { type Render, renderApart, type State, StopCommand, setValue, type Test } from './state.ts';

const nothing: Render = () => {};

export const compileNodes = (compiler: Compiler, nodes: readonly Node[]): Render => {
  const renders: Render[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    const next = nodes[at + 1];
    // A text and the reference or condition behind it are shown in one step.
    if (node.kind === 'text' && next?.kind === 'reference') {
      renders.push(compileShown(compiler, next, node.text));
      at++;
    } else if (node.kind === 'text' && next?.kind === 'if') {
      renders.push(compileIf(compiler, next, node.text));
      at++;
    } else renders.push(compileNode(compiler, node));
  }
  return inOrder(renders);
};

/** Runs one after the other. Written out for as many as most blocks have. */
const inOrder = (renders: readonly Render[]): Render => {
  const [first, second, third, fourth, fifth] = renders as [Render, Render, Render, Render, Render];
  switch (renders.length) {
    case 0:
      return nothing;
    case 1:
      return first;
    case 2:
      return (state) => {
        first(state);
        second(state);
      };
    case 3:
      return (state) => {
        first(state);
        second(state);
        third(state);
      };
    case 4:
      return (state) => {
        first(state);
        second(state);
        third(state);
        fourth(state);
      };
    case 5:
      return (state) => {
        first(state);
        second(state);
        third(state);
        fourth(state);
        fifth(state);
      };
    default:
      return (state) => {
        for (let at = 0; at < renders.length; at++) renders[at]!(state);
      };
  }
};

const compileNode = (compiler: Compiler, node: Node): Render => {
  switch (node.kind) {
    case 'text': {
      const { text } = node;
      return (state) => {
        state.out += text;
      };
    }
    case 'reference':
      return compileShown(compiler, node, '');
    case 'set':
      return compileSet(compiler, node);
    case 'if':
      return compileIf(compiler, node, '');
    case 'foreach':
      return compileForeach(compiler, node);
    case 'define':
      return compileDefine(compiler, node);
    case 'call':
      return compileCall(compiler, node);
    case 'evaluate':
      return compileEvaluate(compiler, node);
    case 'stop': {
      const stop = new StopCommand('all');
      return () => {
        throw stop;
      };
    }
    case 'break':
      return compileBreak(compiler, node);
  }
};

const compileSet = (compiler: Compiler, { target, value }: Node & { kind: 'set' }): Render => {
  const evaluate = compileValue(compiler, value);
  const assign = compileAssignment(compiler, target);
  if (compiler.dialect.setToNull) return (state) => assign(state, evaluate(state) ?? null);
  return (state) => {
    const found = evaluate(state);
    if (found !== null && found !== undefined) assign(state, found);
  };
};

const compileIf = (compiler: Compiler, { branches, otherwise }: If, before: string): Render => {
  let rest: Render = otherwise ? compileNodes(compiler, otherwise) : nothing;
  for (const [at, { test, body }] of [...branches.entries()].reverse()) {
    rest = branch(at === 0 ? before : '', compileTest(compiler, test), compileNodes(compiler, body), rest);
  }
  return rest;
};

const branch =
  (before: string, test: Test, body: Render, rest: Render): Render =>
  (state) => {
    if (before !== '') state.out += before;
    if (test(state)) body(state);
    else rest(state);
  };

const compileBreak = (compiler: Compiler, { scope, at }: Node & { kind: 'break' }): Render => {
  const nearest = new StopCommand('nearest');
  if (!scope) {
    return () => {
      throw nearest;
    };
  }
  const evaluate = compileValue(compiler, scope);
  return (state) => {
    const found = evaluate(state);
    if (!(found instanceof ForeachScope)) fail(compiler, '“#break” was given no scope such as $foreach.parent', at);
    throw new StopCommand(found as ForeachScope);
  };
};

/** How often a block may show within itself. */
const deepestBlock = 2;

const compileDefine = (compiler: Compiler, { name, body }: Node & { kind: 'define' }): Render => {
  const slot = compiler.names.slot(name);
  const render = compileNodes(compiler, body);
  return (state) => setValue(state, slot, new Block(state, render, deepestBlock));
};

/** A block that has a name. It sees the values of where it shows, not of where it was written. */
export class Block extends DefinedBlock {
  readonly state: State;
  readonly body: Render;
  readonly deepest: number;
  depth = 0;
  constructor(state: State, body: Render, deepest: number) {
    super();
    this.state = state;
    this.body = body;
    this.deepest = deepest;
  }

  show(): boolean {
    if (this.depth === this.deepest) return false;
    this.depth++;
    try {
      endingHere(this, this.body, this.state);
    } finally {
      this.depth--;
    }
    return true;
  }

  render(): string | null {
    if (this.depth === this.deepest) return null;
    return renderApart(this.state, () => this.show());
  }
}

/** Runs what `#break` may end. */
export const endingHere = (here: object, body: Render, state: State): void => {
  try {
    body(state);
  } catch (error) {
    if (!(error instanceof StopCommand && error.ends(here))) throw error;
  }
};
