import type { Problems } from '../problems.ts';
import type { Resource, Resources } from '../resource.ts';
import { splitAttribute } from '../text/intrinsic-tags.ts';
import { isList, isMap, type Plain } from '../text/plain.ts';
import { throughReferable } from './references.ts';

/** Names every circle of references: CloudFormation could create none of its resources first. */
export const refuseCircles = (
  resources: Resources,
  referable: ReadonlyMap<string, string>,
  problems: Problems,
): void => {
  const done = new Set<string>();
  const path: string[] = [];
  // Circles that share a resource are one mistake.
  const reported = new Set<string>();
  const edges = new Map<string, readonly string[]>();
  const dependencies = (resource: Resource): readonly string[] => {
    let found = edges.get(resource.logicalId);
    if (!found) {
      const names = new Set<string>(resource.dependsOn);
      collect(resource.properties, referable, names);
      found = [...names].filter((name) => resources.has(name));
      edges.set(resource.logicalId, found);
    }
    return found;
  };
  const visit = (id: string): void => {
    if (done.has(id)) return;
    const at = path.indexOf(id);
    const resource = resources.get(id)!;
    if (at >= 0) {
      const circle = path.slice(at);
      if (circle.some((member) => reported.has(member))) return;
      for (const member of circle) reported.add(member);
      problems.add(
        `Resources refer to each other in a circle: ${[...circle, id].join(' → ')}.`,
        resources.get(path[at]!)!.place,
        'Break it: CloudFormation cannot create any of them first. A name given by hand often does.',
      );
      return;
    }
    path.push(id);
    for (const next of dependencies(resource)) visit(next);
    path.pop();
    done.add(id);
  };
  for (const id of resources.keys()) visit(id);
};

const collect = (value: Plain, referable: ReadonlyMap<string, string>, names: Set<string>): void => {
  if (isList(value)) {
    for (const item of value) collect(item, referable, names);
  } else if (isMap(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'Ref' && typeof inner === 'string') names.add(referable.get(inner) ?? inner);
      else if (key === 'Fn::GetAtt' && isList(inner)) {
        names.add(throughReferable(referable, String(inner[0]), inner.slice(1).join('.')).logicalId);
      } else if (key === 'Fn::GetAtt' && typeof inner === 'string') {
        names.add(throughReferable(referable, ...splitAttribute(inner)).logicalId);
      } else if (key === 'Fn::Sub') {
        const [text, own] = isList(inner) ? inner : [inner, null];
        for (const match of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
          // A variable of the call's own may have the name of a resource.
          if (isMap(own ?? null) && Object.hasOwn(own as object, match[1]!)) continue;
          names.add(throughReferable(referable, ...splitAttribute(match[1]!)).logicalId);
        }
        if (isList(inner)) collect(inner, referable, names);
      } else collect(inner, referable, names);
    }
  }
};
