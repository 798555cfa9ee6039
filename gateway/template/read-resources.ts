import type { Place } from '../model/place.ts';
import type { Evaluator } from './intrinsics/evaluate.ts';
import { isLoop } from './intrinsics/for-each.ts';
import { transformsOf } from './intrinsics/transforms.ts';
import { didYouMean, insteadOf, type Problems } from './problems.ts';
import type { Resource, Resources } from './resource.ts';
import { conditionOf, refuseOddPolicies } from './resource-attributes.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

/** The resources whose condition holds, parameters and conditions already resolved in their properties. */
export const readResources = (
  template: PlainMap,
  evaluator: Evaluator,
  condition: (name: string, place: Place | null) => boolean,
  problems: Problems,
): Resources => {
  const declared = entry(template, 'Resources');
  const resources = new Map<string, Resource>();
  const top = placeOf(template) ?? { file: '', line: 1, column: 1 };
  if (declared === undefined || !isMap(declared)) {
    problems.add(
      'The template has no Resources.',
      top,
      `Declare at least one resource under Resources.${insteadOf('Resources', Object.keys(template))}`,
    );
    return resources;
  }
  const transforms = transformsOf(template);
  for (const [logicalId, given] of Object.entries(declared)) {
    const place = placeOf(declared, logicalId) ?? top;
    // Loops that could not be written out are refused already.
    if (isLoop(logicalId)) continue;
    if (!/^[A-Za-z0-9]+$/.test(logicalId)) {
      problems.add(`${logicalId} is no logical id.`, place, 'Use letters and digits alone.');
      continue;
    }
    if (!isMap(given)) {
      problems.add(
        `The resource ${logicalId} must be a map, not ${describe(given)}.`,
        place,
        'Give it a Type and Properties.',
      );
      continue;
    }
    for (const attribute of Object.keys(given)) {
      if (attributes.includes(attribute) || (attribute === 'Version' && isCustom(entry(given, 'Type')))) continue;
      problems.add(
        `${logicalId} has ${attribute}, which is no attribute of a resource.`,
        placeOf(given, attribute) ?? place,
        `It can have ${attributes.slice(0, 5).join(', ')} and the like.${didYouMean(attribute, attributes)}`,
      );
    }
    const type = entry(given, 'Type');
    if (typeof type !== 'string') {
      problems.add(`The resource ${logicalId} has no Type.`, place, 'Give it one, such as AWS::Serverless::Function.');
      continue;
    }
    if (type.startsWith('AWS::Serverless::') && !transforms.sam) {
      problems.add(
        `${logicalId} is an ${type}, but the template does not ask for SAM.`,
        placeOf(given, 'Type') ?? place,
        'Write Transform: AWS::Serverless-2016-10-31 at its top.',
      );
    }
    const attributesOf = { logicalId, given, evaluator, transforms, problems };
    const when = conditionOf(attributesOf);
    if (when !== null && !condition(when, placeOf(given, 'Condition'))) continue;
    refuseOddPolicies(attributesOf);
    const written = entry(given, 'Properties') ?? {};
    const properties = evaluator.evaluate(written);
    if (properties !== null && !isMap(properties)) {
      problems.add(
        `The Properties of ${logicalId} must be a map, not ${describe(properties)}.`,
        placeOf(given, 'Properties') ?? place,
        'Mend them.',
      );
      continue;
    }
    const metadata = evaluator.evaluate(entry(given, 'Metadata') ?? {});
    resources.set(logicalId, {
      logicalId,
      type,
      properties: isMap(properties) ? properties : {},
      written: isMap(written) ? written : {},
      metadata: isMap(metadata) ? metadata : {},
      dependsOn: listOf(entry(given, 'DependsOn')).filter((name) => typeof name === 'string'),
      ignoreGlobals: entry(given, 'IgnoreGlobals') ?? null,
      connectors: evaluator.evaluate(entry(given, 'Connectors') ?? null),
      place,
    });
  }
  return resources;
};

/** AWS's own examples give custom resources a version beside their type. */
const isCustom = (type: Plain | undefined): boolean =>
  typeof type === 'string' && (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource');

const attributes = [
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'Metadata',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
  'CreationPolicy',
  // SAM's own.
  'IgnoreGlobals',
  'Connectors',
];

/** Refuses a `DependsOn` that names nothing: neither a resource of the template nor one that SAM makes. */
export const refuseUnknownDependencies = (template: PlainMap, made: Resources, problems: Problems): void => {
  const declared = entry(template, 'Resources');
  for (const [logicalId, given] of Object.entries(declared !== undefined && isMap(declared) ? declared : {})) {
    if (!isMap(given) || !isMap(declared)) continue;
    for (const name of listOf(entry(given, 'DependsOn'))) {
      if (typeof name !== 'string') {
        const what = `DependsOn of ${logicalId} must be the names of resources, not ${describe(name)}.`;
        problems.add(what, placeOf(given, 'DependsOn'), 'Write logical ids: no function runs there.');
        continue;
      }
      if (Object.hasOwn(declared, name) || made.has(name) || isConnector(declared, name)) continue;
      problems.add(
        `${logicalId} depends on ${name}, which is no resource of this template.`,
        placeOf(given, 'DependsOn'),
        `Mend DependsOn.${didYouMean(name, [...Object.keys(declared), ...made.keys()])}`,
      );
    }
  }
};

/** A connector that is written at its source is called by the source's name and its own. */
const isConnector = (declared: PlainMap, name: string): boolean =>
  Object.entries(declared).some(([logicalId, given]) => {
    const connectors = isMap(given) ? entry(given, 'Connectors') : undefined;
    return (
      name.startsWith(logicalId) &&
      isMap(connectors ?? null) &&
      Object.hasOwn(connectors as object, name.slice(logicalId.length))
    );
  });

const listOf = (value: Plain | undefined): readonly Plain[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];
