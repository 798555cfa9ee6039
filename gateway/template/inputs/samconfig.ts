import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseToml, TomlError } from 'smol-toml';
import type { Problems } from '../problems.ts';
import { displayPath } from '../text/display-path.ts';
import { readDocument } from '../text/document.ts';
import { isMap } from '../text/plain.ts';
import { parseOverrides } from './parameter-overrides.ts';

/** What `sam deploy` would take from samconfig for one environment. */
export type SamConfig = {
  readonly file: string | null;
  readonly parameterOverrides: Readonly<Record<string, string>>;
  readonly stackName: string | null;
  readonly region: string | null;
};

const none: SamConfig = { file: null, parameterOverrides: {}, stackName: null, region: null };

/**
 * As SAM CLI reads it: `[ENV.deploy.parameters]` over `[ENV.global.parameters]`, and `default` is the environment where
 * none is named.
 */
export const readSamConfig = (templateFile: string, configEnv: string | undefined, problems: Problems): SamConfig => {
  const file = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml']
    .map((name) => join(dirname(templateFile), name))
    .find((candidate) => existsSync(candidate));
  if (!file) {
    if (configEnv !== undefined) {
      problems.add(
        `There is no samconfig.toml beside ${displayPath(templateFile)}, but the environment ${configEnv} was asked for.`,
        null,
        'Write the file, or leave --config-env out.',
      );
    }
    return none;
  }
  const content = file.endsWith('.toml') ? readToml(file, problems) : readDocument(file, problems)?.value;
  if (!isMap(content)) return { ...none, file };
  const environment = content[configEnv ?? 'default'];
  if (!isMap(environment)) {
    if (configEnv !== undefined) {
      const known = Object.keys(content).filter((key) => key !== 'version');
      problems.add(
        `${displayPath(file)} has no environment ${configEnv}.`,
        { file: displayPath(file), line: 1, column: 1 },
        `It has ${known.join(', ') || 'none'}.`,
      );
    }
    return { ...none, file };
  }
  const section = (command: string): Record<string, unknown> => {
    const of = environment[command];
    return isMap(of) && isMap(of.parameters) ? { ...of.parameters } : {};
  };
  const parameters = { ...section('global'), ...section('deploy') };
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
  return {
    file,
    parameterOverrides: parseOverrides(parameters.parameter_overrides),
    stackName: text(parameters.stack_name),
    region: text(parameters.region),
  };
};

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
    return null;
  }
};
