import type { Cursor } from './cursor.ts';
import { type Argument, parseDirectiveArguments } from './directive-arguments.ts';
import { parseExpression } from './expression.ts';
import { parseForeach, parseMacro } from './loops-and-macros.ts';
import type { Branch, Expression, Node } from './nodes.ts';
import { atReference, parseReference } from './reference.ts';
import { atBlockEnd, parseNodes } from './template.ts';

const names = new Set(['foreach', 'include', 'parse', 'macro', 'evaluate', 'break', 'define', 'stop', 'literal']);

/** A directive's name besides `if`, `elseif`, `else`, `end` and `set`, which the grammar knows by themselves. */
export const isDirectiveName = (word: string): boolean => names.has(word);

export type Directive = {
  readonly name: string;
  readonly arguments: readonly Argument[] | null;
  /** Where it begins. */
  readonly at: number;
  /** It begins a line: what stands behind it on its line may go with it. */
  readonly ownLine: boolean;
};

/**
 * Reads the directive that begins here; null for one that shows nothing. `prefix` is where the blanks of its line begin,
 * which come back with a word that turns out to be no macro.
 */
export const parseDirective = (cursor: Cursor, prefix: number, at: number): Node | null => {
  const ownLine = cursor.afterNewline;
  if (cursor.match(cursor.dialect.spaceGobbling === 'bc' ? /#(?:set|\{set\}) *\(/y : /#(?:set|\{set\})[ \t]*\(/y))
    return parseSet(cursor, ownLine);
  if (cursor.match(/#(?:if(?![A-Za-z0-9_@])|\{if\})/y)) return parseIf(cursor, ownLine);
  const word = cursor.match(/#(?:[A-Za-z_@][A-Za-z0-9_@]*|\{[A-Za-z_@][A-Za-z0-9_@]*\})/y)!;
  const name = word.replaceAll(/[#{}]/g, '');
  const found = parseDirectiveArguments(cursor, name);
  const directive: Directive = { name, arguments: found, at, ownLine };
  switch (name) {
    case 'foreach':
      return parseForeach(cursor, directive);
    case 'macro':
      return parseMacro(cursor, directive);
    case 'define':
      return parseDefine(cursor, directive);
    case 'include':
    case 'parse':
      return cursor.fail(`“#${name}” reads files, which API Gateway does not have`, at);
    case 'evaluate':
      return parseEvaluate(cursor, directive);
    case 'stop':
      if ((found?.length ?? 0) > 1) cursor.fail('“#stop” takes one message', at);
      endOfLine(cursor, directive);
      return { kind: 'stop' };
    case 'break':
      return parseBreak(cursor, directive);
    case 'literal':
      return cursor.dialect.expressionsEverywhere
        ? parseCall(cursor, directive, prefix)
        : parseLiteral(cursor, directive);
    default:
      return parseCall(cursor, directive, prefix);
  }
};

/** Takes the line end behind a directive that has no block. */
const endOfLine = (cursor: Cursor, { arguments: found, ownLine }: Directive): void => {
  const taken = (cursor.dialect.spaceGobbling === 'bc' ? found !== null : ownLine) && cursor.lineEnd();
  cursor.afterNewline = taken;
};

const parseSet = (cursor: Cursor, ownLine: boolean): Node => {
  cursor.space();
  if (!atReference(cursor)) cursor.unexpected('the variable of “#set”');
  const target = parseReference(cursor);
  cursor.space();
  cursor.expect('=');
  const value = parseExpression(cursor);
  cursor.space();
  cursor.expect(')');
  cursor.afterNewline = (cursor.dialect.spaceGobbling === 'bc' || ownLine) && cursor.lineEnd();
  return { kind: 'set', target, value };
};

const parseTest = (cursor: Cursor): Expression => {
  cursor.space();
  cursor.expect('(');
  const test = parseExpression(cursor);
  cursor.space();
  cursor.expect(')');
  if (cursor.lineEnd()) cursor.afterNewline = true;
  return test;
};

const parseIf = (cursor: Cursor, ownLine: boolean): Node => {
  const at = cursor.at;
  const branches: Branch[] = [{ test: parseTest(cursor), body: parseNodes(cursor) }];
  while (cursor.match(/#(?:elseif(?![A-Za-z0-9_@])|\{elseif\})/y)) {
    branches.push({ test: parseTest(cursor), body: parseNodes(cursor) });
  }
  const otherwise = parseElse(cursor);
  parseEnd(cursor, 'if', at, ownLine);
  return { kind: 'if', branches, otherwise };
};

/** The block of an `#else`, where one stands here. */
export const parseElse = (cursor: Cursor): Node[] | null => {
  if (!cursor.match(/#(?:else(?![A-Za-z0-9_@])|\{else\})/y)) return null;
  if (cursor.lineEnd()) cursor.afterNewline = true;
  return parseNodes(cursor);
};

export const parseEnd = (cursor: Cursor, name: string, at: number, ownLine: boolean): void => {
  const found = atBlockEnd(cursor);
  if (found === null) cursor.fail(`“#${name}” has no “#end”`, at);
  if (found !== 'end') cursor.fail(`“#${found}” cannot stand here: “#${name}” wants its “#end”`);
  cursor.match(/#(?:end|\{end\})/y);
  cursor.afterNewline = (cursor.dialect.spaceGobbling === 'bc' || ownLine) && cursor.lineEnd();
};

/** A block behind a directive's arguments. */
export const parseBlock = (cursor: Cursor): Node[] => {
  cursor.afterNewline = cursor.lineEnd();
  return parseNodes(cursor);
};

const parseDefine = (cursor: Cursor, { arguments: found, at, ownLine }: Directive): Node => {
  const target = found?.[0];
  if (found?.length !== 1 || target?.kind !== 'reference') return cursor.fail('“#define” wants one reference', at);
  const body = parseBlock(cursor);
  parseEnd(cursor, 'define', at, ownLine);
  return { kind: 'define', name: target.name, body };
};

const parseEvaluate = (cursor: Cursor, directive: Directive): Node => {
  const text = directive.arguments?.[0];
  const wanted = text?.kind === 'reference' || text?.kind === 'interpolated' || isText(text);
  if (directive.arguments?.length !== 1 || !wanted) {
    return cursor.fail('“#evaluate” wants one text or reference', directive.at);
  }
  endOfLine(cursor, directive);
  return { kind: 'evaluate', text, at: cursor.offset(directive.at) };
};

const isText = (argument: Argument | undefined): argument is Expression =>
  argument?.kind === 'constant' && typeof argument.value === 'string';

/** `#literal() … #end` shows its block as it is written. */
const parseLiteral = (cursor: Cursor, { at, ownLine }: Directive): Node => {
  cursor.lineEnd();
  const start = cursor.at;
  parseNodes(cursor);
  const text = cursor.source.slice(start, cursor.at);
  parseEnd(cursor, 'literal', at, ownLine);
  return { kind: 'text', text };
};

const parseBreak = (cursor: Cursor, directive: Directive): Node => {
  const scope = directive.arguments?.[0] ?? null;
  if ((directive.arguments?.length ?? 0) > 1 || scope?.kind === 'word' || scope?.kind === 'default') {
    return cursor.fail('“#break” takes one scope, such as $foreach.parent', directive.at);
  }
  endOfLine(cursor, directive);
  return { kind: 'break', scope, at: cursor.offset(directive.at) };
};

const parseCall = (cursor: Cursor, directive: Directive, prefix: number): Node => {
  const { name, arguments: found, at, ownLine } = directive;
  const values = (found ?? []).filter((argument) => argument.kind !== 'word' && argument.kind !== 'default');
  const bareWord = values.length < (found?.length ?? 0);
  const call = { kind: 'call', arguments: values as readonly Expression[], bareWord, at: cursor.offset(at) } as const;
  if (name.startsWith('@') && found !== null) {
    const body = parseBlock(cursor);
    parseEnd(cursor, name, at, ownLine);
    return { ...call, name: name.slice(1), body, literal: cursor.source.slice(prefix, cursor.at) };
  }
  if (name.startsWith('@') && cursor.dialect.expressionsEverywhere) cursor.fail(`“#${name}” wants its “()”`, at);
  endOfLine(cursor, directive);
  return { ...call, name, body: null, literal: cursor.source.slice(prefix, cursor.at) };
};
