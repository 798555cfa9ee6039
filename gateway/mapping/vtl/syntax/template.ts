import type { Dialect } from '../dialect.ts';
import { Cursor } from './cursor.ts';
import { parseDirective } from './directive.ts';
import { parseDirectiveArguments } from './directive-arguments.ts';
import { escapedDirective, escapedReference } from './escapes.ts';
import type { Macro, Node } from './nodes.ts';
import { atReference, parseReference } from './reference.ts';

export type ParsedTemplate = { readonly nodes: readonly Node[]; readonly macros: ReadonlyMap<string, Macro> };

export const parseTemplate = (source: string, dialect: Dialect): ParsedTemplate => {
  const macros = new Map<string, Macro>();
  return { nodes: parseWhole(new Cursor(source, dialect, macros)), macros };
};

/** The text of a string in double quotes, which is a template of its own. */
export const parseEmbedded = (outer: Cursor, text: string, at: number): Node[] =>
  parseWhole(new Cursor(text, outer.dialect, outer.macros, { source: outer.whole.source, offset: outer.offset(at) }));

const parseWhole = (cursor: Cursor): Node[] => {
  const nodes = parseNodes(cursor);
  if (cursor.at < cursor.source.length) cursor.fail(`“#${atBlockEnd(cursor)}” belongs to no directive`);
  return nodes;
};

