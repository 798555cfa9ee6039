import type { Resource } from '../../resource.ts';
import { entry, type Plain, type PlainMap } from '../../text/plain.ts';
import { logicalIdOf } from './ends.ts';
import type { End, Ends, Permission, Profile } from './profile.ts';

export type Refuse = (key: string, what: string, remedy: string) => void;

type Written = { readonly logicalId: string; readonly type: string; readonly properties: PlainMap };

/** What a profile makes for two ends: nothing where an end lacks something, which is then refused. */
export const policiesOf = (
  profile: Profile,
  permissions: readonly Permission[],
  origin: End,
  destination: End,
  id: string,
  suffix: string,
  refuse: Refuse,
): readonly Written[] => {
  let complete = true;
  const need = (end: End, part: 'Arn' | 'Name' | 'ResourceId' | 'Qualifier' | 'RoleName' | 'QueueUrl'): Plain => {
    if (end[part] !== null) return end[part];
    complete = false;
    const what =
      part === 'RoleName'
        ? `The connector %s finds no role of its ${end.side}.`
        : `The connector %s does not know the ${part} of its ${end.side}.`;
    refuse(
      end.side,
      what,
      end.logicalId === null
        ? `Write ${part} there.`
        : 'Let its role be one of this template, or leave the role to SAM.',
    );
    return null;
  };
  const ends: Ends = { of: (side, part) => need(side === 'Source' ? origin : destination, part) };
  const document = (access: Readonly<Partial<Record<Permission, (ends: Ends) => readonly PlainMap[]>>>): PlainMap => ({
    Version: '2012-10-17',
    Statement: permissions.flatMap((permission) => access[permission]?.(ends) ?? []),
  });
  const write = (): readonly Written[] => {
    if (profile.kind === 'function') {
      const properties = { ...profile.access.Write(ends), FunctionName: need(destination, 'Arn') };
      return [{ logicalId: `${id}WriteLambdaPermission${suffix}`, type: 'AWS::Lambda::Permission', properties }];
    }
    const PolicyDocument = document(profile.access);
    if (profile.kind === 'role') {
      const Roles = [need(profile.side === 'Source' ? origin : destination, 'RoleName')];
      return [
        { logicalId: `${id}Policy${suffix}`, type: 'AWS::IAM::ManagedPolicy', properties: { PolicyDocument, Roles } },
      ];
    }
    if (profile.kind === 'topic') {
      const Topics = [need(destination, 'Arn')];
      return [
        {
          logicalId: `${id}TopicPolicy${suffix}`,
          type: 'AWS::SNS::TopicPolicy',
          properties: { PolicyDocument, Topics },
        },
      ];
    }
    const Queues = [need(destination, 'QueueUrl')];
    return [
      { logicalId: `${id}QueuePolicy${suffix}`, type: 'AWS::SQS::QueuePolicy', properties: { PolicyDocument, Queues } },
    ];
  };
  const written = write();
  return complete ? written : [];
};

/** Lets what would fail without the policy wait for it. */
export const waitFor = (
  profile: Profile & { readonly kind: 'role' },
  origin: End,
  destination: End,
  policy: string,
  resources: Map<string, Resource>,
): void => {
  const waiting = (resource: Resource): boolean =>
    profile.dependedBy === 'Source'
      ? resource.logicalId === origin.logicalId
      : resource.type === 'AWS::Lambda::EventSourceMapping' &&
        logicalIdOf(entry(resource.properties, 'FunctionName') ?? null) === destination.logicalId &&
        logicalIdOf(entry(resource.properties, 'EventSourceArn') ?? null) === origin.logicalId;
  if (!profile.dependedBy || origin.logicalId === null) return;
  const [only, another] = [...resources.values()].filter(waiting);
  if (only && !another) resources.set(only.logicalId, { ...only, dependsOn: [...only.dependsOn, policy] });
};
