import type { Schedule } from '../../model/schedule.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { readRetry } from './event-rule.ts';
import { between, membersOf } from './json-property.ts';
import { checkSchedule } from './schedule-expression.ts';
import type { Source } from './source.ts';

export const buildSchedules = (source: Source): readonly Schedule[] =>
  source.ofType('AWS::Scheduler::Schedule').map((resource) => buildSchedule(source, resource));

const targetParameters = [
  'EcsParameters',
  'EventBridgeParameters',
  'KinesisParameters',
  'SageMakerPipelineParameters',
  'SqsParameters',
];

const buildSchedule = (source: Source, resource: Resource): Schedule => {
  const reader = source.read(resource);
  const target = reader.within('Target');
  checkSchedule(reader, 'ScheduleExpression', 'scheduler');
  const timezone = reader.text('ScheduleExpressionTimezone') ?? 'UTC';
  if (!isTimezone(timezone)) {
    const key = 'ScheduleExpressionTimezone';
    reader.refuse(key, `${key} ${timezone} is no time zone.`, 'Write one of the IANA names, such as Europe/Berlin.');
  }
  return {
    logicalId: resource.logicalId,
    name: source.ref(resource),
    arn: source.getAtt(resource, 'Arn'),
    group: reader.text('GroupName') ?? 'default',
    enabled: reader.oneOf('State', ['ENABLED', 'DISABLED']) !== 'DISABLED',
    expression: reader.required('ScheduleExpression'),
    timezone,
    startDate: reader.text('StartDate'),
    endDate: reader.text('EndDate'),
    flexibleWindowMinutes: flexibleWindow(source, reader),
    target: {
      arn: target.required('Arn'),
      roleArn: target.required('RoleArn'),
      input: target.text('Input'),
      deadLetterTargetArn: target.within('DeadLetterConfig').text('Arn'),
      retry: readRetry(target),
      parameters: membersOf(target, targetParameters),
    },
    place: resource.place,
  };
};

const flexibleWindow = (source: Source, reader: Reader): number => {
  const window = reader.within('FlexibleTimeWindow');
  if (!reader.has('FlexibleTimeWindow')) {
    source.problems.add(
      'A schedule needs a FlexibleTimeWindow.',
      reader.place,
      'Write FlexibleTimeWindow: { Mode: "OFF" }.',
    );
    return 0;
  }
  // YAML reads a plain OFF as false.
  if (window.source.Mode === false || window.oneOf('Mode', ['OFF', 'FLEXIBLE']) !== 'FLEXIBLE') return 0;
  window.required('MaximumWindowInMinutes');
  return between(window, 'MaximumWindowInMinutes', 1, 1440, 1);
};

const isTimezone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return name.includes('{{');
  }
};
