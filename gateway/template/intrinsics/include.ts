import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Place } from '../../model/place.ts';
import type { Problems } from '../problems.ts';
import { displayPath } from '../text/display-path.ts';
import { readDocument } from '../text/document.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, mergePlaces, placeOf } from '../text/positions.ts';
import type { Call, Scope } from './call.ts';

/** The file that a request of `AWS::Include` names; null after a problem was added. */
const locationOf = (request: Plain | undefined, refuse: (what: string, remedy: string) => void): string | null => {
  const shape = 'Write Name: AWS::Include and Parameters: {Location: file}.';
  const given = request !== undefined && isMap(request) ? request : {};
  const { Name: name, Parameters: parameters } = given;
  if (typeof name === 'string' && name !== 'AWS::Include') {
    refuse(`The macro ${name} runs in an account, not here.`, 'Write out what it makes.');
    return null;
  }
  if (name !== 'AWS::Include' || parameters === undefined || !isMap(parameters)) {
    refuse('Only the AWS::Include transform runs here.', shape);
    return null;
  }
  for (const [map, known] of [
    [given, ['Name', 'Parameters']],
    [parameters, ['Location']],
  ] as const) {
    const stranger = Object.keys(map).find((key) => !known.some((name) => name === key));
    if (stranger === undefined) continue;
    refuse(`AWS::Include takes no ${stranger}.`, shape);
    return null;
  }
  const location = entry(parameters, 'Location');
  if (typeof location === 'string') return location;
  refuse('AWS::Include needs a Location.', 'Name a file beside the template.');
  return null;
};

/** `Fn::Transform`: the snippet's keys are laid beside those of the map that the call stands in. */
export const transform = (call: Call): Plain => {
  const { 'Fn::Transform': request, ...siblings } = call.node;
  const location = locationOf(request, call.refuse);
  if (location === null) return copyPlace(call.node, siblings);
  const included = call.scope.include(location, call.place);
  const snippet = call.evaluate(included);
  if (!isMap(snippet as Plain)) return typeof snippet === 'symbol' ? null : snippet;
  return mergePlaces({ ...(snippet as object), ...siblings }, call.node, snippet as object as { [key: string]: Plain });
};

/** What a request for a whole section brings in, as it is written: sections are evaluated part by part. */
export const snippetOf = (
  request: Plain,
  place: Place | null,
  scope: Pick<Scope, 'include'>,
  evaluate: (value: Plain) => Plain,
  problems: Problems,
): PlainMap => {
  const location = locationOf(evaluate(request), (what, remedy) => problems.add(what, place, remedy));
  const snippet = location === null ? {} : scope.include(location, place);
  if (isMap(snippet)) return snippet;
  problems.add(
    `AWS::Include brings in ${describe(snippet)} where a map stands.`,
    place,
    'Let the file hold keys and values.',
  );
  return {};
};

/** Reads the local files of `AWS::Include`, relative to the template, and remembers which. */
export const createInclude = (
  templateFile: string,
  sourceFiles: Set<string>,
  problems: Problems,
): ((location: string, place: Place | null) => Plain) => {
  const read = new Map<string, Plain>();
  return (location, place) => {
    if (/^s3:\/\//.test(location)) {
      problems.add(
        `AWS::Include names ${location}, which is not on this disk.`,
        place,
        'Name a local file; sam deploy uploads it.',
      );
      return {};
    }
    const file = resolve(dirname(templateFile), location);
    const known = read.get(file);
    if (known !== undefined) return known;
    if (!isFile(file)) {
      problems.add(
        `AWS::Include: there is no file ${displayPath(file)}.`,
        place,
        'Mend Location; it is relative to the template.',
      );
      return {};
    }
    sourceFiles.add(file);
    const document = readDocument(file, problems);
    if (document?.firstShortForm) {
      problems.add(
        'AWS::Include takes no short forms such as !Sub.',
        document.firstShortForm,
        'Write the long form: AWS refuses the file otherwise.',
      );
    }
    const nested = document ? placeOfKey(document.value, 'Fn::Transform') : null;
    if (nested) {
      problems.add(
        'A file that AWS::Include brings in includes another one.',
        nested,
        'Write its text out, or include both from the template: AWS takes no include within an include.',
      );
      return {};
    }
    const value = document?.value ?? {};
    read.set(file, value);
    return value;
  };
};

/**
 * Reads a local file that a property names (`DefinitionUri`), and what such a file refers to: `base` is then the file that
 * names it. Null after a problem was added.
 */
export type FileReader = (location: string, owner: PlainMap, key: string, base?: string) => Plain;

export const createFileReader = (templateFile: string, sourceFiles: Set<string>, problems: Problems): FileReader => {
  const read = new Map<string, Plain>();
  return (location, owner, key, base = templateFile) => {
    const file = resolve(dirname(base), location);
    const known = read.get(file);
    if (known !== undefined) return known;
    if (/^(s3|https?):\/\//.test(location) || !isFile(file)) {
      problems.add(
        `${key}: there is no file ${location} on this disk.`,
        placeOf(owner, key),
        base === templateFile
          ? 'Name a file beside the template; sam deploy uploads it.'
          : 'Name a file; its path is relative to the file that names it.',
      );
      return null;
    }
    sourceFiles.add(file);
    const value = readDocument(file, problems)?.value ?? null;
    read.set(file, value);
    return value;
  };
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Where a key first stands, at whatever depth. */
const placeOfKey = (value: Plain, wanted: string, seen = new Set<Plain>()): Place | null => {
  if (typeof value !== 'object' || value === null || seen.has(value)) return null;
  seen.add(value);
  if (isMap(value) && Object.hasOwn(value, wanted)) return placeOf(value, wanted);
  for (const inner of Object.values(value)) {
    const found = placeOfKey(inner, wanted, seen);
    if (found) return found;
  }
  return null;
};
