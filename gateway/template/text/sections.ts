/** A part of a YAML text that reads the same by itself. */
export type Section = { readonly text: string /** Counted from 1. */; readonly firstLine: number };

/**
 * The keys of a text's top, each with what belongs to it, so that a change costs the reading of one part. In the column
 * of a map's keys stands nothing else, but for the `-` of a list that is a value: texts over several lines, and lists
 * and maps that are values, are all further in. Null where a part might read differently by itself: with anchors,
 * directives, several documents, or odd white space. A false alarm costs time and nothing else.
 */
export const topSections = (text: string): readonly Section[] | null => {
  if (/(?:^|[\s,[{])[&*][^\s&*]/m.test(text) || /^(?:%|\.\.\.| *\t)|\r(?!\n)|[\u0085\u2028\u2029]/m.test(text))
    return null;
  const first = /^[^\s#]/m.exec(text);
  if (!first) return null;
  const marker = /^---/gm;
  marker.lastIndex = text.startsWith('---', first.index) ? first.index + 3 : 0;
  if (marker.test(text)) return null;
  const found = sections(text, '', 0, 1);
  return found.length > 0 ? found : null;
};

/** The members of a section that is a block map under a key alone on its line; null for anything else. */
export const memberSections = ({ text, firstLine }: Section): readonly Section[] | null => {
  const [head] = /^(?:#[^\n]*\n|\s*\n)*[A-Za-z]+:[^\S\n]*(?:#[^\n]*)?\n/.exec(text) ?? [];
  if (head === undefined) return null;
  const indent = /^( *)[^\s#]/m.exec(text.slice(head.length))?.[1] ?? '';
  if (indent === '') return null;
  const found = sections(text, indent, head.length, firstLine);
  return found.length > 1 ? found : null;
};

const sections = (text: string, indent: string, from: number, firstLine: number): readonly Section[] => {
  const key = new RegExp(`^${indent}(?!-\\s|---)[^\\s#]`, 'gm');
  key.lastIndex = from;
  const starts: number[] = [];
  for (let match = key.exec(text); match; match = key.exec(text)) {
    starts.push(match.index);
    key.lastIndex = match.index + indent.length + 1;
  }
  let line = firstLine + breaksIn(text, 0, from);
  return starts.map((_, i) => {
    // What stands before the first key goes with it.
    const begin = i === 0 ? from : starts[i]!;
    const end = starts[i + 1] ?? text.length;
    const section = { text: text.slice(begin, end), firstLine: line };
    line += breaksIn(text, begin, end);
    return section;
  });
};

const breaksIn = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
};
