import { didYouMean, nearest } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { propertiesOfEvent } from '../../support/function-events.ts';
import { describe, entry, isMap, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import type { Expansion } from '../expansion.ts';
import { bucketEvent, userPoolEvent } from './event-laid-in.ts';
import { mappingEvent, mappingNeeds } from './event-mapping.ts';
import { apiEvent } from './event-operation.ts';
import { alexaSkillEvent, iotRuleEvent, logsEvent } from './event-other-services.ts';
import { ruleEvent, schedulerEvent } from './event-rule.ts';
import { topicEvent } from './event-topic.ts';
import { createEvent, type FunctionEvent } from './function-event.ts';

export { implicitApis } from './event-operation.ts';

const kinds: Readonly<Record<string, (event: FunctionEvent) => void>> = {
  AlexaSkill: alexaSkillEvent,
  Api: apiEvent,
  CloudWatchEvent: ruleEvent,
  CloudWatchLogs: logsEvent,
  Cognito: userPoolEvent,
  EventBridgeRule: ruleEvent,
  HttpApi: apiEvent,
  IoTRule: iotRuleEvent,
  S3: bucketEvent,
  SNS: topicEvent,
  Schedule: ruleEvent,
  ScheduleV2: schedulerEvent,
  ...Object.fromEntries(Object.keys(mappingNeeds).map((type) => [type, mappingEvent])),
};

/** What the events of a function need: operations, permissions, rules, subscriptions, mappings. */
export const expandEvents = (resource: Resource, alias: Plain | null, expansion: Expansion): void => {
  const given = entry(resource.properties, 'Events') ?? {};
  if (!isMap(given)) {
    expansion.problems.add(
      `Events of ${resource.logicalId} must be a map, not ${describe(given)}.`,
      placeOf(resource.properties, 'Events') ?? resource.place,
      'Give each event a name, with its Type and Properties under it.',
    );
  }
  const events = mapAt(resource.properties, 'Events');
  for (const [eventId, event] of defaultRoutesFirst(events)) {
    const place = placeOf(events, eventId) ?? resource.place;
    const refuse = (what: string, remedy: string, key = ''): void =>
      expansion.problems.add(what, (isMap(event) && key !== '' ? placeOf(event, key) : null) ?? place, remedy);
    if (!isMap(event)) {
      refuse(`The event ${eventId} must be a map, not ${describe(event)}.`, 'Give it a Type and Properties.');
      continue;
    }
    const properties = entry(event, 'Properties') ?? {};
    if (!isMap(properties)) {
      const what = `The Properties of the event ${eventId} must be a map, not ${describe(properties)}.`;
      refuse(what, 'Mend them.', 'Properties');
      continue;
    }
    const type = textAt(event, 'Type') ?? '';
    const expand = entry(kinds, type);
    refuseSlips(type, eventId, properties, expansion);
    if (expand) expand(createEvent({ eventId, type, properties, place, resource, expansion, alias }));
    else if (type === '') refuse(`The event ${eventId} has no Type.`, 'Write one, such as Type: Api.');
    else {
      refuse(
        `The event ${eventId} has the Type ${type}, which SAM does not know.`,
        `Write one that it knows, such as Api.${didYouMean(type, Object.keys(kinds))}`,
        'Type',
      );
    }
  }
};

/** The permission of a function's `$default` route covers its other routes, whatever order they are written in. */
const defaultRoutesFirst = (events: PlainMap): readonly [string, Plain][] => {
  const entries = Object.entries(events);
  const isDefault = ([, event]: [string, Plain]): boolean =>
    isMap(event) && event.Type === 'HttpApi' && textAt(mapAt(event, 'Properties'), 'Path') === null;
  return [...entries.filter(isDefault), ...entries.filter((pair) => !isDefault(pair))];
};

/** A name that is nearly one that the event may have; SAM refuses it as it refuses all others. */
const refuseSlips = (type: string, eventId: string, properties: PlainMap, expansion: Expansion): void => {
  const known = propertiesOfEvent(type);
  for (const key of Object.keys(properties)) {
    const meant = known.includes(key) ? null : nearest(key, known, 2);
    if (meant === null || Object.hasOwn(properties, meant)) continue;
    expansion.problems.add(
      `The event ${eventId} has ${key}, which is no property of ${type}.`,
      placeOf(properties, key),
      `Did you mean ${meant}?`,
    );
  }
};
