import { intrinsicName } from '../../intrinsics/pending.ts';
import type { Problems } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { describe, entry, isList, isMap, type Plain } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, make, pick } from '../expansion.ts';
import { resourceTags } from '../tags.ts';
import { managedPolicyPath } from './managed-policies.ts';
import { fromPolicyTemplate } from './policy-templates/policy-template.ts';

/** What a role lets its bearer do: managed policies, by ARN or name, and documents. */
export type Grants = { readonly managed: readonly Plain[]; readonly documents: readonly Plain[] };

/** The ARN of a managed policy that is written by its name, or what stands for one. */
export const managed = (name: string): Plain =>
  name.startsWith('arn:') ? name : { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${managedPolicyPath(name)}` };

export const trust = (service: string): Plain => ({
  Version: '2012-10-17',
  Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
});

/** The role that SAM makes for a function or a state machine: what it needs itself, what `Policies` says, what its events need. */
export const makeExecutionRole = (
  resource: Resource,
  expansion: Expansion,
  trusted: Plain,
  grants: readonly Grants[],
): void => {
  const { logicalId, properties } = resource;
  const documents = grants.flatMap((grant) => grant.documents);
  make(expansion, resource, `${logicalId}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: trusted,
    ManagedPolicyArns: once(grants.flatMap((grant) => grant.managed)),
    ...(documents.length > 0
      ? {
          Policies: documents.map((document, i) => ({
            PolicyName: `${logicalId}RolePolicy${i}`,
            PolicyDocument: document,
          })),
        }
      : {}),
    Path: entry(properties, 'RolePath'),
    ...pick(properties, 'PermissionsBoundary'),
    Tags: resourceTags(resource),
  });
};

const once = (arns: readonly Plain[]): readonly Plain[] =>
  arns.filter((arn, i) => arns.findIndex((other) => JSON.stringify(other) === JSON.stringify(arn)) === i);

/** `Policies`: one or several names or ARNs of managed policies, documents, and SAM's policy templates. */
export const grantsOfPolicies = (resource: Resource, problems: Problems): Grants => {
  const given = entry(resource.properties, 'Policies') ?? [];
  const grants: { managed: Plain[]; documents: Plain[] } = { managed: [], documents: [] };
  for (const policy of isList(given) ? given : [given]) {
    if (typeof policy === 'string') grants.managed.push(managed(policy));
    else if (intrinsicName(policy) !== null) grants.managed.push(policy);
    else if (isMap(policy) && entry(policy, 'Statement') !== undefined) grants.documents.push(policy);
    else if (isMap(policy) && Object.keys(policy).length === 1) {
      const document = fromPolicyTemplate(Object.keys(policy)[0]!, policy, resource, problems);
      if (document) grants.documents.push(document);
    } else {
      problems.add(
        `Policies of ${resource.logicalId} has an item that is no policy: ${describe(policy)}${isMap(policy) ? ' without a Statement' : ''}.`,
        (isMap(policy) || isList(policy) ? placeOf(policy) : null) ??
          placeOf(resource.properties, 'Policies') ??
          resource.place,
        'Write the name or ARN of a managed policy, a document with a Statement, or one policy template.',
      );
    }
  }
  return grants;
};
