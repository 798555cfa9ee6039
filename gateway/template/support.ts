import type { Place } from '../model/place.ts';
import { intrinsicName } from './intrinsics/pending.ts';
import type { Resource, Resources } from './resource.ts';
import { embeddedConnectors } from './support/connectors.ts';
import { customResource } from './support/custom-resources.ts';
import { linesOfDefinitions } from './support/definition-files.ts';
import { linesOfEvents } from './support/events-and-apis.ts';
import { linesOfInputs } from './support/inputs.ts';
import { fields } from './support/node.ts';
import { linesOfSections } from './support/sections.ts';
import { typeTable } from './support/table.ts';
import { asRoot, meant, walk } from './support/walk.ts';
import { entry, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

export type SupportLevel = 'honoured' | 'differently' | 'not honoured';

export type SupportLine = {
  /** Empty for what belongs to no resource. */
  readonly logicalId: string;
  readonly resourceType: string;
  /** A dotted path; empty for the resource itself. */
  readonly property: string;
  readonly level: SupportLevel;
  readonly note: string;
  readonly place: Place;
};

/**
 * How each resource and property of a template is honoured. What the tables do not know is not honoured: nothing is
 * dropped in silence. Further in than a resource's own properties only what is not simply honoured gets a line.
 */
export const supportOf = (template: PlainMap, globals: PlainMap, resources: Resources): readonly SupportLine[] => {
  const top = placeOf(template) ?? { file: '', line: 1, column: 1 };
  return [
    ...linesOfSections(template, globals, top),
    ...linesOfInputs(template, top),
    ...[...resources.values()].flatMap(resourceLines),
    ...linesOfEvents(resources),
    ...linesOfDefinitions(resources),
  ];
};

const resourceLines = (resource: Resource): readonly SupportLine[] => {
  const { logicalId, type: resourceType, properties, metadata, connectors, place } = resource;
  const node = entry(typeTable, resourceType) ?? customResource(resourceType);
  const line = (property: string, level: SupportLevel, note: string): SupportLine => ({
    logicalId,
    resourceType,
    property,
    level,
    note,
    place,
  });
  if (!node)
    return [
      line('', 'not honoured', `this resource type does not run here${meant(resourceType, Object.keys(typeTable))}`),
    ];
  const lines = [line('', node.level, node.note)];
  const tell = (found: Omit<SupportLine, 'logicalId' | 'resourceType'>): void => {
    lines.push({ logicalId, resourceType, ...found });
  };
  if (intrinsicName(properties) === null)
    walk(
      { value: properties, node: asRoot(node), path: '', place },
      (depth) => depth === 1 && node.fields !== undefined,
      tell,
    );
  if (connectors)
    walk({ value: connectors, node: embeddedConnectors, path: 'Connectors', place }, (depth) => depth === 0, tell);
  if (node.metadata) walk({ value: metadata, node: fields(node.metadata), path: 'Metadata', place }, () => false, tell);
  return lines;
};
