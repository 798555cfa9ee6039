import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Application } from '../model/application.ts';
import type { ParameterOverrides } from '../model/parameter-overrides.ts';
import { GavelError } from '../problem.ts';
import { buildApplication } from './build/application.ts';
import { createDefinitions, type Definitions } from './build/definitions.ts';
import { createSource, type Source } from './build/source.ts';
import { deploymentTarget } from './inputs/deployment-target.ts';
import { readOverrides } from './inputs/parameter-overrides.ts';
import { readSamConfig } from './inputs/samconfig.ts';
import { readValues } from './inputs/values-file.ts';
import { createStandIns } from './intrinsics/stand-ins.ts';
import { createProblems } from './problems.ts';
import { type Reading, readStack } from './read-stack.ts';
import { madeSecret } from './references/made-secrets.ts';
import type { Resource } from './resource.ts';
import { type Stack, withNested } from './stack.ts';
import { linesOfApplication } from './support/application.ts';
import { linesOfAbsentStacks } from './support/stacks.ts';
import { linesOfStandIns } from './support/stand-ins.ts';
import { linesOfTexts } from './support/texts.ts';
import { type SupportLine, supportOf } from './support.ts';
import { displayPath } from './text/display-path.ts';
import { entry, isMap, type PlainMap } from './text/plain.ts';

export type ReadOptions = {
  readonly templateFile: string;
  readonly configEnv?: string;
  readonly parameterOverrides?: ParameterOverrides;
  /** The file that stands for Parameter Store and Secrets Manager. */
  readonly values?: string;
  readonly stackName?: string;
  readonly region?: string;
  readonly accountId?: string;
};

export type ReadResult = {
  readonly application: Application;
  readonly support: readonly SupportLine[];
  /** What CloudFormation would be given: SAM's resources expanded, every reference resolved. */
  readonly resources: readonly Pick<Resource, 'logicalId' | 'type' | 'properties'>[];
};

/**
 * Reads a SAM or CloudFormation template and the stacks that it nests into one model. Throws a GavelError with every
 * problem found; a stage that found some ends the reading.
 */
export const readApplication = (options: ReadOptions): ReadResult => {
  const templateFile = resolve(options.templateFile);
  if (!existsSync(templateFile) || !statSync(templateFile).isFile()) {
    throw new GavelError({
      what: `There is no template ${displayPath(templateFile)}.`,
      place: null,
      remedy: 'Name one with --template FILE.',
    });
  }
  const problems = createProblems();
  const sourceFiles = new Set([templateFile]);
  const config = readSamConfig(templateFile, options.configEnv, problems);
  if (config.file) sourceFiles.add(config.file);
  const target = deploymentTarget(templateFile, {
    stackName: options.stackName ?? config.stackName,
    region: options.region ?? config.region,
    accountId: options.accountId ?? null,
  });

  const begun: Stack[] = [];
  let whole: { readonly source: Source; readonly definitions: Definitions } | null = null;
  const withDefinitions = (stacks: readonly [Stack, ...Stack[]]) => {
    const source = createSource(stacks, problems);
    return { source, definitions: createDefinitions(source) };
  };
  const reading: Reading = {
    problems,
    sourceFiles,
    standIns: createStandIns(),
    values: readValues(templateFile, options.values, sourceFiles, problems),
    madeSecret: (id) => madeSecret(begun, id),
    begun: (stack) => begun.push(stack),
    deploymentId(stack, deployment) {
      // A nested stack may be given the id of a deployment before all stacks are read.
      const { source, definitions } = whole ?? withDefinitions(begun as [Stack, ...Stack[]]);
      return definitions.deploymentId(source.of(stack, deployment.logicalId));
    },
  };
  const root = readStack(
    {
      templateFile,
      target,
      fromConfig: readOverrides(config.parameterOverrides, {
        folder: dirname(templateFile),
        place: config.file === null ? null : { file: displayPath(config.file), line: 1, column: 1 },
        sourceFiles,
        problems,
      }),
      parameters: readOverrides(options.parameterOverrides ?? {}, {
        folder: process.cwd(),
        place: null,
        sourceFiles,
        problems,
      }),
      madeBy: null,
      path: '',
      chain: [],
    },
    reading,
  );
  const stacks = withNested(root) as [Stack, ...Stack[]];
  whole = withDefinitions(stacks);
  const { source, definitions } = whole;
  for (const resource of source.resources) source.read(resource);
  for (const stack of stacks) stack.outputs();
  problems.throwIfAny();

  const application = buildApplication(source, definitions, root.outputs(), metadataOf(root), [...sourceFiles]);
  problems.throwIfAny();
  const support = stacks.flatMap((stack) =>
    [
      ...supportOf(stack.template, stack.globals, stack.written),
      ...linesOfAbsentStacks(stack),
      ...linesOfStandIns(stack),
    ].map((line) => ({
      ...line,
      logicalId: line.logicalId === '' ? '' : source.nameOf(stack, line.logicalId),
    })),
  );
  return {
    application,
    support: [...linesOfTexts(sourceFiles), ...support, ...linesOfApplication(application, source)],
    resources: source.resources.map((resource) => ({
      logicalId: resource.logicalId,
      type: resource.type,
      properties: source.read(resource).source,
    })),
  };
};

const metadataOf = (root: Stack): PlainMap => {
  const metadata = entry(root.template, 'Metadata');
  return metadata !== undefined && isMap(metadata) ? metadata : {};
};
