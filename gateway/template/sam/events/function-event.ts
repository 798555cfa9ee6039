import type { Place } from '../../../model/place.ts';
import { intrinsicName } from '../../intrinsics/pending.ts';
import { insteadOf } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, getAtt, make, ref } from '../expansion.ts';

/** An event of a function, as the writers of its resources see it. */
export type FunctionEvent = {
  readonly eventId: string;
  /** The logical id of what the event makes: the function's with the event's. */
  readonly id: string;
  readonly type: string;
  readonly properties: PlainMap;
  readonly place: Place;
  readonly resource: Resource;
  readonly expansion: Expansion;
  /** The alias that events go to; null: the function itself. */
  readonly alias: Plain | null;
  /** What is invoked: the alias, or the function's ARN. */
  readonly target: Plain;
  /** What permissions and mappings name: the alias, or the function. */
  readonly functionName: Plain;
  /** What a role must allow to pass the event on: a state machine has events too. */
  readonly action: 'lambda:InvokeFunction' | 'states:StartExecution';
};

export const createEvent = (
  parts: Pick<FunctionEvent, 'eventId' | 'type' | 'properties' | 'place' | 'resource' | 'expansion' | 'alias'>,
): FunctionEvent => ({
  ...parts,
  id: parts.resource.logicalId + parts.eventId,
  target: parts.alias ?? getAtt(parts.resource.logicalId, 'Arn'),
  functionName: parts.alias ?? ref(parts.resource.logicalId),
  action: 'lambda:InvokeFunction',
});

export const refuse = (event: FunctionEvent, key: string, what: string, remedy: string): void =>
  event.expansion.problems.add(what, placeOf(event.properties, key) ?? event.place, remedy);

/** A property of an event; one that is null or `AWS::NoValue` counts as absent. */
export const given = (event: FunctionEvent, key: string): Plain | undefined =>
  entry(event.properties, key) ?? undefined;

/** Whether the event has all that it needs; what it lacks is refused. */
export const hasAll = (event: FunctionEvent, ...keys: readonly string[]): boolean => {
  const missing = keys.filter((key) => given(event, key) === undefined);
  for (const key of missing) {
    event.expansion.problems.add(
      `The event ${event.eventId} has no ${key}.`,
      event.place,
      `An event of type ${event.type} needs it.${insteadOf(key, Object.keys(event.properties))}`,
    );
  }
  return missing.length === 0;
};

export const makeFor = (
  event: FunctionEvent,
  logicalId: string,
  type: string,
  properties: Readonly<Record<string, Plain | undefined>>,
): void =>
  // Mistakes in what an event becomes stand at the event.
  make(
    event.expansion,
    { ...event.resource, properties: event.properties, place: event.place },
    logicalId,
    type,
    properties,
  );

/** Lets a service invoke the function. */
export const allow = (
  event: FunctionEvent,
  principal: string,
  restrictions: { readonly SourceArn?: Plain; readonly SourceAccount?: Plain; readonly EventSourceToken?: Plain } = {},
  logicalId = `${event.id}Permission`,
): void =>
  makeFor(event, logicalId, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: event.functionName,
    Principal: principal,
    ...restrictions,
  });

/** A property that is a map or a list where it is given; what has another shape is refused and counts as absent. */
export const mapOf = (event: FunctionEvent, key: string): PlainMap | undefined => {
  const value = given(event, key);
  if (value === undefined || isMap(value)) return value;
  refuse(event, key, `${key} of the event ${event.eventId} must be a map, not ${describe(value)}.`, 'Mend its value.');
  return undefined;
};

/** One text or a list of them, as a list. */
export const textsOf = (event: FunctionEvent, key: string): readonly string[] => {
  const value = given(event, key) ?? [];
  const items = isList(value) ? value : [value];
  const texts = items.filter((item) => typeof item === 'string');
  if (texts.length === items.length) return texts;
  refuse(event, key, `${key} of the event ${event.eventId} must be text or a list of texts.`, 'Mend its value.');
  return [];
};

/** The resource of the template that a property names by `Ref`; anything else is refused. */
export const linked = (event: FunctionEvent, key: string, type: string, thing: string): Resource | null => {
  const value = given(event, key)!;
  const name = intrinsicName(value) === 'Ref' ? String((value as PlainMap).Ref) : null;
  const found = name === null ? undefined : (event.expansion.changed.get(name) ?? event.expansion.source.get(name));
  if (found?.type === type) return found;
  const what = name === null ? describe(value) : found ? `${name}, an ${found.type}` : name;
  refuse(
    event,
    key,
    `${key} of the event ${event.eventId} must be a ${thing} of this template, not ${what}.`,
    `Write ${key}: !Ref with the logical id of an ${type}: SAM lays the event into that resource.`,
  );
  return null;
};
