import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Application } from '../model/application.ts';
import { GavelError } from '../problem.ts';
import { buildApplication } from './build/application.ts';
import { createDefinitions, type Definitions } from './build/definitions.ts';
import { createSource } from './build/source.ts';
import { deploymentTarget } from './inputs/deployment-target.ts';
import { readParameters } from './inputs/parameters.ts';
import { readSamConfig } from './inputs/samconfig.ts';
import type { Scope } from './intrinsics/call.ts';
import { createConditions } from './intrinsics/conditions.ts';
import { createEvaluator, type Evaluator } from './intrinsics/evaluate.ts';
import { createFileReader, createInclude } from './intrinsics/include.ts';
import { createProblems, type Problems } from './problems.ts';
import { readOutputs, readResources, refuseUnknownDependencies } from './read-resources.ts';
import { refuseCircles } from './references/circles.ts';
import { bothLookups, createReferences, parameterLookup } from './references/references.ts';
import { expandSam, withImplicitApis } from './sam/expand.ts';
import { linesOfApplication } from './support/application.ts';
import { type SupportLine, supportOf } from './support.ts';
import { displayPath } from './text/display-path.ts';
import { readDocument } from './text/document.ts';
import { describe, entry, isMap, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

export type ReadOptions = {
  readonly templateFile: string;
  readonly configEnv?: string;
  readonly parameterOverrides?: Readonly<Record<string, string>>;
  readonly stackName?: string;
  readonly region?: string;
  readonly accountId?: string;
};

export type ReadResult = { readonly application: Application; readonly support: readonly SupportLine[] };

/**
 * Reads a SAM or CloudFormation template: text, parameters, intrinsics, SAM's expansion, the model. Throws a GavelError
 * with every problem found; a stage that found some ends the reading.
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
  const document = readDocument(templateFile, problems);
  problems.throwIfAny();
  const template = document!.value;
  if (!isMap(template)) {
    throw new GavelError({
      what: 'The template must be a map.',
      place: { file: displayPath(templateFile), line: 1, column: 1 },
      remedy: 'Write its sections, such as Resources, at its top.',
    });
  }

  refuseOddSections(template, problems);
  const config = readSamConfig(templateFile, options.configEnv, problems);
  if (config.file) sourceFiles.add(config.file);
  const target = deploymentTarget(templateFile, {
    stackName: options.stackName ?? config.stackName,
    region: options.region ?? config.region,
    accountId: options.accountId ?? null,
  });
  const parameters = readParameters(template, config.parameterOverrides, options.parameterOverrides ?? {}, problems);
  problems.throwIfAny();

  const scope: Scope = {
    condition: createConditions(section(template, 'Conditions'), (value) => first.evaluate(value), problems),
    mappings: section(template, 'Mappings'),
    region: target.region,
    include: createInclude(templateFile, sourceFiles, problems),
  };
  const parameterValues = parameterLookup(parameters, target);
  const first = createEvaluator(scope, parameterValues, problems);
  const written = readResources(template, first, scope.condition, problems);
  const globals = (first.evaluate(section(template, 'Globals')) ?? {}) as PlainMap;
  const whole = withImplicitApis(written, globals);
  const readFile = createFileReader(templateFile, target, sourceFiles, problems);
  const { resources, referable } = expandSam(whole, readFile, problems);
  problems.throwIfAny();

  refuseUnknownDependencies(template, resources, problems);
  refuseCircles(resources, referable, problems);
  problems.throwIfAny();
  let definitions: Definitions;
  let second: Evaluator;
  const references = createReferences({
    resources,
    target,
    referable,
    evaluator: () => second,
    deploymentId: (deployment) => definitions.deploymentId(deployment),
  });
  second = createEvaluator(scope, bothLookups(parameterValues, references), problems);
  const source = createSource({
    templateFile,
    target,
    problems,
    resources,
    evaluate: (value) => second.evaluate(value),
  });
  definitions = createDefinitions(source);
  for (const resource of resources.values()) source.read(resource);
  const outputs = readOutputs(template, second, scope.condition);
  problems.throwIfAny();

  const application = buildApplication(source, resources, definitions, outputs, section(template, 'Metadata'), [
    ...sourceFiles,
  ]);
  problems.throwIfAny();
  const support = [...supportOf(template, globals, whole), ...linesOfApplication(application, source)];
  return { application, support };
};

/** A section of the template; one that is no map was refused before. */
const section = (template: PlainMap, name: string): PlainMap => {
  const value = entry(template, name);
  return value !== undefined && isMap(value) ? value : {};
};

const refuseOddSections = (template: PlainMap, problems: Problems): void => {
  for (const name of ['Parameters', 'Mappings', 'Conditions', 'Globals', 'Metadata', 'Outputs']) {
    const value = entry(template, name);
    if (value === undefined || value === null || isMap(value)) continue;
    problems.add(
      `The section ${name} must be a map, not ${describe(value)}.`,
      placeOf(template, name),
      `Write what it declares under it by name.`,
    );
  }
};
