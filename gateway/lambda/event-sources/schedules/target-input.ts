import type { EventInput } from '../../../model/event-rule.ts';

export type RuleEvent = Readonly<Record<string, unknown>>;

/** What EventBridge itself lends to templates. */
export type RuleNames = { readonly arn: string; readonly name: string; readonly ingestionTime: string };

/** The text that a target is given for an event. */
export const targetInput = (input: EventInput, event: RuleEvent, rule: RuleNames): string => {
  switch (input.kind) {
    case 'event':
      return JSON.stringify(event);
    case 'text':
      return input.text;
    case 'path':
      return JSON.stringify(valueAt(event, input.path) ?? null);
    case 'template':
      return fillTemplate(input.template, input.paths, event, rule);
  }
};

/** `$.detail.items[0].name`; undefined where the event has no such part. */
const valueAt = (event: RuleEvent, path: string): unknown => {
  let value: unknown = event;
  for (const [, name, quoted, index] of path.matchAll(/\.([\w-]+)|\['([^']*)'\]|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[name ?? quoted ?? index!];
  }
  return value;
};

/** A placeholder within a quoted text becomes part of it; one that stands free becomes JSON. What is not there is empty. */
const fillTemplate = (
  template: string,
  paths: Readonly<Record<string, string>>,
  event: RuleEvent,
  rule: RuleNames,
): string => {
  const lent: Readonly<Record<string, () => unknown>> = {
    'aws.events.rule-arn': () => rule.arn,
    'aws.events.rule-name': () => rule.name,
    'aws.events.event.ingestion-time': () => rule.ingestionTime,
    'aws.events.event': () => withoutDetail(event),
    'aws.events.event.json': () => event,
  };
  let inText = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (found, name: string | undefined) => {
    if (name === undefined) {
      if (found === '"') inText = !inText;
      return found;
    }
    const path = paths[name];
    if (path === undefined && !lent[name]) return found;
    const value = path === undefined ? lent[name]!() : valueAt(event, path);
    if (!inText) return JSON.stringify(value ?? '');
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
};

const withoutDetail = ({ detail: _, ...event }: RuleEvent): RuleEvent => event;
