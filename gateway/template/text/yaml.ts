import {
  type Document,
  isAlias,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  Schema,
  type YAMLMap,
} from 'yaml';
import { longForm, shortForms } from './intrinsic-tags.ts';
import type { Lines } from './lines.ts';
import { isList, isMap, type Plain, type PlainMap } from './plain.ts';
import { mergePlaces, setOffsets } from './positions.ts';
import { plainScalar, taggedScalar } from './scalars.ts';
import { explainYaml, isOpen, openedAt } from './yaml-slips.ts';

/** Told of each thing that is wrong, by its offset into the text. */
export type Refuse = (what: string, offset: number, remedy: string) => void;
export type ReadYaml = {
  readonly value: Plain;
  /** Where the first short-form intrinsic stands. */
  readonly firstShortForm: number | null;
  readonly doubled: readonly DoubledKey[];
};
/** A key that stands again in its map, and where. */
export type DoubledKey = { readonly name: string; readonly offset: number };

/**
 * Words are told apart here and not by the parser, and it knows our tags: a tag that it does not know costs it a
 * warning with a stack.
 */
const schema = new Schema({
  schema: 'failsafe',
  customTags: (tags) => [
    ...tags,
    ...shortForms.flatMap((tag) => [
      { tag, resolve: (text: string) => text },
      { tag, collection: 'map' as const },
      { tag, collection: 'seq' as const },
    ]),
  ],
});
const options = {
  schema,
  keepSourceTokens: false,
  prettyErrors: false,
  logLevel: 'error',
  // Looked for here, in one pass.
  uniqueKeys: false,
} as const;

/** Aliases may stand for aliases: ten short lines can stand for more values than a computer holds. */
const mostValues = 1_000_000;

