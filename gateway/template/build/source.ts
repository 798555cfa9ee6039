import { dirname, resolve } from 'node:path';
import type { DeploymentTarget } from '../inputs/deployment-target.ts';
import type { Problems } from '../problems.ts';
import { createReader, type Reader } from '../reader.ts';
import type { Resource, Resources } from '../resource.ts';
import type { Plain, PlainMap } from '../text/plain.ts';

/** What the builders of the model read: CloudFormation resources alone, their values asked for when they are needed. */
export type Source = {
  readonly templateFile: string;
  readonly target: DeploymentTarget;
  readonly problems: Problems;
  ofType(type: string): readonly Resource[];
  /** A resource's properties, every reference resolved. */
  read(resource: Resource): Reader;
  /** What `Ref` gives for a resource. */
  ref(resource: Resource): string;
  getAtt(resource: Resource, attribute: string): string;
  /** The resource that a property of another one refers to, by its local value. */
  find(types: readonly string[], value: string | null): Resource | null;
  /** A path of the template, absolute. */
  path(relative: string): string;
};

export const createSource = (parts: {
  readonly templateFile: string;
  readonly target: DeploymentTarget;
  readonly problems: Problems;
  readonly resources: Resources;
  readonly evaluate: (value: Plain) => Plain;
}): Source => {
  const byType = new Map<string, Resource[]>();
  for (const resource of parts.resources.values()) {
    const known = byType.get(resource.type);
    if (known) known.push(resource);
    else byType.set(resource.type, [resource]);
  }
  const readers = new Map<string, Reader>();
  const ref = (resource: Resource): string => String(parts.evaluate({ Ref: resource.logicalId }));
  return {
    templateFile: parts.templateFile,
    target: parts.target,
    problems: parts.problems,
    ofType: (type) => byType.get(type) ?? [],
    read(resource) {
      let reader = readers.get(resource.logicalId);
      if (!reader) {
        const properties = parts.evaluate(resource.properties) as PlainMap;
        reader = createReader(properties, resource.place, resource.logicalId, parts.problems);
        readers.set(resource.logicalId, reader);
      }
      return reader;
    },
    ref,
    getAtt: (resource, attribute) => String(parts.evaluate({ 'Fn::GetAtt': [resource.logicalId, attribute] })),
    find(types, value) {
      if (value === null) return null;
      for (const type of types) {
        const found = byType.get(type)?.find((resource) => ref(resource) === value);
        if (found) return found;
      }
      return null;
    },
    path: (relative) => resolve(dirname(parts.templateFile), relative),
  };
};
