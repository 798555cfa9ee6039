import type { Resource } from '../../resource.ts';
import { entry, isTrue, mapAt, type Plain, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, getAtt, make, pick, ref } from '../expansion.ts';
import { grantsOfPolicies, makeExecutionRole, managed, trust } from '../roles/execution-role.ts';
import { resourceTags } from '../tags.ts';
import { asSubstituted } from './state-machine-definition.ts';
import { expandStateMachineEvents } from './state-machine-events.ts';

/** A state machine, with its role, version, alias and what its events need. */
export const expandStateMachine = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  refuseOddStateMachine(resource, expansion);
  const role = entry(properties, 'Role') ?? undefined;
  make(
    expansion,
    resource,
    logicalId,
    'AWS::StepFunctions::StateMachine',
    {
      ...pick(properties, 'DefinitionSubstitutions'),
      ...definition(resource),
      RoleArn: role ?? getAtt(`${logicalId}Role`, 'Arn'),
      StateMachineName: entry(properties, 'Name'),
      StateMachineType: entry(properties, 'Type'),
      LoggingConfiguration: entry(properties, 'Logging'),
      TracingConfiguration: entry(properties, 'Tracing'),
      Tags: resourceTags(resource),
    },
    resource.metadata,
  );
  if (role === undefined) {
    const traced = entry(mapAt(properties, 'Tracing'), 'Enabled') === true;
    makeExecutionRole(resource, expansion, trust('states.amazonaws.com'), [
      grantsOfPolicies(resource, expansion.problems),
      { managed: traced ? [managed('AWSXrayWriteOnlyAccess')] : [], documents: [] },
    ]);
  }
  const alias = expandAlias(resource, expansion);
  const target = isTrue(entry(properties, 'UseAliasAsEventTarget')) ? (alias ?? logicalId) : logicalId;
  expandStateMachineEvents(resource, target, expansion);
};

/** The definition as it is written, or where it lies: on this disk or in S3. */
const definition = ({ written, properties }: Resource): Record<string, Plain> => {
  const inline = entry(properties, 'Definition') ?? null;
  if (inline !== null) return { Definition: asSubstituted(entry(written, 'Definition') ?? null, inline) };
  const uri = entry(properties, 'DefinitionUri') ?? null;
  if (uri === null) return {};
  const parts = typeof uri === 'string' ? /^s3:\/\/([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(uri) : null;
  if (!parts) return { DefinitionS3Location: uri };
  return {
    DefinitionS3Location: {
      Bucket: parts[1]!,
      Key: parts[2]!,
      ...(parts[3] === undefined ? {} : { Version: parts[3] }),
    },
  };
};

const expandAlias = (resource: Resource, expansion: Expansion): string | null => {
  const { logicalId, properties } = resource;
  const name = textAt(properties, 'AutoPublishAlias');
  if (name === null) return null;
  const version = `${logicalId}Version`;
  make(expansion, resource, version, 'AWS::StepFunctions::StateMachineVersion', {
    StateMachineArn: ref(logicalId),
    StateMachineRevisionId: getAtt(logicalId, 'StateMachineRevisionId'),
  });
  const alias = `${logicalId}Alias${name}`;
  const preference = mapAt(properties, 'DeploymentPreference');
  make(expansion, resource, alias, 'AWS::StepFunctions::StateMachineAlias', {
    Name: name,
    DeploymentPreference: {
      ...(Object.keys(preference).length > 0 ? preference : { Type: 'ALL_AT_ONCE' }),
      StateMachineVersionArn: ref(version),
    },
  });
  return alias;
};

const refuseOddStateMachine = ({ logicalId, properties, place }: Resource, expansion: Expansion): void => {
  const has = (key: string): boolean => (entry(properties, key) ?? null) !== null;
  const refuse = (key: string, what: string, remedy: string): void =>
    expansion.problems.add(what, placeOf(properties, key) ?? place, remedy);
  if (has('Definition') === has('DefinitionUri')) {
    refuse(
      'DefinitionUri',
      `${logicalId} has ${has('Definition') ? 'both Definition and DefinitionUri' : 'no definition'}.`,
      'Give it either Definition or DefinitionUri.',
    );
  }
  if (has('Role') && has('Policies')) {
    refuse(
      'Policies',
      `${logicalId} has both Role and Policies.`,
      'Give it one of them: SAM adds to no role of yours.',
    );
  }
  for (const key of ['DeploymentPreference', 'UseAliasAsEventTarget']) {
    if (!has(key) || has('AutoPublishAlias') || properties[key] === false) continue;
    refuse(key, `${logicalId} has ${key} without AutoPublishAlias.`, 'Give it AutoPublishAlias too.');
  }
};
