import type { Resource } from '../resource.ts';
import { entry } from '../text/plain.ts';
import { type Expansion, make, pick } from './expansion.ts';

/** A state machine, as far as its name and ARN go: that is what others refer to. */
export const expandStateMachine = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  make(
    expansion,
    resource,
    logicalId,
    'AWS::StepFunctions::StateMachine',
    {
      ...pick(properties, 'DefinitionSubstitutions'),
      StateMachineType: entry(properties, 'Type'),
      StateMachineName: entry(properties, 'Name'),
    },
    resource.metadata,
  );
};
