import { readFileSync, statSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import type { Place } from '../../model/place.ts';
import type { StatesDefinition } from '../../model/state-machine.ts';
import type { PackagedFiles } from '../assets/packaged-files.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { displayPath } from '../text/display-path.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, placeOf } from '../text/positions.ts';
import type { Source } from './source.ts';

type Found = {
  readonly definition: StatesDefinition | null;
  /** The local file that it stands in. */
  readonly file: string | null;
  /** Where it lies, if not on this disk. */
  readonly remote: string | null;
};

/** A state machine's definition: written out, as text, or in a file; its `${Name}`s filled in. */
export const readStatesDefinition = (
  source: Source,
  resource: Resource,
  reader: Reader,
  packaged: PackagedFiles,
): Found => {
  const none: Found = { definition: null, file: null, remote: null };
  const substitutions = reader.textMap('DefinitionSubstitutions');
  const at = (key: string): Place => reader.placeOf(key);
  const checked = (value: Plain, place: Place): StatesDefinition | null => {
    const odd = oddity(value);
    if (odd === null) return value as unknown as StatesDefinition;
    source.problems.add(
      `The definition of ${resource.logicalId} ${odd.what}.`,
      odd.place ?? place,
      'Write it in Amazon States Language: a map with StartAt and States.',
    );
    return null;
  };
  const parsed = (text: string, place: Place, file: string | null): StatesDefinition | null => {
    const read = parse(filledText(text, substitutions));
    if ('value' in read) return checked(read.value, place);
    source.problems.add(
      `The definition of ${resource.logicalId} is neither JSON nor YAML: ${read.wrong}`,
      file === null ? place : { file: displayPath(file), line: read.line, column: read.column },
      'Mend the text.',
    );
    return null;
  };

  const text = entry(reader.source, 'DefinitionString') ?? null;
  if (text !== null) {
    const place = at('DefinitionString');
    return { ...none, definition: typeof text === 'string' ? parsed(text, place, null) : checked(text, place) };
  }
  const inline = entry(reader.source, 'Definition') ?? null;
  if (inline !== null) return { ...none, definition: checked(filled(inline, substitutions), at('Definition')) };
  const location = entry(reader.source, 'DefinitionS3Location') ?? null;
  if (location === null) {
    source.problems.add(`${resource.logicalId} has no definition.`, resource.place, 'Give it a Definition.');
    return none;
  }
  const found = onThisDisk(source, resource, packaged, location);
  if (found.file === null) return { ...none, remote: found.uri };
  const { file } = found;
  // SAM calls it DefinitionUri.
  const place = at(Object.hasOwn(resource.written, 'DefinitionS3Location') ? 'DefinitionS3Location' : 'DefinitionUri');
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    source.problems.add(
      `${resource.logicalId}: there is no file ${displayPath(file)}.`,
      place,
      'Mend the path of its definition; it is relative to the template.',
    );
    return none;
  }
  const top = { file: displayPath(file), line: 1, column: 1 };
  return { ...none, file, definition: parsed(readFileSync(file, 'utf8'), top, file) };
};

/** The file that a location leads to: a path, or an object in S3 that a tool has packaged beside the template. */
const onThisDisk = (
  source: Source,
  resource: Resource,
  packaged: PackagedFiles,
  location: Plain,
): { readonly file: string; readonly uri?: never } | { readonly file: null; readonly uri: string } => {
  if (!isMap(location) && !String(location).startsWith('s3://'))
    return { file: source.path(resource, String(location)) };
  const key = isMap(location) ? String(entry(location, 'Key') ?? '') : String(location).replace(/^s3:\/\/[^/]*\//, '');
  const file = packaged.find(resource.metadata, 'DefinitionS3Location', key);
  if (file !== null) return { file };
  return { file, uri: isMap(location) ? `s3://${entry(location, 'Bucket') ?? ''}/${key}` : String(location) };
};

/** What makes a value no definition, and where in it. */
const oddity = (value: Plain): { readonly what: string; readonly place: Place | null } | null => {
  if (!isMap(value)) return { what: `must be a map, not ${describe(value)}`, place: null };
  const states = entry(value, 'States') ?? null;
  const start = entry(value, 'StartAt');
  if (typeof start !== 'string') return { what: 'has no StartAt', place: placeOf(value) };
  if (!isMap(states) || Object.keys(states).length === 0)
    return { what: 'has no States', place: placeOf(value, 'States') };
  if (!Object.hasOwn(states, start))
    return { what: `starts at ${start}, which is none of its States`, place: placeOf(value, 'StartAt') };
  for (const [name, state] of Object.entries(states)) {
    if (isMap(state) && entry(state, 'Type') !== undefined) continue;
    return { what: `has the state ${name} without a Type`, place: placeOf(states, name) };
  }
  return null;
};

type Parsed = { readonly value: Plain } | { readonly wrong: string; readonly line: number; readonly column: number };

const parse = (text: string): Parsed => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    // Not JSON; YAML says more about what is wrong.
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (!error) return { value: document.toJS() };
  const { line, col } = lines.linePos(error.pos[0]);
  const wrong = error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '.');
  return { wrong, line: Math.max(line, 1), column: Math.max(col, 1) };
};

const filledText = (text: string, substitutions: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{([^{}]+)\}/g, (whole, name: string) => entry(substitutions, name) ?? whole);

const filled = (value: Plain, substitutions: Readonly<Record<string, string>>): Plain => {
  if (typeof value === 'string') return filledText(value, substitutions);
  if (isList(value)) {
    return copyPlace(
      value,
      value.map((item) => filled(item, substitutions)),
    );
  }
  if (!isMap(value)) return value;
  const members = Object.entries(value).map(([key, item]): [string, Plain] => [
    filledText(key, substitutions),
    filled(item, substitutions),
  ]);
  return copyPlace<PlainMap>(value, Object.fromEntries(members));
};
