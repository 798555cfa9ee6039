import { readFileSync } from 'node:fs';
import {
  isAlias,
  isScalar,
  isSeq,
  isMap as isYamlMap,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { Place } from '../../model/place.ts';
import type { Problems } from '../problems.ts';
import { displayPath } from './display-path.ts';
import { longForm } from './intrinsic-tags.ts';
import { isList, isMap, type Plain, type PlainMap } from './plain.ts';
import { mergePlaces, setPlace } from './positions.ts';

export type ReadDocument = {
  readonly value: Plain;
  /** Where the first short-form intrinsic stands: files for `AWS::Include` may hold none. */
  readonly firstShortForm: Place | null;
};

/** Reads a YAML or JSON file into plain data and notes where everything stands. Null after a problem was added. */
export const readDocument = (file: string, problems: Problems): ReadDocument | null => {
  const shown = displayPath(file);
  const lines = new LineCounter();
  const text = readText(file, shown, problems);
  if (text === null) return null;
  const document = parseDocument(text, { lineCounter: lines, keepSourceTokens: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: shown, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  // What the parser says after its first stumble is about its own confusion.
  for (const error of firstOnly(document.errors)) problems.add(...explain(error, at(error.pos[0]), text));
  if (document.errors.length > 0) return null;
  if (!document.contents) {
    problems.add('The file is empty.', at(0), 'Write a template into it, or name another file.');
    return null;
  }

  const done = new Map<Node, Plain>();
  const open = new Set<Node>();
  let firstShortForm: Place | null = null;

  const read = (node: Node | null): Plain => {
    if (!node) return null;
    if (isAlias(node)) {
      const target = node.resolve(document);
      const place = at(node.range?.[0] ?? 0);
      if (!target)
        problems.add(`The alias *${node.source} has no anchor.`, place, `Write &${node.source} at a value before it.`);
      else if (open.has(target))
        problems.add(`The alias *${node.source} stands inside its own anchor.`, place, 'Part the two.');
      else return read(target);
      return null;
    }
    const known = done.get(node);
    if (known !== undefined) return known;
    open.add(node);
    const value = tagged(node, untagged(node));
    open.delete(node);
    done.set(node, value);
    return value;
  };

  const untagged = (node: Node): Plain => {
    if (isScalar(node)) return scalar(node.value, node.source);
    const place = at(node.range?.[0] ?? 0);
    if (isSeq(node)) {
      const items = node.items.map((item) => read(item as Node | null));
      setPlace(
        items,
        place,
        new Map(node.items.map((item, i) => [String(i), at((item as Node | null)?.range?.[0] ?? 0)])),
      );
      return items;
    }
    if (!isYamlMap(node)) return null;
    const entries: [string, Plain][] = [];
    const keys = new Map<string, Place>();
    const merged: PlainMap[] = [];
    for (const pair of node.items) {
      const key = pair.key as Node;
      const name = isScalar(key) ? (key.source ?? String(key.value)) : null;
      const keyPlace = at(key.range?.[0] ?? 0);
      if (name === null) {
        problems.add('A key of a map must be text.', keyPlace, 'Put it into quotes.');
        continue;
      }
      const value = read(pair.value as Node | null);
      if (name === '<<') {
        for (const source of isList(value) ? value : [value]) {
          if (isMap(source)) merged.push(source);
          else problems.add('A merge key (<<) takes a map or a list of maps.', keyPlace, 'Name the anchor of a map.');
        }
      } else {
        entries.push([name, value]);
        keys.set(name, keyPlace);
      }
    }
    const own = Object.fromEntries(entries);
    setPlace(own, place, keys);
    if (merged.length === 0) return own;
    // The map's own keys win over merged ones, and an earlier merged map over a later one.
    merged.reverse();
    const all: PlainMap = Object.fromEntries([...merged, own].flatMap((layer) => Object.entries(layer)));
    return mergePlaces(all, own, ...merged);
  };

  const tagged = (node: Node, value: Plain): Plain => {
    const tag = node.tag;
    if (!tag?.startsWith('!') || tag.startsWith('!!')) return value;
    const place = at(node.range?.[0] ?? 0);
    firstShortForm ??= place;
    const long = longForm(tag, value);
    if (!long) {
      problems.add(
        `${tag} is not an intrinsic function.`,
        place,
        'Write one that CloudFormation knows, such as !Ref or !Sub.',
      );
      return value;
    }
    setPlace(long, place);
    return long;
  };

  return { value: read(document.contents), firstShortForm };
};

/** Numbers that are really digits with a meaning (account ids such as 012345678901) stay text, as CloudFormation reads them. */
const scalar = (value: unknown, source: string | undefined): Plain => {
  if (typeof value === 'number' && source !== undefined) {
    if (/^0\d/.test(source) || !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
      return source;
    return value;
  }
  if (typeof value === 'bigint') return source ?? String(value);
  return value as Plain;
};

const readText = (file: string, shown: string, problems: Problems): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    problems.add(
      `The file cannot be read (${reason}).`,
      { file: shown, line: 1, column: 1 },
      'Let it be a readable file.',
    );
    return null;
  }
};

const firstOnly = (errors: readonly YAMLError[]): readonly YAMLError[] =>
  errors.every(({ code }) => code === 'DUPLICATE_KEY') ? errors : errors.slice(0, 1);

const explain = (error: YAMLError, place: Place, text: string): [string, Place, string] => {
  const first = error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return ['A tab stands where YAML wants spaces.', place, 'Indent with spaces.'];
    case 'DUPLICATE_KEY':
      return [
        `The key ${keyAt(text, error.pos[0])} stands twice in one map.`,
        place,
        'Remove or rename one of the two.',
      ];
    case 'MULTIPLE_DOCS':
      return ['The file holds more than one document.', place, 'Keep one document per file: remove the line ---.'];
    default:
      return [`This is not valid YAML: ${first}`, place, 'Mend the text; a YAML-aware editor shows the spot.'];
  }
};

const keyAt = (text: string, offset: number): string =>
  /^(?:"[^"]*"|'[^']*'|.+?(?=\s*:(?:\s|$)))/.exec(text.slice(offset, offset + 200))?.[0] ?? '';
