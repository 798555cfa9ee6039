import { longForm } from './intrinsic-tags.ts';
import type { Lines } from './lines.ts';
import { createFlowReader, extraordinary } from './ordinary-flow.ts';
import type { Plain } from './plain.ts';
import { setOffsets } from './positions.ts';
import type { ReadYaml } from './yaml.ts';

/**
 * Reads YAML as templates are ordinarily written, several times as fast as a parser of all of YAML: block maps and lists,
 * words and quotes on a line, literal texts, tags of intrinsic functions. Null at the first thing that is anything else, a
 * slip among them: the parser then reads the text. The tests hold both against each other.
 */
export const readOrdinaryYaml = (text: string, lines: Lines): ReadYaml | null => {
  let firstShortForm: number | null = null;
  const noteTag = (offset: number): void => {
    firstShortForm = Math.min(offset, firstShortForm ?? offset);
  };
  const flow = createFlowReader(text, lines, noteTag);
  /** Start of the line that comes next, its first word, and where it ends. */
  let line = 0;
  let word = 0;
  let end = -1;
  /** Where the value that was read last stands, without its tag. */
  let stood = 0;

  const next = (): void => {
    for (;;) {
      line = end + 1;
      if (line >= text.length) {
        word = -1;
        return;
      }
      end = text.indexOf('\n', line);
      if (end < 0) end = text.length;
      word = line;
      while (text.charCodeAt(word) === 32) word++;
      const code = text.charCodeAt(word);
      if (word < end && code !== 35) {
        if (code === 9 || code === 13) throw extraordinary;
        return;
      }
    }
  };
  const indent = (): number => (word < 0 ? -1 : word - line);
  const isItem = (): boolean => text[word] === '-' && (text[word + 1] === ' ' || word + 1 === end);

  const map = (column: number): Plain => {
    if (column > furthest) throw extraordinary;
    const made: Record<string, Plain> = {};
    const names: string[] = [];
    const offsets: number[] = [];
    const start = word;
    while (word >= 0 && word - line === column && !isItem()) {
      const name = flow.key(word, end, false);
      if (Object.hasOwn(made, name.text) || name.text === '__proto__') throw extraordinary;
      names.push(name.text);
      offsets.push(word);
      made[name.text] = value(name.end, column, true);
    }
    if (indent() > column) throw extraordinary;
    setOffsets(made, lines, start, offsets, names);
    return made;
  };

  const list = (column: number): Plain => {
    const items: Plain[] = [];
    const offsets: number[] = [];
    const start = word;
    while (word >= 0 && word - line === column && isItem()) {
      let at = word + 1;
      while (text.charCodeAt(at) === 32) at++;
      if (at >= end || text[at] === '#') throw extraordinary;
      if (text[at] === '-' && text[at + 1] === ' ') throw extraordinary;
      if (flow.isKey(at, end)) {
        // A map that begins beside its dash: its other keys stand below the first.
        offsets.push(at);
        const inner = at - line;
        word = at;
        items.push(map(inner));
      } else {
        items.push(value(at, column, false));
        offsets.push(stood);
      }
    }
    if (indent() > column) throw extraordinary;
    setOffsets(items, lines, start, offsets);
    return items;
  };

  /** What stands after a colon or a dash, and below it; ends at the line that comes after. */
  const value = (from: number, column: number, isOfKey: boolean): Plain => {
    let at = flow.skip(from, end);
    let tag: string | null = null;
    if (text[at] === '!') {
      tag = flow.tag(at, end);
      at = flow.skip(at + tag.length, end);
    }
    let offset = at;
    let read: Plain;
    if (at >= end || text[at] === '#') {
      next();
      offset = word;
      if (indent() > column) read = isItem() ? list(indent()) : flow.isKey(word, end) ? map(indent()) : fail();
      else if (isOfKey && indent() === column && isItem()) read = list(column);
      else if (tag === null) return null;
      else return fail();
    } else if (text[at] === '|') {
      read = literal(at, column);
    } else {
      const found = flow.value(at, end, false, tag !== null);
      if (flow.skip(found.end, end) < end && text[flow.skip(found.end, end)] !== '#') throw extraordinary;
      read = found.value;
      next();
      // A text may go on in lines further in.
      if (indent() > column) throw extraordinary;
    }
    stood = offset;
    if (tag === null) return read;
    noteTag(offset);
    const long = longForm(tag, read) ?? fail();
    setOffsets(long as Record<string, Plain>, lines, offset);
    return long;
  };

  const literal = (at: number, column: number): Plain => {
    const strip = text[at + 1] === '-';
    if (at + (strip ? 2 : 1) !== end) throw extraordinary;
    const rows: string[] = [];
    let inner = -1;
    for (;;) {
      const begin = end + 1;
      if (begin >= text.length) break;
      const close = text.indexOf('\n', begin);
      if (close < 0) throw extraordinary;
      let first = begin;
      while (text.charCodeAt(first) === 32) first++;
      if (first === close) {
        // White space that is further in than the text belongs to it.
        if (inner >= 0 && first - begin > inner) throw extraordinary;
        if (inner < 0 && first > begin) throw extraordinary;
        rows.push('');
      } else {
        if (inner < 0) {
          if (first - begin <= column) break;
          inner = first - begin;
        } else if (first - begin < inner) {
          if (first - begin > column) throw extraordinary;
          break;
        }
        if (text.charCodeAt(close - 1) === 13 || text.charCodeAt(first) === 9) throw extraordinary;
        rows.push(text.slice(begin + inner, close));
      }
      end = close;
    }
    if (inner < 0) throw extraordinary;
    while (rows.at(-1) === '') rows.pop();
    next();
    return rows.join('\n') + (strip ? '' : '\n');
  };

  try {
    next();
    if (word < 0 || isItem()) return null;
    const read = map(indent());
    return word < 0 ? { value: read, firstShortForm, doubled: [] } : null;
  } catch (error) {
    if (error === extraordinary) return null;
    throw error;
  }
};

/** Further in than anybody writes; here as in brackets, the parser sees to what is nested too deeply. */
const furthest = 200;

const fail = (): never => {
  throw extraordinary;
};
