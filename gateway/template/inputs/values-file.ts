import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { didYouMean, type Problems } from '../problems.ts';
import { displayPath } from '../text/display-path.ts';
import { readDocument } from '../text/document.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** What stands on this machine for Parameter Store, Secrets Manager and the exports of other stacks. */
export type Values = {
  /** The file that they come from, or that they can be written into, as messages show it. */
  readonly file: string;
  readonly ssm: PlainMap;
  readonly secretsmanager: PlainMap;
  readonly exports: PlainMap;
};

const defaultName = 'gavel.values.yaml';
const kinds = ['ssm', 'secretsmanager', 'exports'] as const;
const kindsText = 'ssm, secretsmanager and exports';

/** The file that `--values` names, else `gavel.values.yaml` beside the template, where there is one. */
export const readValues = (
  templateFile: string,
  named: string | undefined,
  sourceFiles: Set<string>,
  problems: Problems,
): Values => {
  const path = named === undefined ? join(dirname(templateFile), defaultName) : resolve(named);
  const file = displayPath(path);
  const none: Values = { file, ssm: {}, secretsmanager: {}, exports: {} };
  if (named === undefined && !existsSync(path)) return none;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    problems.add(`There is no file ${file} of values.`, null, 'Mend --values.');
    return none;
  }
  sourceFiles.add(path);
  const content = readDocument(path, problems)?.value;
  if (content === undefined) return none;
  if (!isMap(content)) {
    problems.add(
      `A file of values must be a map, not ${describe(content)}.`,
      { file, line: 1, column: 1 },
      `It has ${kindsText} at its top.`,
    );
    return none;
  }
  for (const key of Object.keys(content)) {
    if (kinds.some((kind) => kind === key)) continue;
    const remedy = `It can have ${kindsText}.${didYouMean(key, kinds)}`;
    problems.add(`A file of values has no section ${key}.`, placeOf(content, key), remedy);
  }
  const values = {
    file,
    ssm: section(content, 'ssm', problems),
    secretsmanager: section(content, 'secretsmanager', problems),
    exports: section(content, 'exports', problems),
  };
  refuseOddValues(values, problems);
  hideAll(values.secretsmanager, problems);
  return values;
};

const section = (content: PlainMap, name: string, problems: Problems): PlainMap => {
  const value = entry(content, name) ?? {};
  if (isMap(value)) return value;
  problems.add(`${name} must be a map, not ${describe(value)}.`, placeOf(content, name), 'Write values under names.');
  return {};
};

const refuseOddValues = ({ ssm, secretsmanager, exports }: Values, problems: Problems): void => {
  const isText = (value: Plain): boolean => value !== null && typeof value !== 'object';
  for (const [name, value] of Object.entries(ssm)) {
    if (isText(value) || (isList(value) && value.every(isText))) continue;
    const what = `The SSM parameter ${name} must be text or a list of texts, not ${describe(value)}.`;
    problems.add(what, placeOf(ssm, name), 'Mend its value.');
  }
  for (const [name, value] of Object.entries(secretsmanager)) {
    if (isText(value) || isMap(value)) continue;
    const what = `The secret ${name} must be text or a map, not ${describe(value)}.`;
    problems.add(what, placeOf(secretsmanager, name), 'Mend its value.');
  }
  for (const [name, value] of Object.entries(exports)) {
    if (isText(value)) continue;
    problems.add(`The export ${name} must be text, not ${describe(value)}.`, placeOf(exports, name), 'Mend its value.');
  }
};

const hideAll = (value: Plain, problems: Problems): void => {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) hideAll(inner, problems);
  else if (typeof value === 'string' || typeof value === 'number') problems.hide(String(value));
};
