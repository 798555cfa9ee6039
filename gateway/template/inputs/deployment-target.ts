import { basename, dirname, resolve } from 'node:path';

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

/** The folder's name, in the letters that a stack's name may have. */
const stackNameOf = (templateFile: string): string => {
  const folder = basename(dirname(resolve(templateFile)));
  const name = folder
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '')
    .replace(/-+$/, '');
  return name || 'stack';
};
