import { createHash } from 'node:crypto';
import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';

const name = (subject: Subject): string => subject.text('StateMachineName', ownName(subject));
const stateMachine = (subject: Subject): string => arn(subject.target, 'states', `stateMachine:${name(subject)}`);
/** There is one version: the state machine as it stands in the template. */
const version = (subject: Subject): string => `${subject.text('StateMachineArn', '')}:1`;

/** An alias has the ARN of the state machine whose versions it names, with its own name behind. */
const alias = (subject: Subject): string => {
  const preference = subject.property('DeploymentPreference') as { StateMachineVersionArn?: unknown } | undefined;
  const routing = subject.property('RoutingConfiguration') as { StateMachineVersionArn?: unknown }[] | undefined;
  const versionArn = String(preference?.StateMachineVersionArn ?? routing?.[0]?.StateMachineVersionArn ?? '');
  return `${versionArn.replace(/:\d+$/, '')}:${subject.text('Name', '')}`;
};

/** In the shape of a UUID, as revisions are. */
const revision = (subject: Subject): string => {
  const hex = createHash('sha256').update(`revision\0${subject.target.stackName}\0${subject.logicalId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const stateMachineValues: Readonly<Record<string, LocalValues>> = {
  'AWS::StepFunctions::StateMachine': {
    ref: stateMachine,
    attributes: { Arn: stateMachine, Name: name, StateMachineRevisionId: revision },
    complete: true,
  },
  'AWS::StepFunctions::StateMachineVersion': { ref: version, attributes: { Arn: version }, complete: true },
  'AWS::StepFunctions::StateMachineAlias': { ref: alias, attributes: { Arn: alias }, complete: true },
  'AWS::StepFunctions::Activity': {
    ref: (subject) => arn(subject.target, 'states', `activity:${subject.text('Name', ownName(subject))}`),
    attributes: {
      Arn: (subject) => arn(subject.target, 'states', `activity:${subject.text('Name', ownName(subject))}`),
      Name: (subject) => subject.text('Name', ownName(subject)),
    },
    complete: true,
  },
};