/** Reads one YAML document into plain data, and notes where everything stands. Null where none could be read. */
export const readYaml = (text: string, lines: Lines, deepest: number, refuse: Refuse): ReadYaml | null => {
  const document = parsed(text, deepest, refuse);
  if (!document?.contents) return document && { value: null, firstShortForm: null, doubled: [] };

  const done = new Map<Node, Plain>();
  const open = new Set<Node>();
  let firstShortForm: number | null = null;
  const doubled: DoubledKey[] = [];
  let values = 0;
  const sizes = new Map<Node, number>();

  const read = (node: Node | null, depth: number): Plain => {
    if (!node) return null;
    if (isAlias(node)) return aliased(node, depth);
    if (isScalar(node)) return tagged(node, scalar(node));
    if (depth > deepest) {
      refuse(tooDeep(deepest), startOf(node), 'Make it flatter.');
      return null;
    }
    const before = values;
    if (node.anchor !== undefined) open.add(node);
    const value = tagged(
      node,
      isSeq(node) ? list(node.items as (Node | null)[], node, depth) : map(node as YAMLMap, depth),
    );
    if (node.anchor !== undefined) {
      open.delete(node);
      done.set(node, value);
      sizes.set(node, values - before);
    }
    return value;
  };

  const aliased = (node: Node & { source: string }, depth: number): Plain => {
    const target = isAlias(node) ? node.resolve(document) : undefined;
    const place = startOf(node);
    if (!target)
      refuse(`The alias *${node.source} has no anchor.`, place, `Write &${node.source} at a value before it.`);
    else if (open.has(target))
      refuse(`The alias *${node.source} stands inside its own anchor.`, place, 'Part the two.');
    else if (values > mostValues) return null;
    else {
      values += sizes.get(target) ?? 1;
      if (values > mostValues)
        refuse(`With *${node.source} the file stands for more than a million values.`, place, 'Use fewer aliases.');
      return done.has(target) ? done.get(target)! : read(target, depth);
    }
    return null;
  };

  const list = (nodes: readonly (Node | null)[], node: Node, depth: number): Plain => {
    const items: Plain[] = [];
    const offsets: number[] = [];
    for (const item of nodes) {
      values++;
      items.push(read(item, depth + 1));
      offsets.push(startOf(item));
    }
    setOffsets(items, lines, startOf(node), offsets);
    return items;
  };

  const map = (node: YAMLMap, depth: number): Plain => {
    const own: Record<string, Plain> = {};
    const names: string[] = [];
    const offsets: number[] = [];
    const merged: PlainMap[] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      values++;
      const { key } = pair;
      if (!isScalar(key)) {
        refuse('A key of a map must be text.', key ? startOf(key) : startOf(node), 'Put it into quotes.');
        continue;
      }
      const offset = startOf(key);
      const name = key.source ?? String(key.value);
      const value = read(pair.value, depth + 1);
      if (name === '<<' && key.type === 'PLAIN') {
        for (const source of isList(value) ? value : [value]) {
          if (isMap(source)) merged.push(source);
          else refuse('A merge key (<<) takes a map or a list of maps.', offset, 'Name the anchor of a map.');
        }
        continue;
      }
      if (Object.hasOwn(own, name)) doubled.push({ name, offset });
      if (name === '__proto__') Object.defineProperty(own, name, { value, enumerable: true });
      else own[name] = value;
      names.push(name);
      offsets.push(offset);
    }
    setOffsets(own, lines, startOf(node), offsets, names);
    if (merged.length === 0) return own;
    // The map's own keys win over merged ones, and an earlier merged map over a later one.
    merged.reverse();
    const all: PlainMap = Object.fromEntries([...merged, own].flatMap((layer) => Object.entries(layer)));
    return mergePlaces(all, own, ...merged);
  };

  const scalar = (node: Scalar): Plain => {
    const text = node.source ?? '';
    const { tag } = node;
    if (tag?.startsWith(ofYaml)) {
      const value = taggedScalar(tag.slice(ofYaml.length), text);
      if (value !== undefined) return value;
    }
    // A word with a tag of its own says what it is.
    return node.type === 'PLAIN' && tag === undefined ? plainScalar(text) : text;
  };

  const tagged = (node: Node, value: Plain): Plain => {
    const { tag } = node;
    if (tag === undefined) return value;
    if (tag.startsWith(ofYaml)) {
      const name = tag.slice(ofYaml.length);
      if (!harmless.includes(name))
        refuse(`CloudFormation reads no !!${name}.`, startOf(node), 'Write the value as text, a list or a map.');
      return value;
    }
    if (tag === '!' || !tag.startsWith('!')) return value;
    const offset = startOf(node);
    firstShortForm = Math.min(offset, firstShortForm ?? offset);
    const long = longForm(tag, value);
    if (!long) {
      refuse(
        `${tag} is not an intrinsic function.`,
        offset,
        'Write one that CloudFormation knows, such as !Ref or !Sub.',
      );
      return value;
    }
    setOffsets(long, lines, offset);
    return long;
  };

  const value = read(document.contents, 1);
  return { value, firstShortForm, doubled };
};

const ofYaml = 'tag:yaml.org,2002:';
const harmless = ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'];

const tooDeep = (deepest: number): string => `This is nested more than ${deepest} levels deep.`;

const startOf = (node: Node | null): number => node?.range?.[0] ?? 0;

const parsed = (text: string, deepest: number, refuse: Refuse): Document.Parsed | null => {
  try {
    const document = parseDocument(text, options);
    // What the parser says after its first stumble is about its own confusion.
    const [error] = document.errors;
    if (!error) return document;
    if (/call stack/.test(error.message)) throw new RangeError(error.message);
    const [what, remedy] = explainYaml(error, text);
    refuse(what, isOpen(error) ? openedAt(text, error.pos[0]) : error.pos[0], remedy);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The parser climbs down by calls, and ran out of stack.
    refuse(tooDeep(deepest), 0, 'Make it flatter.');
  }
  return null;
};
