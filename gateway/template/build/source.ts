import { dirname, resolve } from 'node:path';
import type { DeploymentTarget } from '../inputs/deployment-target.ts';
import type { Problems } from '../problems.ts';
import { createReader, type Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import type { Stack } from '../stack.ts';
import type { PlainMap } from '../text/plain.ts';

/** What the builders of the model read: CloudFormation resources alone, their values asked for when they are needed. */
export type Source = {
  readonly templateFile: string;
  readonly target: DeploymentTarget;
  readonly problems: Problems;
  /** The resources of all stacks. One whose logical id an earlier stack has too is called by its path, as in `Nested/Api`. */
  readonly resources: readonly Resource[];
  ofType(type: string): readonly Resource[];
  /** A stack's own resource, under the name that it has here. */
  of(stack: Stack, logicalId: string): Resource;
  /** What a logical id of a stack is called here. */
  nameOf(stack: Stack, logicalId: string): string;
  /** A resource's properties, every reference resolved. */
  read(resource: Resource): Reader;
  /** What `Ref` gives for a resource. */
  ref(resource: Resource): string;
  getAtt(resource: Resource, attribute: string): string;
  /** The resource that a property of another one refers to, by its local value. */
  find(types: readonly string[], value: string | null): Resource | null;
  /** A path that a resource names, absolute: it is relative to the template that declares the resource. */
  path(resource: Resource, relative: string): string;
};

type Owner = { readonly stack: Stack; readonly logicalId: string };

export const createSource = (stacks: readonly [Stack, ...Stack[]], problems: Problems): Source => {
  const [root] = stacks;
  const byType = new Map<string, Resource[]>();
  const owners = new Map<Resource, Owner>();
  const named = new Map<string, Resource>();
  const taken = new Map<string, Stack>();
  const nameOf = (stack: Stack, logicalId: string): string =>
    (taken.get(logicalId) ?? stack) === stack ? logicalId : stack.path + logicalId;
  for (const stack of stacks) {
    for (const logicalId of [...stack.written.keys(), ...stack.resources.keys()]) {
      if (!taken.has(logicalId)) taken.set(logicalId, stack);
    }
    for (const declared of stack.resources.values()) {
      const name = nameOf(stack, declared.logicalId);
      const resource = name === declared.logicalId ? declared : { ...declared, logicalId: name };
      owners.set(resource, { stack, logicalId: declared.logicalId });
      named.set(name, resource);
      const known = byType.get(resource.type);
      if (known) known.push(resource);
      else byType.set(resource.type, [resource]);
    }
  }
  const readers = new Map<Resource, Reader>();
  const ownerOf = (resource: Resource): Owner => owners.get(resource)!;
  const ref = (resource: Resource): string => {
    const { stack, logicalId } = ownerOf(resource);
    return String(stack.evaluate({ Ref: logicalId }));
  };
  return {
    templateFile: root.templateFile,
    target: root.target,
    problems,
    resources: [...owners.keys()],
    ofType: (type) => byType.get(type) ?? [],
    of: (stack, logicalId) => named.get(nameOf(stack, logicalId))!,
    nameOf,
    read(resource) {
      let reader = readers.get(resource);
      if (!reader) {
        const properties = ownerOf(resource).stack.evaluate(resource.properties) as PlainMap;
        reader = createReader(properties, resource.place, resource.logicalId, problems);
        readers.set(resource, reader);
      }
      return reader;
    },
    ref,
    getAtt(resource, attribute) {
      const { stack, logicalId } = ownerOf(resource);
      return String(stack.evaluate({ 'Fn::GetAtt': [logicalId, attribute] }));
    },
    find(types, value) {
      if (value === null) return null;
      for (const type of types) {
        const found = byType.get(type)?.find((resource) => ref(resource) === value);
        if (found) return found;
      }
      return null;
    },
    path: (resource, relative) => resolve(dirname(ownerOf(resource).stack.templateFile), relative),
  };
};
