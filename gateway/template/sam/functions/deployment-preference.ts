import { intrinsicName } from '../../intrinsics/pending.ts';
import type { Resource } from '../../resource.ts';
import { describe, entry, isList, isMap, isTrue, mapAt, type Plain, type PlainMap } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, getAtt, make, pick, ref, sub } from '../expansion.ts';
import { managed, trust } from '../roles/execution-role.ts';
import { tagList } from '../tags.ts';

const application = 'ServerlessDeploymentApplication';
const serviceRole = 'CodeDeployServiceRole';

/** Whether `DeploymentPreference` is there and not switched off. */
export const isShifted = (properties: PlainMap): boolean => {
  const preference = mapAt(properties, 'DeploymentPreference');
  if (Object.keys(preference).length === 0) return false;
  const enabled = entry(preference, 'Enabled') ?? true;
  return enabled === true || (typeof enabled === 'string' && !/^false$/i.test(enabled));
};

/** What CodeDeploy needs to shift traffic: one application, a group for each function, a role where one names none. */
export const expandDeploymentPreferences = (functions: readonly Resource[], expansion: Expansion): void => {
  const shifted = functions.filter(({ properties }) => isShifted(properties));
  const [first] = shifted;
  if (!first) return;
  const tags = shifted.flatMap(({ properties }) => propagated(properties));
  make(expansion, first, application, 'AWS::CodeDeploy::Application', {
    ComputePlatform: 'Lambda',
    ...(tags.length > 0 ? { Tags: tags } : {}),
  });
  if (shifted.some(({ properties }) => roleOf(properties) === undefined)) {
    make(expansion, first, serviceRole, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust('codedeploy.amazonaws.com'),
      ManagedPolicyArns: [managed('AWSCodeDeployRoleForLambda')],
      ...(tags.length > 0 ? { Tags: tags } : {}),
    });
  }
  for (const resource of shifted) {
    const { logicalId, properties } = resource;
    const preference = mapAt(properties, 'DeploymentPreference');
    make(expansion, resource, `${logicalId}DeploymentGroup`, 'AWS::CodeDeploy::DeploymentGroup', {
      ApplicationName: ref(application),
      AlarmConfiguration: alarmConfiguration(resource, preference, expansion),
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      DeploymentConfigName: configName(entry(preference, 'Type') ?? ''),
      DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
      ServiceRoleArn: roleOf(properties) ?? getAtt(serviceRole, 'Arn'),
      ...pick(preference, 'TriggerConfigurations'),
      ...(propagated(properties).length > 0 ? { Tags: propagated(properties) } : {}),
    });
    refuseOddHooks(resource, preference, expansion);
  }
};

const roleOf = (properties: PlainMap): Plain | undefined =>
  entry(mapAt(properties, 'DeploymentPreference'), 'Role') ?? undefined;

const propagated = (properties: PlainMap): readonly Plain[] =>
  isTrue(entry(properties, 'PropagateTags')) ? tagList(mapAt(properties, 'Tags')) : [];

/** Ways of shifting that CodeDeploy brings; any other name is a configuration of the template's own. */
const predefined =
  /^(AllAtOnce|Canary10Percent(5|10|15|30)Minutes|Linear10PercentEvery(1Minute|[23]Minutes|10Minutes))$/;

const configName = (type: Plain): Plain =>
  typeof type === 'string' && predefined.test(type)
    ? sub('CodeDeployDefault.Lambda${ConfigName}', { ConfigName: type })
    : type;

const alarmConfiguration = (resource: Resource, preference: PlainMap, expansion: Expansion): PlainMap | undefined => {
  const alarms = entry(preference, 'Alarms') ?? undefined;
  if (alarms === undefined) return undefined;
  if (isList(alarms)) {
    return alarms.length === 0 ? {} : { Enabled: true, Alarms: alarms.map((alarm) => ({ Name: alarm })) };
  }
  expansion.problems.add(
    `Alarms of ${resource.logicalId}'s DeploymentPreference must be a list, not ${describe(alarms)}.`,
    placeOf(preference, 'Alarms') ?? resource.place,
    'Write the names of alarms as a list.',
  );
  return undefined;
};

const refuseOddHooks = (resource: Resource, preference: PlainMap, expansion: Expansion): void => {
  const hooks = entry(preference, 'Hooks') ?? {};
  if (isMap(hooks) && intrinsicName(hooks) === null) return;
  expansion.problems.add(
    `Hooks of ${resource.logicalId}'s DeploymentPreference must be a map, not ${describe(hooks)}.`,
    placeOf(preference, 'Hooks') ?? resource.place,
    'Write PreTraffic and PostTraffic under it.',
  );
};
