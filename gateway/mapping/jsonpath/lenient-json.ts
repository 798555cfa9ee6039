import { unescapeText } from './cursor.ts';
import { objectOf } from './json-value.ts';

/** JSON as it stands in a path, or what is wrong with it: which is told when the path is evaluated. */
export type LenientJson = { readonly value: unknown } | { readonly failure: string };

/**
 * Reads JSON as json-smart does for Jayway: strings may stand in single quotes or none, lists and objects may end with a
 * comma. A member's name, or text without quotes, reaches to the next sign that ends it; what follows the value is let be.
 */
export const lenientJson = (text: string): LenientJson => {
  const reader: Reader = { text, at: 0 };
  try {
    return { value: readValue(reader, '') };
  } catch {
    return { failure: `${text} is no JSON` };
  }
};

type Reader = { readonly text: string; at: number };

const skipSpace = (reader: Reader): void => {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at++;
};

const readValue = (reader: Reader, stops: string): unknown => {
  skipSpace(reader);
  switch (reader.text[reader.at]) {
    case '{':
      return readObject(reader);
    case '[':
      return readList(reader);
    case '"':
    case "'":
      return readQuoted(reader);
    default:
      return meaning(readBare(reader, stops));
  }
};

const readList = (reader: Reader): unknown[] => {
  const list: unknown[] = [];
  reader.at++;
  for (;;) {
    skipSpace(reader);
    const next = reader.text[reader.at];
    if (next === undefined) throw new Error('the list is not closed');
    if (next === ',' || next === ']') reader.at++;
    if (next === ']') return list;
    if (next !== ',') list.push(readValue(reader, ',]'));
  }
};

const readObject = (reader: Reader): unknown => {
  const members: [string, unknown][] = [];
  reader.at++;
  for (;;) {
    skipSpace(reader);
    const next = reader.text[reader.at];
    if (next === undefined) throw new Error('the object is not closed');
    if (next === ',' || next === '}') reader.at++;
    if (next === '}') return objectOf(members);
    if (next === ',') continue;
    const name = next === '"' || next === "'" ? readQuoted(reader) : readBare(reader, ':');
    skipSpace(reader);
    if (reader.text[reader.at++] !== ':') throw new Error("':' must follow a name");
    members.push([name, readValue(reader, ',}')]);
  }
};

const readQuoted = (reader: Reader): string => {
  const quote = reader.text[reader.at];
  const begin = ++reader.at;
  while (reader.text[reader.at] !== quote) {
    if (reader.at >= reader.text.length) throw new Error('the string is not closed');
    reader.at += reader.text[reader.at] === '\\' ? 2 : 1;
  }
  return unescapeText(reader.text.slice(begin, reader.at++));
};

const readBare = (reader: Reader, stops: string): string => {
  const begin = reader.at;
  while (reader.at < reader.text.length && !stops.includes(reader.text[reader.at]!)) reader.at++;
  return reader.text.slice(begin, reader.at).trim();
};

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

const meaning = (word: string): unknown => {
  if (words.has(word)) return words.get(word);
  return /^-?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(word) ? Number(word) : word;
};