const special = /[$#\\]/g;
const directiveStart = /#(?:[A-Za-z_@]|\{[A-Za-z_@][A-Za-z0-9_@]*\})/y;
const ifOrSet = /#(?:if(?![A-Za-z0-9_@])|\{if\}|(?:set|\{set\}) *\()/y;
const set = /#(?:set|\{set\}) *\(/y;
const blockEnd = /#(?:(end|else|elseif)(?![A-Za-z0-9_@])|\{(end|else|elseif)\})/y;

/** The word that ends a block, where one stands here. */
export const atBlockEnd = (cursor: Cursor): string | null => {
  blockEnd.lastIndex = cursor.at;
  const found = blockEnd.exec(cursor.source);
  return found && (found[1] ?? found[2]!);
};

/** Reads up to the end of the block that the cursor stands in, or of the text. */
export const parseNodes = (cursor: Cursor): Node[] => {
  const run: TextRun = { nodes: [], start: cursor.at };
  for (;;) {
    special.lastIndex = cursor.at;
    const found = special.exec(cursor.source);
    if (found === null) {
      show(cursor, run, cursor.source.length);
      cursor.at = cursor.source.length;
      return run.nodes;
    }
    cursor.at = found.index;
    if (found[0] === '#') {
      if (atHash(cursor, run)) return run.nodes;
    } else if (atReference(cursor)) {
      addNode(cursor, run, cursor.at, () => escapedReference(cursor) ?? parseReference(cursor));
      cursor.afterNewline = false;
      if (cursor.starts('##') && endsInProperty(cursor, run.nodes.at(-1)!)) cursor.at++;
    } else if (found[0] === '\\') {
      const start = cursor.at;
      const text = escapedDirective(cursor);
      if (text !== null) {
        addNode(cursor, run, start, () => ({ kind: 'text', text }));
        cursor.afterNewline = false;
      }
    } else {
      atDollar(cursor, run);
    }
  }
};

/** Text that is being gone over: where it begins, and what has been read before it. */
type TextRun = { readonly nodes: Node[]; start: number };

/** Adds the text up to `end`. */
const show = (cursor: Cursor, run: TextRun, end: number): void => {
  if (end > run.start) run.nodes.push({ kind: 'text', text: cursor.source.slice(run.start, end) });
};

/** Adds the text up to `end` and what `parse` reads behind it, from where the next text begins. */
const addNode = (cursor: Cursor, run: TextRun, end: number, parse: () => Node | null): void => {
  show(cursor, run, end);
  const node = parse();
  if (node) run.nodes.push(node);
  run.start = cursor.at;
};

/** At a `#`: true where it ends the block. */
const atHash = (cursor: Cursor, run: TextRun): boolean => {
  const start = cursor.at;
  if (atBlockEnd(cursor) !== null) {
    show(cursor, run, gobbled(cursor, run.start, start - lostDollars(cursor, run)));
    return true;
  }
  if (cursor.sees(directiveStart)) {
    addDirective(cursor, run);
  } else if (skipComment(cursor)) {
    show(cursor, run, cursor.source[start + 1] === '*' ? start - dollarsBefore(cursor, run, start) : start);
    run.start = cursor.at;
  } else if (cursor.starts('#[[')) {
    addNode(cursor, run, start, () => parseTextBlock(cursor));
  } else {
    loneSymbol(cursor);
  }
  return false;
};

const addDirective = (cursor: Cursor, run: TextRun): void => {
  const start = cursor.at;
  const dollars = lostDollars(cursor, run);
  if (dollars > 0 && !cursor.sees(ifOrSet)) {
    // Behind a dollar no word is a directive; what is in its parentheses is not looked at either.
    addNode(cursor, run, start, () => parseUnread(cursor));
    return;
  }
  const prefix = gobbled(cursor, run.start, start - dollars);
  addNode(cursor, run, prefix, () => parseDirective(cursor, prefix, start));
};

/** Dollars that stand directly before a directive are lost in 1.7, those before a block comment in 2.x too. */
const lostDollars = (cursor: Cursor, run: TextRun): number =>
  cursor.dialect.spaceGobbling === 'bc' ? dollarsBefore(cursor, run, cursor.at) : 0;

const dollarsBefore = (cursor: Cursor, run: TextRun, at: number): number => {
  let dollars = 0;
  while (at - dollars > run.start && cursor.source[at - dollars - 1] === '$') dollars++;
  return dollars;
};

const parseUnread = (cursor: Cursor): Node => {
  const start = cursor.at;
  const word = cursor.match(/#\{?[A-Za-z0-9_@]+\}?/y)!;
  parseDirectiveArguments(cursor, word);
  return { kind: 'text', text: cursor.source.slice(start, cursor.at) };
};

const parseTextBlock = (cursor: Cursor): Node => {
  const start = cursor.at + 3;
  const end = cursor.source.indexOf(']]#', start);
  if (end < 0) cursor.fail('“#[[” has no “]]#”');
  cursor.at = end + 3;
  cursor.afterNewline = false;
  return { kind: 'text', text: cursor.source.slice(start, end) };
};

/** At a `$` that begins no reference. */
const atDollar = (cursor: Cursor, run: TextRun): void => {
  const start = cursor.at;
  loneSymbol(cursor);
  // A bang behind it is lost.
  if (cursor.at > start + 1 && cursor.at < cursor.source.length && !'[{$#'.includes(cursor.source[cursor.at]!)) {
    show(cursor, run, start + 1);
    run.start = cursor.at;
  }
};

/** In 1.7 no comment begins right behind `$x.property`: the first sign is text. */
const endsInProperty = (cursor: Cursor, node: Node): boolean =>
  !cursor.dialect.expressionsEverywhere &&
  node.kind === 'reference' &&
  node.steps.at(-1)?.kind === 'property' &&
  !node.literal.endsWith('}');

/** Where the text before a directive ends: the blanks of its line may belong to the directive. */
const gobbled = (cursor: Cursor, textStart: number, at: number): number => {
  const { source } = cursor;
  const back = (from: number, characters: string): number => {
    let start = from;
    while (start > textStart && characters.includes(source[start - 1]!)) start--;
    return start;
  };
  let start = back(at, ' \t');
  if (cursor.dialect.spaceGobbling === 'bc') {
    // Only `#set` takes the blanks before it, and only where no word of text stands before them.
    const directly = start === textStart || '\\$#'.includes(source[start - 1]!);
    return directly && cursor.sees(set) ? start : at;
  }
  // Lone symbols before the blanks go with them.
  const symbols = start < at ? back(start, '$#') : start;
  if (symbols === textStart ? cursor.afterNewline : /[\r\n]/.test(source[symbols - 1]!)) start = symbols;
  if (start > textStart) cursor.afterNewline = /[\r\n]/.test(source[start - 1]!);
  return cursor.afterNewline ? start : at;
};

const skipComment = (cursor: Cursor): boolean => {
  if (cursor.starts('##')) {
    cursor.match(/[^\r\n]*(?:\r\n|\n|\r)?/y);
    cursor.afterNewline = true;
    return true;
  }
  if (!cursor.starts('#*')) return false;
  const end = cursor.source.indexOf('*#', cursor.at + 2);
  cursor.at = end < 0 ? cursor.source.length : end + 2;
  cursor.afterNewline = false;
  return true;
};

/** A `$` or `#` that begins nothing is text. */
const loneSymbol = (cursor: Cursor): void => {
  const symbol = cursor.match(/\$\\*!|[$#]/y)!;
  if (cursor.at === cursor.source.length && !cursor.dialect.loneSymbolAtEnd && !cursor.embedded) {
    cursor.fail(`a template cannot end in “${symbol}”`, cursor.at - symbol.length);
  }
};
