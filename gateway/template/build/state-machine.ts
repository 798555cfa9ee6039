import type { StateMachine, StateMachineAlias, StateMachineLogging } from '../../model/state-machine.ts';
import type { Reader } from '../reader.ts';
import { inS3, packagedByFolder } from './function-code.ts';
import type { Source } from './source.ts';
import { readStatesDefinition } from './states-definition.ts';

export const buildStateMachines = (source: Source): readonly StateMachine[] => {
  const packagedIn = packagedByFolder(source);
  return source.ofType('AWS::StepFunctions::StateMachine').map((resource) => {
    const reader = source.read(resource);
    const arn = source.getAtt(resource, 'Arn');
    const { definition, file, remote } = readStatesDefinition(source, resource, reader, packagedIn(resource));
    return {
      logicalId: resource.logicalId,
      name: source.getAtt(resource, 'Name'),
      arn,
      type: reader.oneOf('StateMachineType', ['STANDARD', 'EXPRESS']) ?? 'STANDARD',
      definition,
      definitionFile: file,
      role: reader.text('RoleArn'),
      logging: readLogging(reader),
      tracing: reader.within('TracingConfiguration').flag('Enabled'),
      aliases: aliasesOf(source, arn),
      unsupported: remote === null ? null : inS3('definition', remote),
      place: resource.place,
    };
  });
};

const readLogging = (reader: Reader): StateMachineLogging | null => {
  if (!reader.has('LoggingConfiguration')) return null;
  const logging = reader.within('LoggingConfiguration');
  return {
    level: logging.oneOf('Level', ['ALL', 'ERROR', 'FATAL', 'OFF']) ?? 'OFF',
    includeExecutionData: logging.flag('IncludeExecutionData'),
    logGroupArns: logging
      .each('Destinations')
      .map((destination) => destination.within('CloudWatchLogsLogGroup').text('LogGroupArn'))
      .filter((arn) => arn !== null),
  };
};

/** An alias names versions, whose ARNs are the state machine's with a number behind. */
const aliasesOf = (source: Source, arn: string): readonly StateMachineAlias[] =>
  source.ofType('AWS::StepFunctions::StateMachineAlias').flatMap((resource): StateMachineAlias[] => {
    const reader = source.read(resource);
    const shifted = reader.within('DeploymentPreference').text('StateMachineVersionArn');
    const weights = reader
      .each('RoutingConfiguration')
      .map((part): [string, number] => [part.required('StateMachineVersionArn'), part.number('Weight') ?? 0]);
    const routing = shifted === null ? weights : [[shifted, 100] as const];
    if (!routing.some(([version]) => version.startsWith(`${arn}:`))) return [];
    return [
      {
        logicalId: resource.logicalId,
        name: reader.required('Name'),
        arn: source.ref(resource),
        routing: Object.fromEntries(routing),
      },
    ];
  });
