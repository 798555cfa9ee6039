import type { DeployedFunction } from '../deployed-function.ts';
import { latest } from '../qualifiers.ts';
import { ControlError } from './control-error.ts';
import type { PinnedAlias } from './function-pins.ts';

export const aliasNotFound = ({ fn }: DeployedFunction, alias: string): ControlError =>
  new ControlError('ResourceNotFoundException', `Cannot find alias arn: ${fn.arn}:${alias}`);

/** Refuses what Lambda would: versions that are not there, and weights that make no sense. */
export const checkRouting = (deployed: DeployedFunction, { version, routing }: PinnedAlias): void => {
  const refuse = (text: string): never => {
    throw new ControlError('InvalidParameterValueException', text);
  };
  const entries = Object.entries(routing);
  for (const named of [version, ...Object.keys(routing)]) {
    const isVersion = named === latest || deployed.fn.versions.some((known) => known.version === named);
    if (!isVersion)
      throw new ControlError('ResourceNotFoundException', `Function not found: ${deployed.fn.arn}:${named}`);
  }
  if (entries.length > 1) refuse('Number of items in AdditionalVersionWeights cannot be greater than 1');
  for (const [other, weight] of entries) {
    if (other === latest || version === latest)
      refuse('$LATEST is not supported for an alias pointing to more than 1 version');
    if (other === version)
      refuse(
        `Invalid function version ${other}. Function version ${other} is already included in routing configuration.`,
      );
    if (!(weight >= 0 && weight <= 1))
      refuse(`Value ${weight} for the weight of version ${other} must be between 0.0 and 1.0`);
  }
};
