import { longForm, shortForms } from './intrinsic-tags.ts';
import type { Lines } from './lines.ts';
import type { Plain } from './plain.ts';
import { setOffsets } from './positions.ts';
import { plainScalar } from './scalars.ts';

/** Thrown where a text is not ordinary; the same one each time, for it carries nothing. */
export const extraordinary = new Error('This is no ordinary YAML.');

type Found<Value> = { readonly value: Value; readonly end: number };

const blockKey = /[A-Za-z0-9_/$][\w./:${}*+-]*/y;
const flowKey = /[A-Za-z0-9_/$][\w./:$*+-]*/y;
const blockWord = /[A-Za-z0-9_/$.(][^\n]*/y;
const flowWord = /[A-Za-z0-9_/$.(][^\n,[\]{}]*/y;
const tagName = /![A-Za-z0-9]+(?= |$)/my;
const known = new Set(shortForms);
const mostOpen = 50;

/** Reads what stands within one line: words, quotes, `[…]` and `{…}`. */
export const createFlowReader = (text: string, lines: Lines, noteTag: (offset: number) => void) => {
  const skip = (from: number, end: number): number => {
    let at = from;
    while (at < end && text.charCodeAt(at) === 32) at++;
    return at;
  };

  const quoted = (at: number, end: number): Found<string> => {
    const quote = text[at]!;
    const close = text.indexOf(quote, at + 1);
    if (close < 0 || close >= end || text[close + 1] === quote) throw extraordinary;
    const value = text.slice(at + 1, close);
    if (quote === '"' && value.includes('\\')) throw extraordinary;
    return { value, end: close + 1 };
  };

  /** A word, or null where it could be read as something else. */
  const word = (at: number, end: number, inFlow: boolean): Found<string> => {
    const pattern = inFlow ? flowWord : blockWord;
    pattern.lastIndex = at;
    const [all] = pattern.exec(text) ?? [];
    if (all === undefined || at + all.length > end) throw extraordinary;
    const comment = all.indexOf(' #');
    const value = (comment < 0 ? all : all.slice(0, comment)).trimEnd();
    if (comment >= 0 && inFlow) throw extraordinary;
    if (/:(?:\s|$)|[\t\r]/.test(value)) throw extraordinary;
    return { value, end: at + value.length };
  };

  const tag = (at: number, end: number): string => {
    tagName.lastIndex = at;
    const [name] = tagName.exec(text) ?? [];
    if (name === undefined || !known.has(name) || at + name.length > end) throw extraordinary;
    return name;
  };

  const key = (at: number, end: number, inFlow: boolean): { readonly text: string; readonly end: number } => {
    const char = text[at];
    if (char === '"' || char === "'") {
      const { value, end: close } = quoted(at, end);
      if (text[close] !== ':' || !(close + 1 >= end || text[close + 1] === ' ')) throw extraordinary;
      return { text: value, end: close + 1 };
    }
    const pattern = inFlow ? flowKey : blockKey;
    pattern.lastIndex = at;
    const [name] = pattern.exec(text) ?? [];
    if (!name?.endsWith(':') || !(at + name.length >= end || text[at + name.length] === ' ')) throw extraordinary;
    return { text: name.slice(0, -1), end: at + name.length };
  };

  /** In a block, the first of a line. */
  const isKey = (at: number, end: number): boolean => {
    const char = text[at];
    if (char === '{' || char === '[' || char === '!') return false;
    if (char === '"' || char === "'") {
      const { end: close } = quoted(at, end);
      return text[close] === ':';
    }
    blockKey.lastIndex = at;
    const [name] = blockKey.exec(text) ?? [];
    return name?.endsWith(':') === true && (at + name.length >= end || text[at + name.length] === ' ');
  };

  let open = 0;
  const deeper = (read: (at: number, end: number) => Found<Plain>, at: number, end: number): Found<Plain> => {
    if (++open > mostOpen) throw extraordinary;
    const found = read(at, end);
    open--;
    return found;
  };

  const flow = (at: number, end: number): Found<Plain> => {
    if (text[at] !== '!') return value(at, end, true, false);
    const name = tag(at, end);
    const offset = skip(at + name.length, end);
    const { value: inner, end: close } = value(offset, end, true, true);
    noteTag(offset);
    const long = longForm(name, inner);
    if (!long) throw extraordinary;
    setOffsets(long, lines, offset);
    return { value: long, end: close };
  };

  const list = (from: number, end: number): Found<Plain> => {
    const items: Plain[] = [];
    const offsets: number[] = [];
    let at = skip(from + 1, end);
    while (text[at] !== ']') {
      const found = flow(at, end);
      offsets.push(bare(at, end));
      items.push(found.value);
      at = separated(found.end, end, ']');
    }
    setOffsets(items, lines, from, offsets);
    return { value: items, end: at + 1 };
  };

  const separated = (from: number, end: number, close: string): number => {
    const at = skip(from, end);
    if (text[at] === close) return at;
    if (text[at] !== ',') throw extraordinary;
    const after = skip(at + 1, end);
    if (after >= end || text[after] === ',' || text[after] === close) throw extraordinary;
    return after;
  };

  const map = (from: number, end: number): Found<Plain> => {
    const made: Record<string, Plain> = {};
    const names: string[] = [];
    const offsets: number[] = [];
    let at = skip(from + 1, end);
    while (text[at] !== '}') {
      const name = key(at, end, true);
      if (Object.hasOwn(made, name.text) || name.text === '__proto__') throw extraordinary;
      names.push(name.text);
      offsets.push(at);
      const found = flow(skip(name.end, end), end);
      made[name.text] = found.value;
      at = separated(found.end, end, '}');
    }
    setOffsets(made, lines, from, offsets, names);
    return { value: made, end: at + 1 };
  };

  const value = (at: number, end: number, inFlow: boolean, isTagged: boolean): Found<Plain> => {
    switch (text[at]) {
      case '[':
        return deeper(list, at, end);
      case '{':
        return deeper(map, at, end);
      case '"':
      case "'":
        return quoted(at, end);
      default: {
        const found = word(at, end, inFlow);
        return isTagged ? found : { value: plainScalar(found.value), end: found.end };
      }
    }
  };

  /** Where a value stands without its tag. */
  const bare = (at: number, end: number): number => (text[at] === '!' ? skip(at + tag(at, end).length, end) : at);

  return { skip, key, isKey, tag, value, bare };
};
