import type { Application } from '../../model/application.ts';
import type { SupportLine } from '../support.ts';
import { entry, isMap } from '../text/plain.ts';
import { propertiesOfEvent } from './function-events.ts';
import { all, differently, eachOf, fields, free, honoured, notHonoured, reasons, type SupportNode } from './node.ts';
import { policies } from './policies.ts';

const dormant = 'its definition is read; no execution runs yet';
const kept = differently('kept; no execution runs yet');
const inBucket = fields(all(honoured, 'Bucket', 'Key', 'Version'));

/** What starts a state machine; of these only an operation of an API is there to be called. */
const eventTypes = ['Api', 'CloudWatchEvent', 'EventBridgeRule', 'Schedule', 'ScheduleV2'];
const event: SupportNode = {
  ...honoured,
  judge(value) {
    const type = isMap(value) ? entry(value, 'Type') : undefined;
    if (typeof type !== 'string' || !eventTypes.includes(type)) return notHonoured('it starts no state machine');
    const properties = fields({
      ...all(free, ...propertiesOfEvent(type), 'UnescapeMappingTemplate', 'RoleArn', 'Target'),
      ...(type === 'Api' ? { Auth: free } : {}),
    });
    const note = type === 'Api' ? 'the operation stands; it starts nothing yet' : `events of type ${type} never come`;
    return { ...notHonoured(note), fields: { Type: honoured, Properties: properties } };
  },
};

export const stateMachineTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::StateMachine': {
    ...notHonoured(dormant),
    fields: {
      Definition: free,
      DefinitionUri: inBucket,
      DefinitionSubstitutions: free,
      ...all(honoured, 'Name', 'Type', 'Role', 'RolePath'),
      Policies: policies,
      PermissionsBoundary: notHonoured('permissions of state machines are not enforced'),
      ...all(kept, 'Logging', 'Tracing', 'AutoPublishAlias', 'DeploymentPreference'),
      UseAliasAsEventTarget: honoured,
      Events: eachOf(event),
      ...all(reasons.inert, 'Tags', 'PropagateTags'),
    },
  },
  'AWS::StepFunctions::StateMachine': {
    ...notHonoured(dormant),
    fields: {
      ...all(free, 'Definition', 'DefinitionString', 'DefinitionSubstitutions'),
      DefinitionS3Location: inBucket,
      ...all(honoured, 'StateMachineName', 'StateMachineType', 'RoleArn'),
      ...all(kept, 'LoggingConfiguration', 'TracingConfiguration'),
      ...all(reasons.inert, 'EncryptionConfiguration', 'Tags'),
    },
  },
  'AWS::StepFunctions::StateMachineVersion': fields({
    ...all(honoured, 'StateMachineArn'),
    ...all(reasons.inert, 'StateMachineRevisionId', 'Description'),
  }),
  'AWS::StepFunctions::StateMachineAlias': fields({
    Name: honoured,
    RoutingConfiguration: kept,
    DeploymentPreference: differently('the alias moves at once'),
    Description: reasons.inert,
  }),
};

/** State machines of which not even the definition is here. */
export const linesOfStateMachines = ({ stateMachines }: Application): readonly SupportLine[] =>
  stateMachines.flatMap(({ logicalId, unsupported, place }) =>
    unsupported === null
      ? []
      : [
          {
            logicalId,
            resourceType: 'AWS::StepFunctions::StateMachine',
            property: 'DefinitionS3Location',
            level: 'not honoured',
            note: unsupported,
            place,
          },
        ],
  );
