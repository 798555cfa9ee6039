import { type ImportWarning, keepWarnings } from '../openapi/import-warnings.ts';
import type { Reader } from '../reader.ts';
import type { Source } from './source.ts';

/** Keeps what an import passes over for `check`; with `FailOnWarnings` the API is refused for it. */
export const keepImportWarnings = (
  definition: object,
  warnings: readonly ImportWarning[],
  { problems }: Source,
  api: Reader,
): void => {
  keepWarnings(definition, warnings);
  for (const { path, what, place } of api.flag('FailOnWarnings') ? warnings : []) {
    problems.add(`${path}: ${what}.`, place, 'Mend it, or leave FailOnWarnings out.');
  }
};
