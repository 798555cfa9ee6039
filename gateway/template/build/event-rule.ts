import type { DeliveryRetry, EventInput, EventRule, EventTarget } from '../../model/event-rule.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { busName } from './event-bus.ts';
import { between, jsonMap, membersOf } from './json-property.ts';
import { checkSchedule } from './schedule-expression.ts';
import type { Source } from './source.ts';

export const buildEventRules = (source: Source): readonly EventRule[] =>
  source.ofType('AWS::Events::Rule').map((resource) => buildRule(source, resource));

const states = ['ENABLED', 'DISABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'] as const;

const buildRule = (source: Source, resource: Resource): EventRule => {
  const reader = source.read(resource);
  const bus = busName(reader.text('EventBusName'));
  const pattern = jsonMap(reader, 'EventPattern');
  const schedule = reader.text('ScheduleExpression');
  checkSchedule(reader, 'ScheduleExpression', 'rule');
  if (pattern === null && schedule === null && !reader.has('EventPattern')) {
    source.problems.add(
      `${resource.logicalId} has neither a pattern nor a schedule.`,
      reader.place,
      'Give the rule an EventPattern (Pattern of an event) or a ScheduleExpression.',
    );
  }
  if (schedule !== null && bus !== 'default') {
    reader.refuse(
      'ScheduleExpression',
      `${resource.logicalId} has a schedule on the bus ${bus}.`,
      'Schedules run on the default bus alone: take EventBusName out.',
    );
  }
  return {
    logicalId: resource.logicalId,
    name: source.ref(resource).split('|').at(-1)!,
    arn: source.getAtt(resource, 'Arn'),
    bus,
    enabled: reader.oneOf('State', states) !== 'DISABLED',
    pattern,
    schedule,
    targets: reader.each('Targets').map((target) => buildTarget(target, reader.text('RoleArn'))),
    place: resource.place,
  };
};

/** Settings that belong to one kind of target. */
const targetParameters = [
  'AppSyncParameters',
  'BatchParameters',
  'EcsParameters',
  'HttpParameters',
  'KinesisParameters',
  'RedshiftDataParameters',
  'RunCommandParameters',
  'SageMakerPipelineParameters',
  'SqsParameters',
];

const buildTarget = (reader: Reader, roleOfRule: string | null): EventTarget => ({
  id: reader.required('Id'),
  arn: reader.required('Arn'),
  roleArn: reader.text('RoleArn') ?? roleOfRule,
  input: readInput(reader),
  deadLetterTargetArn: reader.within('DeadLetterConfig').text('Arn'),
  retry: readRetry(reader),
  parameters: membersOf(reader, targetParameters),
});

const readInput = (reader: Reader): EventInput => {
  const given = ['Input', 'InputPath', 'InputTransformer'].filter((key) => reader.has(key));
  if (given.length > 1) {
    reader.refuse(given[1]!, `A target has ${given.join(' and ')}.`, 'Give it one of them.');
  }
  if (reader.has('Input')) return { kind: 'text', text: reader.text('Input') ?? '' };
  if (reader.has('InputPath')) return { kind: 'path', path: reader.text('InputPath') ?? '' };
  if (!reader.has('InputTransformer')) return { kind: 'event' };
  const transformer = reader.within('InputTransformer');
  return {
    kind: 'template',
    paths: transformer.textMap('InputPathsMap'),
    template: transformer.required('InputTemplate'),
  };
};

/** How often and how long a delivery is tried; unless it is said, 185 times within a day. */
export const readRetry = (target: Reader): DeliveryRetry => {
  const policy = target.within('RetryPolicy');
  return {
    maximumEventAgeInSeconds: between(policy, 'MaximumEventAgeInSeconds', 60, 86_400, 86_400),
    maximumRetryAttempts: between(policy, 'MaximumRetryAttempts', 0, 185, 185),
  };
};
