import { didYouMean, insteadOf, type Problems } from '../../../problems.ts';
import type { Resource } from '../../../resource.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../../../text/plain.ts';
import { placeOf } from '../../../text/positions.ts';
import { sub } from '../../expansion.ts';
import { dataPolicies } from './data.ts';
import { messagingPolicies } from './messaging.ts';
import { operationsPolicies } from './operations.ts';
import { recognitionPolicies } from './recognition.ts';
import type { PolicyTemplate } from './statement.ts';

/** SAM's policy templates by name. */
export const policyTemplates: Readonly<Record<string, PolicyTemplate>> = {
  ...dataPolicies,
  ...messagingPolicies,
  ...operationsPolicies,
  ...recognitionPolicies,
};

/** The parameters of a template, as its ARNs name them. */
export const parametersOf = (template: PolicyTemplate): readonly string[] => {
  const arns = template.flatMap((statement) => [...statement.resources, statement.when?.arn ?? '']);
  return [...new Set(arns.flatMap((arn) => [...arn.matchAll(/(?<!\$)\{(\w+)\}/g)].map((match) => match[1]!)))];
};

/** The policy document that a template makes of its parameters; null after a refusal. */
export const fromPolicyTemplate = (
  name: string,
  policy: PlainMap,
  resource: Resource,
  problems: Problems,
): PlainMap | null => {
  const place = placeOf(policy, name) ?? placeOf(resource.properties, 'Policies') ?? resource.place;
  const template = entry(policyTemplates, name);
  if (!template) {
    problems.add(
      `Policies of ${resource.logicalId}: SAM has no policy template ${name}.`,
      place,
      `Name one of SAM's, a managed policy, or write a document with a Statement.${didYouMean(name, Object.keys(policyTemplates))}`,
    );
    return null;
  }
  const given = policy[name]!;
  const wanted = parametersOf(template);
  if (!isMap(given)) {
    problems.add(
      `Policies of ${resource.logicalId}: ${name} takes a map of parameters, not ${describe(given)}.`,
      place,
      wanted.length > 0 ? `Give it ${wanted.join(' and ')}.` : `It has none: write ${name}: {}.`,
    );
    return null;
  }
  const missing = wanted.filter((parameter) => (entry(given, parameter) ?? null) === null);
  for (const parameter of missing) {
    problems.add(
      `Policies of ${resource.logicalId}: ${name} has no ${parameter}.`,
      place,
      `Give it one.${insteadOf(parameter, Object.keys(given))}`,
    );
  }
  if (missing.length > 0) return null;
  const filled = (arn: string): Plain => {
    if (arn === '*') return arn;
    const names = [...arn.matchAll(/(?<!\$)\{(\w+)\}/g)].map((match) => match[1]!);
    return sub(
      arn.replace(/(?<!\$)\{(\w+)\}/g, '${$1}'),
      Object.fromEntries(names.map((each) => [each, given[each]!])),
    );
  };
  return {
    Statement: template.map(({ actions, resources, when }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources.length === 1 ? filled(resources[0]!) : resources.map(filled),
      ...(when ? { Condition: { StringEquals: { [when.key]: filled(when.arn) } } } : {}),
    })),
  };
};
