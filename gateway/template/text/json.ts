import type { Lines } from './lines.ts';
import type { Plain } from './plain.ts';
import { setOffsets } from './positions.ts';
import type { DoubledKey } from './yaml.ts';

/** What is wrong with a text that is no JSON, and where. */
export type Slip = { readonly what: string; readonly offset: number; readonly remedy: string };
export type ReadJson = { readonly value: Plain; readonly doubled: readonly DoubledKey[] } | { readonly slip: Slip };

class JsonSlip extends Error {
  readonly slip: Slip;
  constructor(what: string, offset: number, remedy: string) {
    super(what);
    this.slip = { what, offset, remedy };
  }
}

/** Reads JSON as its standard has it, and notes where everything stands. */
export const readJson = (text: string, lines: Lines, deepest: number): ReadJson => {
  let at = 0;
  const doubled: DoubledKey[] = [];
  const fail = (what: string, offset: number, remedy = 'Mend the text.'): never => {
    throw new JsonSlip(what, offset, remedy);
  };
  const unexpected = (wanted: string): never => {
    const char = text[at];
    if (char === undefined) return fail(`The text ends where JSON wants ${wanted}.`, at, 'Close what is open.');
    if (char === "'") return fail('JSON takes no single quotes.', at, 'Write double quotes.');
    if (char === '/' || char === '#') return fail('JSON takes no comments.', at, 'Remove the comment.');
    return fail(`${JSON.stringify(char)} stands where JSON wants ${wanted}.`, at);
  };
  const skip = (): void => {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      at++;
    }
  };
  const string = (): string => {
    const start = at;
    for (at++; ; at++) {
      const code = text.charCodeAt(at);
      if (code === 92) at++;
      else if (code === 34) break;
      else if (Number.isNaN(code) || code < 32)
        fail('A text is not closed on its line.', start, 'Write its closing ".');
    }
    const source = text.slice(start, ++at);
    if (!source.includes('\\')) return source.slice(1, -1);
    try {
      return JSON.parse(source);
    } catch {
      return fail('A text has a \\ that escapes nothing.', start, 'Write \\\\ for a backslash.');
    }
  };
  const literal = (): Plain => {
    const [word] = /[-+.\w]*/y.exec(text.slice(at, at + 400)) ?? [''];
    if (!/^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(word)) return unexpected('a value');
    at += word.length;
    const value = JSON.parse(word) as Plain;
    return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? word : value;
  };
  const list = (depth: number): Plain => {
    const start = at++;
    const items: Plain[] = [];
    const offsets: number[] = [];
    skip();
    while (text[at] !== ']') {
      if (items.length > 0) comma(']');
      offsets.push(at);
      items.push(value(depth));
      skip();
    }
    at++;
    setOffsets(items, lines, start, offsets);
    return items;
  };
  const comma = (end: string): void => {
    if (text[at] !== ',') unexpected(`, or ${end}`);
    const before = at++;
    skip();
    if (text[at] === end) fail(`A comma stands before ${end}.`, before, 'Remove it.');
  };
  const map = (depth: number): Plain => {
    const start = at++;
    const entries: [string, Plain][] = [];
    const names: string[] = [];
    const offsets: number[] = [];
    const seen = new Set<string>();
    skip();
    while (text[at] !== '}') {
      if (entries.length > 0) comma('}');
      if (text[at] !== '"') unexpected('a name in double quotes');
      const keyAt = at;
      const name = string();
      if (seen.has(name)) doubled.push({ name, offset: keyAt });
      seen.add(name);
      names.push(name);
      offsets.push(keyAt);
      skip();
      if (text[at] !== ':') unexpected(': after a name');
      at++;
      skip();
      entries.push([name, value(depth)]);
      skip();
    }
    at++;
    const made = Object.fromEntries(entries);
    setOffsets(made, lines, start, offsets, names);
    return made;
  };
  const value = (depth: number): Plain => {
    const char = text[at];
    if (char === '"') return string();
    if (char !== '{' && char !== '[') return literal();
    if (depth > deepest) fail(`This is nested more than ${deepest} levels deep.`, at, 'Make it flatter.');
    return char === '{' ? map(depth + 1) : list(depth + 1);
  };

  try {
    skip();
    const read = value(1);
    skip();
    if (at < text.length) unexpected('the end of the text');
    return { value: read, doubled };
  } catch (error) {
    if (error instanceof JsonSlip) return { slip: error.slip };
    throw error;
  }
};
