import { type DeploymentTarget, nestedTarget } from '../inputs/deployment-target.ts';
import { nestedStackType } from '../stack.ts';
import { arn, type LocalValues } from './local-values.ts';

export const stackId = (target: DeploymentTarget): string =>
  `${arn(target, 'cloudformation', `stack/${target.stackName}`)}/00000000-0000-4000-8000-000000000000`;

/** The outputs of a stack are no attributes by name: they are asked of the stack itself. */
export const stackValues: Readonly<Record<string, LocalValues>> = {
  [nestedStackType]: { ref: ({ target, logicalId }) => stackId(nestedTarget(target, logicalId)), attributes: {} },
};
