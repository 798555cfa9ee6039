import type { Evaluator } from './intrinsics/evaluate.ts';
import { addExtensions, type Transforms } from './intrinsics/transforms.ts';
import { didYouMean, type Problems } from './problems.ts';
import { describe, entry, type Plain, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

/** A resource as written, and what is needed to read its attributes. */
type Written = {
  readonly logicalId: string;
  readonly given: PlainMap;
  readonly evaluator: Evaluator;
  readonly transforms: Transforms;
  readonly problems: Problems;
};

/** An attribute as text: AWS resolves functions there for AWS::LanguageExtensions alone. Undefined after a problem. */
const attribute = (name: string, { logicalId, given, evaluator, transforms, problems }: Written): Plain | undefined => {
  const written = entry(given, name) ?? null;
  if (typeof written !== 'object' || written === null) return written;
  if (transforms.languageExtensions && !transforms.samFirst) return evaluator.evaluate(written);
  problems.add(
    transforms.samFirst
      ? `The ${name} of ${logicalId} is a function, which SAM meets before AWS::LanguageExtensions runs.`
      : `The ${name} of ${logicalId} is a function, which needs AWS::LanguageExtensions.`,
    placeOf(given, name),
    addExtensions,
  );
  return undefined;
};

/** The condition that a resource hangs on; null for none. */
export const conditionOf = (resource: Written): string | null => {
  const name = attribute('Condition', resource);
  if (name === undefined || name === null || typeof name === 'string') return name ?? null;
  const { logicalId, given, problems } = resource;
  const remedy = 'Write the name of a condition.';
  problems.add(`The Condition of ${logicalId} is ${describe(name)}, not a name.`, placeOf(given, 'Condition'), remedy);
  return null;
};

const policies: Readonly<Record<string, readonly string[]>> = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'],
  UpdateReplacePolicy: ['Delete', 'Retain', 'Snapshot'],
};

/** Nothing is deleted here; what AWS would refuse is refused all the same. */
export const refuseOddPolicies = (resource: Written): void => {
  const { logicalId, given, problems } = resource;
  for (const [name, choices] of Object.entries(policies)) {
    if (!Object.hasOwn(given, name)) continue;
    const policy = attribute(name, resource);
    if (policy === undefined || choices.some((choice) => choice === policy)) continue;
    const shown = typeof policy === 'string' ? policy : describe(policy);
    const remedy = `It can be ${choices.join(', ')}.${didYouMean(shown, choices)}`;
    problems.add(`The ${name} of ${logicalId} is ${shown}.`, placeOf(given, name), remedy);
  }
};
