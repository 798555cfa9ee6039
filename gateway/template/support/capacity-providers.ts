import { all, fields, notHonoured, reasons, type SupportNode } from './node.ts';

const { inert } = reasons;
const dormant = notHonoured('functions run on this machine; no instances are managed');

export const capacityProviderTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::CapacityProvider': {
    ...dormant,
    fields: {
      ...all(inert, 'CapacityProviderName', 'OperatorRole', 'KmsKeyArn', 'LoggingConfig', 'Tags', 'PropagateTags'),
      VpcConfig: fields(all(inert, 'SubnetIds', 'SecurityGroupIds')),
      InstanceRequirements: fields(all(inert, 'Architectures', 'AllowedTypes', 'ExcludedTypes')),
      ScalingConfig: fields(all(inert, 'MaxVCpuCount', 'AverageCPUUtilization')),
      ManagedResourceTags: fields({ Tags: inert }),
    },
  },
  'AWS::Lambda::CapacityProvider': dormant,
};
