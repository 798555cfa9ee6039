import { free, notHonoured, reasons, type SupportNode } from './node.ts';

const custom = notHonoured('custom resources run in an account, not here; what it would return is a stand-in');

/** Types that no table lists by name: everybody's own resources, and what CDK adds to every stack to be counted by. */
export const customResource = (type: string): SupportNode | undefined => {
  if (type === 'AWS::CDK::Metadata') return { ...free, ...reasons.inert };
  return type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::') ? custom : undefined;
};
