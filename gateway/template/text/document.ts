import type { Place } from '../../model/place.ts';
import type { Problems } from '../problems.ts';
import { displayPath } from './display-path.ts';
import { readJson } from './json.ts';
import { createLines } from './lines.ts';
import type { Plain } from './plain.ts';
import { readText } from './read-text.ts';
import { createSectionReader } from './section-reader.ts';
import { type DoubledKey, readYaml } from './yaml.ts';

export type ReadDocument = {
  readonly value: Plain;
  /** Where the first short-form intrinsic stands: files for `AWS::Include` may hold none. */
  readonly firstShortForm: Place | null;
  /** Keys that stand again in their map: the last one counts, as it does for CloudFormation. */
  readonly doubled: readonly { readonly name: string; readonly place: Place }[];
};

/** Deeper than anything that a person writes, and far from where the stack ends. */
const deepest = 200;

type Kept = { readonly text: string; readonly shown: string; readonly document: ReadDocument };
/** What was read last, by file: of a project, one file changes at a time. */
const kept = new Map<string, Kept>();
const sectionReaders = new Map<string, ReturnType<typeof createSectionReader>>();
const mostFiles = 40;

/**
 * Reads a YAML or JSON file into plain data and notes where everything stands. Null after a problem was added.
 */
export const readDocument = (file: string, problems: Problems): ReadDocument | null => {
  const shown = displayPath(file);
  const text = readText(file, shown, problems);
  if (text === null) return null;
  sizes.set(shown, Buffer.byteLength(text));
  const known = kept.get(file);
  if (known?.text === text && known.shown === shown) return known.document;
  const document = parse(file, shown, text, problems);
  kept.delete(file);
  if (document) kept.set(file, { text, shown, document });
  for (const files of [kept, sectionReaders, sizes]) {
    for (const oldest of files.keys()) {
      if (files.size <= mostFiles) break;
      files.delete(oldest);
    }
  }
  return document;
};

const parse = (file: string, shown: string, text: string, problems: Problems): ReadDocument | null => {
  const lines = createLines(shown, text);
  // A file that is called JSON is JSON, and its slips are slips of JSON; YAML would make something else of most of them.
  const isJson = /\.json$/i.test(file);
  const json = isJson || /^\s*[{[]/.test(text) ? readJson(text, lines, deepest) : null;
  const placed = (keys: readonly DoubledKey[]) =>
    keys.map(({ name, offset }) => ({ name, place: lines.place(offset) }));
  if (json && 'value' in json) return { value: json.value, firstShortForm: null, doubled: placed(json.doubled) };
  if (json && isJson && text.trim() !== '') {
    problems.add(json.slip.what, lines.place(within(text, json.slip.offset)), json.slip.remedy);
    return null;
  }

  const sections = sectionReaders.get(file) ?? createSectionReader(deepest);
  sectionReaders.set(file, sections);
  const parts = json ? null : sections(shown, text);
  if (parts) return parts;

  let slips = 0;
  const yaml = readYaml(text, lines, deepest, (what, offset, remedy) => {
    slips++;
    problems.add(what, lines.place(within(text, offset)), remedy);
  });
  if (!yaml || slips > 0) return null;
  if (yaml.value === null) {
    problems.add('The file is empty.', lines.place(0), 'Write a template into it, or name another file.');
    return null;
  }
  return {
    value: yaml.value,
    firstShortForm: yaml.firstShortForm === null ? null : lines.place(yaml.firstShortForm),
    doubled: placed(yaml.doubled),
  };
};

/** A text often ends with a line break: its last line is the one before. */
const within = (text: string, offset: number): number =>
  offset < text.length ? offset : Math.max(text.trimEnd().length - 1, 0);

/** The keys that stand twice in a file, as it was read last. */
export const doubledKeys = (file: string): ReadDocument['doubled'] => kept.get(file)?.document.doubled ?? [];

/** How many bytes the text of a file took when it was read last, by the name that places show. */
export const textSize = (shown: string): number | null => sizes.get(shown) ?? null;

const sizes = new Map<string, number>();
