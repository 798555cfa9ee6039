import { statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { ParameterOverrides } from '../../model/parameter-overrides.ts';
import type { Place } from '../../model/place.ts';
import type { Problems } from '../problems.ts';
import { displayPath } from '../text/display-path.ts';
import { isMap } from '../text/plain.ts';
import { readDataFile } from './data-file.ts';
import { overridePair, overrideWords } from './override-words.ts';

/** What each parameter is given; in a file, paths start from its own folder. */
export const readOverrides = (
  overrides: ParameterOverrides,
  parts: {
    /** The folder that `file://` starts from. */
    readonly folder: string;
    /** Where they stand, as far as a file says. */
    readonly place: Place | null;
    readonly sourceFiles: Set<string>;
    readonly problems: Problems;
  },
): Readonly<Record<string, string>> => {
  const { sourceFiles, problems } = parts;
  const found: Record<string, string> = {};
  const refuse = (what: string, place: Place | null): void =>
    problems.add(what, place, 'Write Name=Value, ParameterKey=Name,ParameterValue=Value, or file://values.yaml.');

  const readFile = (name: string, folder: string, place: Place | null, chain: readonly string[]): void => {
    const file = resolve(folder, name.slice('file://'.length));
    const shown = displayPath(file);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) refuse(`There is no file ${shown} of parameters.`, place);
    else if (!['.toml', '.yaml', '.yml', '.json'].includes(extname(file)))
      refuse(`${shown} is no file of TOML, YAML or JSON.`, place);
    else if (chain.includes(file))
      refuse(`Files of parameters include each other: ${[...chain, file].map(displayPath).join(' → ')}.`, place);
    else {
      sourceFiles.add(file);
      read(readDataFile(file, problems), dirname(file), { file: shown, line: 1, column: 1 }, [...chain, file]);
    }
  };

  const read = (value: unknown, folder: string, place: Place | null, chain: readonly string[]): void => {
    if (value === undefined || value === null || value === '') return;
    if (Array.isArray(value)) for (const item of value) read(item, folder, place, chain);
    else if (typeof value === 'string') {
      // A whole text may be the path of a file, with spaces in it.
      for (const word of value.startsWith('file://') ? [value] : overrideWords(value)) {
        const pair = overridePair(word);
        if (pair) found[pair[0]] = pair[1];
        else if (word.startsWith('file://')) readFile(word, folder, place, chain);
        else refuse(`${word} is no override of a parameter.`, place);
      }
    } else if (isMap(value)) {
      for (const [name, item] of Object.entries(value)) {
        if (name === '$include') read(item, folder, place, chain);
        else if (Array.isArray(item))
          found[name] = item
            .map((one) => String(one ?? '').trim())
            .filter(Boolean)
            .join(',');
        else if (isMap(item)) refuse(`The parameter ${name} is given a map.`, place);
        else found[name] = item === null ? '' : String(item);
      }
    } else refuse(`${String(value)} is no override of a parameter.`, place);
  };

  read(overrides, parts.folder, parts.place, []);
  return found;
};
