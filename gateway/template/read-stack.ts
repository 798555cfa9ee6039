import { dirname } from 'node:path';
import { createPackagedFiles } from './assets/packaged-files.ts';
import type { DeploymentTarget } from './inputs/deployment-target.ts';
import { readParameters } from './inputs/parameters.ts';
import { checkRules } from './inputs/rules.ts';
import type { Values } from './inputs/values-file.ts';
import { createDynamicReferences } from './intrinsics/dynamic-references.ts';
import { createEvaluator, type Evaluator } from './intrinsics/evaluate.ts';
import { createFileReader, createInclude } from './intrinsics/include.ts';
import { sectionOf } from './intrinsics/sections.ts';
import type { StandIns } from './intrinsics/stand-ins.ts';
import { writeOut } from './intrinsics/written-out.ts';
import { createNestedStacks, type NestedRequest, type NestedStacks } from './nested-stacks.ts';
import { withDefinitions } from './openapi/definition-files.ts';
import { didYouMean, type Problems } from './problems.ts';
import { readOutputs } from './read-outputs.ts';
import { readResources, refuseUnknownDependencies } from './read-resources.ts';
import { refuseCircles } from './references/circles.ts';
import { bothLookups, createReferences, parameterLookup } from './references/references.ts';
import type { Resource } from './resource.ts';
import { expandSam, withImplicitApis } from './sam/expand.ts';
import type { Stack, StandIn } from './stack.ts';
import { displayPath } from './text/display-path.ts';
import { readDocument } from './text/document.ts';
import { describe, entry, isMap, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

export type StackRequest = {
  readonly templateFile: string;
  readonly target: DeploymentTarget;
  /** What samconfig gives, which may name more than the template declares; null in a nested stack. */
  readonly fromConfig: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** The resource that makes it; null for the root. */
  readonly madeBy: Resource | null;
  readonly path: string;
  /** The templates from the root to the one around it. */
  readonly chain: readonly string[];
};

/** What the stacks of one reading share. */
export type Reading = {
  readonly problems: Problems;
  readonly sourceFiles: Set<string>;
  readonly values: Values;
  readonly standIns: StandIns;
  /** What a secret holds that one of the stacks makes, in whatever stack it stands. */
  madeSecret(id: string): string | undefined;
  /** Told of each stack before those that it nests. */
  begun(stack: Stack): void;
  /** The id of a deployment, which hangs on what its API defines, in whatever stack its parts stand. */
  deploymentId(stack: Stack, deployment: Resource): string;
};

/** Reads one template and those that it nests; a stage of reading that found problems ends it. */
export const readStack = (request: StackRequest, reading: Reading): Stack => {
  const { templateFile, target } = request;
  const { problems, sourceFiles } = reading;
  const text = readTemplate(templateFile, problems);
  sourceFiles.add(templateFile);
  refuseOddSections(text, problems);
  if (request.madeBy) refuseOddParameters(text, request.madeBy, request.parameters, problems);
  problems.throwIfAny();
  const parameters = readParameters(
    text,
    { fromConfig: request.fromConfig, overrides: request.parameters, values: reading.values },
    problems,
  );
  problems.throwIfAny();

  const parameterValues = parameterLookup(parameters, target);
  checkRules(text, parameters, parameterValues, problems);
  problems.throwIfAny();
  const writtenOut = writeOut(text, {
    lookup: parameterValues,
    region: target.region,
    include: createInclude(templateFile, sourceFiles, problems),
    exports: reading.values.exports,
    standIns: reading.standIns,
    problems,
  });
  const { template, scope, evaluator: first } = writtenOut;
  const declared = readResources(template, first, scope.condition, problems);
  const globals = (first.evaluate(sectionOf(template, 'Globals')) ?? {}) as PlainMap;
  const readFile = createFileReader(templateFile, sourceFiles, problems);
  const written = withDefinitions(
    withImplicitApis(declared, globals),
    readFile,
    createPackagedFiles(dirname(templateFile)),
    problems,
  );
  const { resources, referable } = expandSam(written, readFile, problems);
  problems.throwIfAny();

  refuseUnknownDependencies(template, resources, problems);
  refuseCircles(resources, referable, problems);
  problems.throwIfAny();
  let second: Evaluator;
  let nested: NestedStacks;
  const standIns = new Map<string, StandIn>();
  const references = createReferences({
    resources,
    target,
    referable,
    evaluator: () => second,
    deploymentId: (deployment) => reading.deploymentId(stack, deployment),
    stackOutputs: (logicalId) => nested.outputs(logicalId),
    standIn(resource, attribute, value) {
      standIns.set(`${resource.logicalId} ${attribute}`, { resource, attribute, value });
      reading.standIns.add(value);
    },
  });
  const functions = createEvaluator(scope, bothLookups(parameterValues, references), problems);
  const stored = createDynamicReferences(reading.values, reading.madeSecret, problems);
  second = { evaluate: (value) => stored.resolve(functions.evaluate(value)) };
  let outputs: Readonly<Record<string, string>> | undefined;
  const stack: Stack = {
    path: request.path,
    templateFile,
    target,
    template,
    globals,
    written,
    resources,
    evaluate: (value) => second.evaluate(value),
    outputs() {
      outputs ??= readOutputs(
        template,
        (value, place) => stored.resolveOpen(functions.evaluate(first.evaluate(value)), place),
        scope.condition,
        problems,
      );
      return outputs;
    },
    nested: () => nested.all(),
    standIns: () => [...standIns.values()],
  };
  const chain = [...request.chain, templateFile];
  nested = createNestedStacks({
    resources,
    templateFile,
    target,
    chain,
    problems,
    evaluate: stack.evaluate,
    read: (inner: NestedRequest) =>
      readStack(
        {
          templateFile: inner.templateFile,
          target: inner.target,
          fromConfig: {},
          parameters: inner.parameters,
          madeBy: inner.resource,
          path: `${request.path}${inner.resource.logicalId}/`,
          chain,
        },
        reading,
      ),
  });
  reading.begun(stack);
  nested.all();
  return stack;
};

const readTemplate = (templateFile: string, problems: Problems): PlainMap => {
  const document = readDocument(templateFile, problems);
  problems.throwIfAny();
  const template = document!.value;
  if (isMap(template)) return template;
  problems.add(
    'The template must be a map.',
    { file: displayPath(templateFile), line: 1, column: 1 },
    'Write its sections, such as Resources, at its top.',
  );
  problems.throwIfAny();
  return {};
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

/** What the resource that nests a stack gives it, against what its template declares. */
const refuseOddParameters = (
  template: PlainMap,
  { logicalId, properties, place }: Resource,
  given: Readonly<Record<string, string>>,
  problems: Problems,
): void => {
  const declared = sectionOf(template, 'Parameters');
  const written = entry(properties, 'Parameters');
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(declared, name)) continue;
    problems.add(
      `${logicalId} gives its stack the parameter ${name}, which the template there does not declare.`,
      (isMap(written) ? placeOf(written, name) : null) ?? place,
      `Leave it out.${didYouMean(name, Object.keys(declared))}`,
    );
  }
  for (const [name, definition] of Object.entries(declared)) {
    if (Object.hasOwn(given, name) || (isMap(definition) && entry(definition, 'Default') !== undefined)) continue;
    problems.add(
      `${logicalId} gives its stack no value for the parameter ${name}.`,
      (isMap(written) ? placeOf(properties, 'Parameters') : null) ?? place,
      `Write it under Parameters of ${logicalId}, or give it a Default.`,
    );
  }
};
