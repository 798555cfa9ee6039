import { basename } from 'node:path';
import { derivedId } from '../../derived-ids.ts';
import { projectFolder } from '../../project-folder.ts';

/** Where the stack is thought to stand: what the pseudo parameters say. */
export type DeploymentTarget = {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  readonly urlSuffix: string;
};

export const deploymentTarget = (
  templateFile: string,
  given: { readonly stackName?: string | null; readonly region?: string | null; readonly accountId?: string | null },
): DeploymentTarget => {
  const region = given.region ?? 'us-east-1';
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return {
    stackName: given.stackName ?? stackNameOf(templateFile),
    region,
    accountId: given.accountId ?? '123456789012',
    partition,
    urlSuffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
};

/** Where a nested stack stands. CloudFormation ends its name with letters of its own choice. */
export const nestedTarget = (target: DeploymentTarget, logicalId: string): DeploymentTarget => ({
  ...target,
  stackName: `${target.stackName}-${logicalId}-${derivedId(12, 'nested', target.stackName, logicalId).toUpperCase()}`,
});

/** CDK's name of the stack, or that of the project's folder, in the letters that a stack's name may have. */
const stackNameOf = (templateFile: string): string => {
  const synthesised = /^(.+)\.template\.json$/.exec(basename(templateFile))?.[1];
  const name = (synthesised ?? basename(projectFolder(templateFile)))
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .replace(/-+$/, '');
  return name || 'stack';
};
