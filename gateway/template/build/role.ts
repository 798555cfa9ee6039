import type { IamRole } from '../../model/lambda-function.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import type { Reader } from '../reader.ts';
import { entry, isList, isMap, type PlainMap } from '../text/plain.ts';
import type { Source } from './source.ts';

export const buildRoles = (source: Source): readonly IamRole[] =>
  source.ofType('AWS::IAM::Role').map((resource) => {
    const reader = source.read(resource);
    const name = source.ref(resource);
    const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'].flatMap((type) =>
      source
        .ofType(type)
        .map((policy) => source.read(policy))
        .filter((policy) => [...policy.texts('Roles'), policy.text('RoleName')].includes(name))
        .map((policy) => policyDocument(policy, 'PolicyDocument')),
    );
    const inline = reader.each('Policies').map((policy) => policyDocument(policy, 'PolicyDocument'));
    return {
      logicalId: resource.logicalId,
      name,
      arn: source.getAtt(resource, 'Arn'),
      assumeRolePolicy: policyDocument(reader, 'AssumeRolePolicyDocument'),
      policies: [...inline, ...attached].filter((document) => document !== null),
      managedPolicyArns: reader.texts('ManagedPolicyArns'),
      permissionsBoundary: reader.text('PermissionsBoundary'),
      place: resource.place,
    };
  });

/** A policy as written; a single statement becomes a list of one. */
export const policyDocument = (reader: Reader, key: string): PolicyDocument | null => {
  if (!reader.has(key)) return null;
  const document = typeof entry(reader.source, key) === 'string' ? parsed(reader, key) : reader.map(key);
  if (document === null) return null;
  const statement = document.Statement;
  const statements = isList(statement) ? statement : isMap(statement) ? [statement] : [];
  for (const item of statements) {
    if (isMap(item) && (item.Effect === 'Allow' || item.Effect === 'Deny')) continue;
    reader.refuse(key, `A statement of ${key} has no Effect.`, 'Write Effect: Allow or Effect: Deny.');
  }
  return {
    Version: String((document as PlainMap).Version ?? '2008-10-17'),
    Statement: statements as unknown as PolicyDocument['Statement'],
  };
};

/** CloudFormation takes such a document as text, too; Serverless Framework writes an empty one where there is none. */
const parsed = (reader: Reader, key: string): PlainMap | null => {
  const text = reader.text(key) ?? '';
  if (text.trim() === '') return null;
  try {
    const document: unknown = JSON.parse(text);
    if (isMap(document)) return document;
  } catch {
    // Told below: text that is no JSON and JSON that is no map are the same mistake.
  }
  reader.refuse(key, `${key} is text that is no JSON document.`, 'Write it as a map.');
  return null;
};
