import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createPackagedFiles } from './assets/packaged-files.ts';
import { type DeploymentTarget, nestedTarget } from './inputs/deployment-target.ts';
import type { Problems } from './problems.ts';
import type { Resource, Resources } from './resource.ts';
import { nestedStackType, type Stack } from './stack.ts';
import { displayPath } from './text/display-path.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

/** The stacks that a stack's own resources make, each read when it is first asked for. */
export type NestedStacks = {
  /** The outputs of the stack that a resource makes; null where its template is not on this disk. */
  outputs(logicalId: string): Readonly<Record<string, string>> | null;
  all(): readonly Stack[];
};

export type NestedRequest = {
  readonly resource: Resource;
  readonly templateFile: string;
  readonly target: DeploymentTarget;
  readonly parameters: Readonly<Record<string, string>>;
};

export const createNestedStacks = (parts: {
  readonly resources: Resources;
  readonly templateFile: string;
  readonly target: DeploymentTarget;
  /** The templates from the root to this one. */
  readonly chain: readonly string[];
  readonly problems: Problems;
  evaluate(value: Plain): Plain;
  read(request: NestedRequest): Stack;
}): NestedStacks => {
  const { resources, problems, target } = parts;
  const known = new Map<string, Stack | null>();

  const read = (resource: Resource): Stack | null => {
    const file = templateOf(resource, parts.evaluate, parts.templateFile, problems);
    if (file === null) return null;
    if (parts.chain.includes(file)) {
      problems.add(
        `${resource.logicalId} nests its own template: ${[...parts.chain, file].map(displayPath).join(' → ')}.`,
        placeOf(resource.properties, 'TemplateURL') ?? resource.place,
        'Break the circle: such a stack would nest without end.',
      );
      return null;
    }
    return parts.read({
      resource,
      templateFile: file,
      target: nestedTarget(target, resource.logicalId),
      parameters: parametersOf(resource, parts.evaluate, problems),
    });
  };
  const once = (resource: Resource): Stack | null => {
    const found = known.get(resource.logicalId);
    if (found !== undefined) return found;
    const stack = read(resource);
    known.set(resource.logicalId, stack);
    return stack;
  };

  return {
    outputs: (logicalId) => once(resources.get(logicalId)!)?.outputs() ?? null,
    all: () =>
      [...resources.values()]
        .filter(({ type }) => type === nestedStackType)
        .flatMap((resource) => once(resource) ?? []),
  };
};

/** The file of a nested stack's template; null where it is not on this disk. */
const templateOf = (
  resource: Resource,
  evaluate: (value: Plain) => Plain,
  templateFile: string,
  problems: Problems,
): string | null => {
  // With the map around it, so that a problem in it has a place.
  const properties = evaluate(resource.properties);
  const written = isMap(properties) ? entry(properties, 'TemplateURL') : undefined;
  if (typeof written !== 'string') return null;
  const packaged = createPackagedFiles(dirname(templateFile)).findUrl(resource.metadata, 'TemplateURL', written);
  const url = packaged ?? written;
  if (/^(https?|s3):\/\//.test(url)) return null;
  const file = resolve(dirname(templateFile), url.replace(/^file:\/\//, ''));
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  problems.add(
    `${resource.logicalId}: there is no template ${displayPath(file)}.`,
    placeOf(resource.properties, 'TemplateURL') ?? resource.place,
    'Name a file; its path is relative to the template.',
  );
  return null;
};

/** What a nested stack is given: texts, and lists as CloudFormation takes them. */
const parametersOf = (
  resource: Resource,
  evaluate: (value: Plain) => Plain,
  problems: Problems,
): Readonly<Record<string, string>> => {
  const properties = evaluate(resource.properties);
  const written = (isMap(properties) ? entry(properties, 'Parameters') : undefined) ?? {};
  const given: PlainMap = isMap(written) ? written : {};
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]): [string, string][] => {
      if (isList(value)) return [[name, value.map(String).join(',')]];
      if (value !== null && !isMap(value)) return [[name, String(value)]];
      problems.add(
        `${resource.logicalId}: the parameter ${name} must be text or a list, not ${describe(value)}.`,
        placeOf(given, name) ?? resource.place,
        'Mend its value.',
      );
      return [];
    }),
  );
};
