import { entry, isFalse, isTrue, type Plain, type PlainMap } from '../../text/plain.ts';
import { getAtt, pick } from '../expansion.ts';
import { deadLetterQueue } from './event-dead-letters.ts';
import { allow, type FunctionEvent, given, hasAll, makeFor, mapOf, refuse } from './function-event.ts';

/** Schedule, CloudWatchEvent and EventBridgeRule: a rule of EventBridge with the function as its target. */
export const ruleEvent = (event: FunctionEvent): void => {
  const isSchedule = event.type === 'Schedule';
  // The translator lets a rule without a pattern pass; EventBridge then takes none.
  if (!hasAll(event, isSchedule ? 'Schedule' : 'Pattern')) return;
  const state = ruleState(event);
  const deadLetters = mapOf(event, 'DeadLetterConfig');
  const queue = deadLetters && deadLetterQueue(event, deadLetters, { rule: getAtt(event.id, 'Arn') });
  const retry = mapOf(event, 'RetryPolicy');
  const transformer = isSchedule ? undefined : mapOf(event, 'InputTransformer');
  const pattern = isSchedule ? undefined : mapOf(event, 'Pattern');
  const target = isSchedule ? {} : (mapOf(event, 'Target') ?? {});
  makeFor(event, event.id, 'AWS::Events::Rule', {
    ...(isSchedule
      ? { ScheduleExpression: given(event, 'Schedule'), ...pick(event.properties, 'Name', 'Description') }
      : { EventPattern: pattern, Name: given(event, 'RuleName'), ...pick(event.properties, 'EventBusName') }),
    State: state,
    Targets: [
      {
        Arn: event.target,
        Id: entry(target, 'Id') ?? targetId(event.id),
        ...pick(event.properties, ...(isSchedule ? ['Input'] : ['Input', 'InputPath'])),
        ...(queue ? { DeadLetterConfig: { Arn: queue } } : {}),
        ...(retry ? { RetryPolicy: retry } : {}),
        ...(transformer ? { InputTransformer: transformer } : {}),
      },
    ],
  });
  allow(event, 'events.amazonaws.com', { SourceArn: getAtt(event.id, 'Arn') });
};

/** EventBridge takes 64 characters. */
const targetId = (id: string): string => `${id.slice(0, 64 - 'LambdaTarget'.length)}LambdaTarget`;

export const ruleState = (event: FunctionEvent): Plain | undefined => {
  const enabled = given(event, 'Enabled');
  const state = given(event, 'State');
  if (enabled === undefined) return state;
  if (state !== undefined) {
    refuse(event, 'Enabled', `The event ${event.eventId} has both State and Enabled.`, 'Give it one of them.');
  }
  if (!isTrue(enabled) && !isFalse(enabled)) {
    refuse(event, 'Enabled', `Enabled of the event ${event.eventId} must be true or false.`, 'Mend its value.');
  }
  return isFalse(enabled) ? 'DISABLED' : 'ENABLED';
};

/** ScheduleV2: a schedule of EventBridge Scheduler, with the role that it invokes the function or starts the state machine by. */
export const schedulerEvent = (event: FunctionEvent): void => {
  if (!hasAll(event, 'ScheduleExpression')) return;
  const name = scheduleName(event);
  const deadLetters = mapOf(event, 'DeadLetterConfig');
  const queue = deadLetters && deadLetterQueue(event, deadLetters, null);
  const retry = mapOf(event, 'RetryPolicy');
  const roleId = `${event.id}Role`;
  const role = given(event, 'RoleArn');
  if (role === undefined) {
    makeFor(event, roleId, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: ['scheduler.amazonaws.com'] } },
        ],
      },
      Policies: [
        mayDo(`${event.id}${event.action.replace(/^.*:/, '')}Policy`, event.action, event.target),
        ...(queue ? [mayDo(`${event.id}SQSPolicy`, 'sqs:SendMessage', queue)] : []),
      ],
      ...pick(event.properties, 'PermissionsBoundary'),
    });
  }
  makeFor(event, event.id, 'AWS::Scheduler::Schedule', {
    ...pick(
      event.properties,
      'ScheduleExpression',
      'ScheduleExpressionTimezone',
      'State',
      'Description',
      'StartDate',
      'EndDate',
      'GroupName',
      'KmsKeyArn',
    ),
    Name: name,
    FlexibleTimeWindow: mapOf(event, 'FlexibleTimeWindow') ?? { Mode: 'OFF' },
    Target: {
      Arn: event.target,
      RoleArn: role ?? getAtt(roleId, 'Arn'),
      ...pick(event.properties, 'Input'),
      ...(queue ? { DeadLetterConfig: { Arn: queue } } : {}),
      ...(retry ? { RetryPolicy: retry } : {}),
    },
  });
};

/** SAM names every schedule, unless it is told not to. */
const scheduleName = (event: FunctionEvent): Plain | undefined => {
  const name = given(event, 'Name');
  if (given(event, 'OmitName') !== true) return name ?? event.id;
  if (name !== undefined) {
    refuse(event, 'Name', `The event ${event.eventId} has a Name and OmitName.`, 'Give it one of them.');
  }
  return undefined;
};

const mayDo = (name: string, action: string, resource: Plain): PlainMap => ({
  PolicyName: name,
  PolicyDocument: { Statement: [{ Action: action, Effect: 'Allow', Resource: resource }] },
});
