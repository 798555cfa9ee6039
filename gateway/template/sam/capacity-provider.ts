import type { Resource } from '../resource.ts';
import { entry, isMap, mapAt, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { type Expansion, getAtt, make, pick } from './expansion.ts';
import { managed, trust } from './roles/execution-role.ts';
import { resourceTags, tagList } from './tags.ts';

/** Instances of the account's own that functions run on, with the role by which Lambda manages them. */
export const expandCapacityProvider = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties, place } = resource;
  if (!isMap(entry(properties, 'VpcConfig') ?? null)) {
    expansion.problems.add(`${logicalId} has no VpcConfig.`, place, 'Give it one with SubnetIds.');
  }
  const requirements = mapAt(properties, 'InstanceRequirements');
  if (entry(requirements, 'AllowedTypes') !== undefined && entry(requirements, 'ExcludedTypes') !== undefined) {
    expansion.problems.add(
      `InstanceRequirements of ${logicalId} has both AllowedTypes and ExcludedTypes.`,
      placeOf(requirements, 'ExcludedTypes') ?? place,
      'Give it one of them.',
    );
  }
  const given = entry(properties, 'OperatorRole') ?? undefined;
  const role = `${logicalId}OperatorRole`;
  if (given === undefined) {
    make(expansion, resource, role, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      ManagedPolicyArns: [managed('AWSLambdaManagedEC2ResourceOperator')],
    });
  }
  make(
    expansion,
    resource,
    logicalId,
    'AWS::Lambda::CapacityProvider',
    {
      ...pick(properties, 'CapacityProviderName', 'VpcConfig', 'KmsKeyArn'),
      PermissionsConfig: { CapacityProviderOperatorRoleArn: given ?? getAtt(role, 'Arn') },
      InstanceRequirements: instances(requirements),
      CapacityProviderScalingConfig: scaling(mapAt(properties, 'ScalingConfig')),
      TelemetryConfig: wrapped(properties, 'LoggingConfig'),
      PropagateTags: explicitTags(mapAt(properties, 'ManagedResourceTags')),
      Tags: resourceTags(resource),
    },
    resource.metadata,
  );
};

const instances = (given: PlainMap): PlainMap | undefined => {
  if (Object.keys(given).length === 0) return undefined;
  return {
    ...pick(given, 'Architectures'),
    ...(entry(given, 'AllowedTypes') === undefined ? {} : { AllowedInstanceTypes: given.AllowedTypes! }),
    ...(entry(given, 'ExcludedTypes') === undefined ? {} : { ExcludedInstanceTypes: given.ExcludedTypes! }),
  };
};

/** A target of CPU use makes the scaling one's own. */
const scaling = (given: PlainMap): PlainMap | undefined => {
  if (Object.keys(given).length === 0) return undefined;
  const target = entry(given, 'AverageCPUUtilization');
  return {
    ...pick(given, 'MaxVCpuCount'),
    ...(target === undefined
      ? { ScalingMode: 'Auto' }
      : {
          ScalingMode: 'Manual',
          ScalingPolicies: [
            { PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: target },
          ],
        }),
  };
};

const wrapped = (properties: PlainMap, key: string): Plain | undefined => {
  const value = entry(properties, key);
  return value === undefined ? undefined : { [key]: value };
};

const explicitTags = (given: PlainMap): PlainMap | undefined =>
  entry(given, 'Tags') === undefined ? undefined : { Mode: 'Explicit', ExplicitTags: tagList(mapAt(given, 'Tags')) };
