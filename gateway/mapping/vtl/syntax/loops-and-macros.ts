import type { Cursor } from './cursor.ts';
import { type Directive, parseBlock, parseElse, parseEnd } from './directive.ts';
import type { Argument } from './directive-arguments.ts';
import type { Expression, Macro, Node } from './nodes.ts';

const isValue = (argument: Argument | undefined): argument is Expression =>
  argument !== undefined && argument.kind !== 'word' && argument.kind !== 'default';

/** `#foreach($x in $items)` with its block, and in 2.x the `#else` for when there are no items. */
export const parseForeach = (cursor: Cursor, { arguments: found, at, ownLine }: Directive): Node => {
  const [variable, word, items] = found ?? [];
  if (variable?.kind !== 'reference' || word?.kind !== 'word' || !isValue(items)) {
    return cursor.fail('“#foreach” is written #foreach($item in $items)', at);
  }
  const body = parseBlock(cursor);
  const otherwise = cursor.dialect.expressionsEverywhere ? parseElse(cursor) : null;
  parseEnd(cursor, 'foreach', at, ownLine);
  return { kind: 'foreach', variable: variable.name, items, body, otherwise, at: cursor.offset(at) };
};

/** Keeps a macro. It shows nothing where it stands, and may be called before it is written. */
export const parseMacro = (cursor: Cursor, { arguments: found, at, ownLine }: Directive): null => {
  const [name, ...rest] = found ?? [];
  if (name?.kind !== 'word') return cursor.fail('“#macro” wants a name: #macro(name $one $two)', at);
  const parameters: Macro['parameters'][number][] = [];
  for (const each of rest) {
    if (each.kind === 'default') parameters.push({ name: each.name, otherwise: each.value });
    else if (each.kind !== 'reference') cursor.fail(`the parameters of “#macro(${name.word})” are references`, at);
    else if (parameters.at(-1)?.otherwise)
      cursor.fail(`$${each.name} needs a default, as the parameter before has`, at);
    else parameters.push({ name: each.name, otherwise: null });
  }
  const body = parseBlock(cursor);
  parseEnd(cursor, 'macro', at, ownLine);
  // The first of a name stays.
  if (!cursor.macros.has(name.word)) cursor.macros.set(name.word, { name: name.word, parameters, body });
  return null;
};
