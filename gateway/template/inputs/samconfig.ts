import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ParameterOverrides } from '../../model/parameter-overrides.ts';
import { projectFolder } from '../../project-folder.ts';
import type { Problems } from '../problems.ts';
import { displayPath } from '../text/display-path.ts';
import { isMap } from '../text/plain.ts';
import { readDataFile } from './data-file.ts';

/** What `sam deploy` would take from samconfig for one environment. */
export type SamConfig = {
  readonly file: string | null;
  readonly parameterOverrides: ParameterOverrides;
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
    .map((name) => join(projectFolder(templateFile), name))
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
  const content = readDataFile(file, problems);
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
    parameterOverrides: (parameters.parameter_overrides ?? {}) as ParameterOverrides,
    stackName: text(parameters.stack_name),
    region: text(parameters.region),
  };
};
