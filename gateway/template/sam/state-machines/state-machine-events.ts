import { didYouMean } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { describe, entry, isMap, isTrue, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { deadLetterQueue } from '../events/event-dead-letters.ts';
import { addOperation } from '../events/event-operation.ts';
import { ruleState, schedulerEvent } from '../events/event-rule.ts';
import { type FunctionEvent, given, hasAll, makeFor, mapOf } from '../events/function-event.ts';
import { type Expansion, getAtt, pick, ref, sub } from '../expansion.ts';
import { trust } from '../roles/execution-role.ts';

/** What the events of a state machine need: rules, schedules and operations of APIs, each with a role to start it by. */
export const expandStateMachineEvents = (resource: Resource, target: string, expansion: Expansion): void => {
  const { logicalId, properties, place } = resource;
  const events = entry(properties, 'Events') ?? {};
  if (!isMap(events)) {
    expansion.problems.add(
      `Events of ${logicalId} must be a map, not ${describe(events)}.`,
      placeOf(properties, 'Events') ?? place,
      'Give each event a name, with its Type and Properties under it.',
    );
    return;
  }
  for (const [eventId, written] of Object.entries(events)) {
    const at = placeOf(events, eventId) ?? place;
    const type = isMap(written) ? textAt(written, 'Type') : null;
    const expand = type === null ? undefined : entry(kinds, type);
    if (expand) {
      expand({
        eventId,
        id: logicalId + eventId,
        type: type!,
        properties: mapAt(written as PlainMap, 'Properties'),
        place: at,
        resource,
        expansion,
        alias: null,
        target: ref(target),
        functionName: ref(target),
        action: 'states:StartExecution',
      });
    } else {
      expansion.problems.add(
        type === null
          ? `The event ${eventId} has no Type.`
          : `The event ${eventId} has the Type ${type}, which starts no state machine.`,
        (isMap(written) ? placeOf(written, 'Type') : null) ?? at,
        `It can be ${Object.keys(kinds).join(', ')}.${didYouMean(type ?? '', Object.keys(kinds))}`,
      );
    }
  }
};

/** Schedule, CloudWatchEvent and EventBridgeRule: a rule of EventBridge with the state machine as its target. */
const ruleEvent = (event: FunctionEvent): void => {
  const isSchedule = event.type === 'Schedule';
  if (isSchedule && !hasAll(event, 'Schedule')) return;
  const deadLetters = mapOf(event, 'DeadLetterConfig');
  const queue = deadLetters && deadLetterQueue(event, deadLetters, { rule: getAtt(event.id, 'Arn') });
  const retry = mapOf(event, 'RetryPolicy');
  const transformer = isSchedule ? undefined : mapOf(event, 'InputTransformer');
  const own = isSchedule ? given(event, 'RoleArn') : undefined;
  makeFor(event, event.id, 'AWS::Events::Rule', {
    ...(isSchedule
      ? { ScheduleExpression: given(event, 'Schedule'), ...pick(event.properties, 'Name', 'Description') }
      : {
          EventPattern: mapOf(event, 'Pattern'),
          Name: given(event, 'RuleName'),
          ...pick(event.properties, 'EventBusName'),
        }),
    State: ruleState(event),
    Targets: [
      {
        Arn: event.target,
        Id: entry(mapOf(event, 'Target') ?? {}, 'Id') ?? targetId(event.id),
        RoleArn: own ?? startingRole(event, 'events.amazonaws.com'),
        ...pick(event.properties, ...(isSchedule ? ['Input'] : ['Input', 'InputPath'])),
        ...(queue ? { DeadLetterConfig: { Arn: queue } } : {}),
        ...(retry ? { RetryPolicy: retry } : {}),
        ...(transformer ? { InputTransformer: transformer } : {}),
      },
    ],
  });
};

/** EventBridge takes 64 characters. */
const targetId = (id: string): string => `${id.slice(0, 64 - 'StepFunctionsTarget'.length)}StepFunctionsTarget`;

/** Api: an operation that answers with the execution that it starts. */
const apiEvent = (event: FunctionEvent): void => {
  const stateMachineArn = `\${${String((event.target as PlainMap).Ref)}}`;
  const template = isTrue(given(event, 'UnescapeMappingTemplate'))
    ? // What escapeJavaScript does to single quotes is no JSON.
      `{"input": "$util.escapeJavaScript($input.json('$')).replaceAll("\\\\'","'")", "stateMachineArn": "${stateMachineArn}"}`
    : `{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "${stateMachineArn}"}`;
  addOperation(event, {
    type: 'aws',
    httpMethod: 'POST',
    uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution'),
    credentials: startingRole(event, 'apigateway.amazonaws.com'),
    requestTemplates: { 'application/json': { 'Fn::Sub': template } },
    responses: { 200: { statusCode: '200' }, 400: { statusCode: '400' } },
  });
};

/** Makes the role by which a service starts the state machine, and gives its ARN. */
const startingRole = (event: FunctionEvent, service: string): Plain => {
  const id = `${event.id}Role`;
  makeFor(event, id, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: trust(service),
    Policies: [
      {
        PolicyName: `${id}StartExecutionPolicy`,
        PolicyDocument: {
          Statement: [{ Action: 'states:StartExecution', Effect: 'Allow', Resource: event.target }],
        },
      },
    ],
    ...pick(event.resource.properties, 'PermissionsBoundary'),
  });
  return getAtt(id, 'Arn');
};

const kinds: Readonly<Record<string, (event: FunctionEvent) => void>> = {
  Api: apiEvent,
  CloudWatchEvent: ruleEvent,
  EventBridgeRule: ruleEvent,
  Schedule: ruleEvent,
  ScheduleV2: schedulerEvent,
};
