import { readFileSync } from 'node:fs';
import { parse as parseToml, TomlError } from 'smol-toml';
import type { Problems } from '../problems.ts';
import { displayPath } from '../text/display-path.ts';
import { readDocument } from '../text/document.ts';

/** A file of settings in TOML, YAML or JSON; undefined after a problem was added. */
export const readDataFile = (file: string, problems: Problems): unknown =>
  file.endsWith('.toml') ? readToml(file, problems) : readDocument(file, problems)?.value;

const readToml = (file: string, problems: Problems): unknown => {
  try {
    return parseToml(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    problems.add(
      `This is not valid TOML: ${error.message.split('\n')[0]}`,
      { file: displayPath(file), line: error.line, column: error.column },
      'Mend the text.',
    );
    return undefined;
  }
};
