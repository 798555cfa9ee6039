import type { Place } from '../../model/place.ts';
import { createLines, type Lines } from './lines.ts';
import { readOrdinaryYaml } from './ordinary-yaml.ts';
import { isMap, type Plain, type PlainMap } from './plain.ts';
import { placeOf, setPlace } from './positions.ts';
import { memberSections, type Section, topSections } from './sections.ts';
import { readYaml } from './yaml.ts';

type Part = { readonly value: PlainMap; readonly firstShortForm: number | null; readonly lines: Lines };
type Whole = { readonly value: PlainMap; readonly firstShortForm: Place | null; readonly doubled: readonly [] };

/**
 * Reads a template by its sections and remembers them, so that reading again after a change reads what changed. Null
 * for a text that cannot be parted, or that has a slip somewhere: the whole must be read to tell what it is.
 */
export const createSectionReader = (deepest: number): ((file: string, text: string) => Whole | null) => {
  let last: ReadonlyMap<string, Part> = new Map();
  let lastFile = '';

  return (file, text) => {
    const parts = new Map<string, Part>();
    let firstShortForm: Place | null = null;

    const part = ({ text: own, firstLine }: Section): PlainMap | null => {
      // The same part twice is a key twice.
      if (parts.has(own)) return null;
      const known = lastFile === file ? last.get(own) : undefined;
      known?.lines.moveTo(firstLine);
      const read = known ?? readPart(file, own, firstLine, deepest);
      if (!read) return null;
      parts.set(own, read);
      if (read.firstShortForm !== null) firstShortForm ??= read.lines.place(read.firstShortForm);
      return read.value;
    };

    const section = (top: Section): PlainMap | null => {
      const members = /^Resources:/m.test(top.text) ? memberSections(top) : null;
      if (!members) return part(top);
      const map = joined(members.map(part));
      if (!map) return null;
      const made = { Resources: map };
      const line = top.firstLine + top.text.slice(0, top.text.search(/^Resources:/m)).split('\n').length - 1;
      const place = { file, line, column: 1 };
      setPlace(made, place, new Map([['Resources', place]]));
      return made;
    };

    const tops = topSections(text);
    const value = tops && joined(tops.map(section));
    if (!value) return null;
    [last, lastFile] = [parts, file];
    return { value, firstShortForm, doubled: [] };
  };
};

const readPart = (file: string, text: string, firstLine: number, deepest: number): Part | null => {
  const lines = createLines(file, text, firstLine);
  let slips = 0;
  const read = readOrdinaryYaml(text, lines) ?? readYaml(text, lines, deepest, () => slips++);
  if (!read || slips > 0 || read.doubled.length > 0 || !isMap(read.value) || Object.keys(read.value).length !== 1)
    return null;
  return { value: read.value, firstShortForm: read.firstShortForm, lines };
};

/** One map of maps that have a key each; null where one of them is missing, or a key stands twice. */
const joined = (parts: readonly (PlainMap | null)[]): PlainMap | null => {
  const entries: [string, Plain][] = [];
  const places = new Map<string, Place>();
  for (const part of parts) {
    if (!part) return null;
    const [key, value] = Object.entries(part)[0]!;
    if (places.has(key)) return null;
    entries.push([key, value]);
    places.set(key, placeOf(part, key)!);
  }
  const map = Object.fromEntries(entries);
  if (parts.length > 0) setPlace(map, placeOf(parts[0]!)!, places);
  return map;
};
