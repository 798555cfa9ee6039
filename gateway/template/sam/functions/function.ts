import type { Resource } from '../../resource.ts';
import { entry, isMap, mapAt, type PlainMap } from '../../text/plain.ts';
import { expandEvents } from '../events/function-events.ts';
import { type Expansion, getAtt, make, pick, ref } from '../expansion.ts';
import { resourceTags } from '../tags.ts';
import { invocationDestinations } from './delivery-policies.ts';
import { describedWithHash, expandAlias, qualifierOf } from './function-alias.ts';
import { functionCode } from './function-code.ts';
import { expandRole } from './function-role.ts';
import { refuseOddFunction } from './function-rules.ts';
import { expandFunctionUrl } from './function-url.ts';

/** A function, with its role, version, alias and what its events need. */
export const expandFunction = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  refuseOddFunction(resource, expansion.problems);
  const tracing = entry(properties, 'Tracing');
  const role = entry(properties, 'Role') ?? undefined;
  make(
    expansion,
    resource,
    logicalId,
    'AWS::Lambda::Function',
    {
      ...pick(properties, ...passedOn),
      Description: describedWithHash(properties),
      Code: functionCode(properties),
      Role: role ?? getAtt(`${logicalId}Role`, 'Arn'),
      TracingConfig: tracing === undefined || tracing === 'Disabled' ? undefined : { Mode: tracing },
      DeadLetterConfig: deadLetterConfig(properties),
      CapacityProviderConfig: capacityProvider(properties),
      Tags: resourceTags(resource),
    },
    resource.metadata,
  );
  if (role === undefined) expandRole(resource, expansion);
  const alias = expandAlias(resource, expansion);
  expandFunctionUrl(resource, alias, expansion);
  expandEventInvokeConfig(resource, expansion);
  expandEvents(resource, alias === null ? null : ref(alias), expansion);
};

/** Properties that have the same name and meaning in Lambda. */
const passedOn = [
  'FunctionName',
  'Handler',
  'Runtime',
  'Timeout',
  'MemorySize',
  'Environment',
  'Layers',
  'Architectures',
  'EphemeralStorage',
  'LoggingConfig',
  'PackageType',
  'ImageConfig',
  'ReservedConcurrentExecutions',
  'SnapStart',
  'VpcConfig',
  'KmsKeyArn',
  'FileSystemConfigs',
  'CodeSigningConfigArn',
  'RuntimeManagementConfig',
  'RecursiveLoop',
  'TenancyConfig',
  'DurableConfig',
  'FunctionScalingConfig',
  'PublishToLatestPublished',
];

const deadLetterConfig = (properties: PlainMap): PlainMap | undefined => {
  const target = entry(mapAt(properties, 'DeadLetterQueue'), 'TargetArn');
  return target === undefined ? undefined : { TargetArn: target };
};

/** Lambda has the settings of a capacity provider one map further in, and calls its ARN by a longer name. */
const capacityProvider = (properties: PlainMap): PlainMap | undefined => {
  const config = entry(properties, 'CapacityProviderConfig') ?? null;
  if (!isMap(config)) return undefined;
  const { Arn, ...others } = config;
  return {
    LambdaManagedInstancesCapacityProviderConfig: {
      ...(Arn === undefined ? {} : { CapacityProviderArn: Arn }),
      ...others,
    },
  };
};

const expandEventInvokeConfig = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const config = mapAt(properties, 'EventInvokeConfig');
  if (Object.keys(config).length === 0) return;
  const destinations = invocationDestinations(logicalId, properties);
  for (const { made } of destinations) {
    if (!made) continue;
    make(expansion, resource, made.logicalId, made.type, {});
    const name = made.type === 'AWS::SQS::Queue' ? 'DestinationQueue' : 'DestinationTopic';
    expansion.referable.set(`${logicalId}.${name}`, made.logicalId);
  }
  make(expansion, resource, `${logicalId}EventInvokeConfig`, 'AWS::Lambda::EventInvokeConfig', {
    FunctionName: ref(logicalId),
    Qualifier: qualifierOf(properties),
    ...pick(config, 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'),
    DestinationConfig: Object.fromEntries(destinations.map(({ name, Destination }) => [name, { Destination }])),
  });
};
