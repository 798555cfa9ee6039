import type { Problems } from '../../problems.ts';
import type { Resource, Resources } from '../../resource.ts';
import { describe, entry, isMap, type PlainMap } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';

export const connectorType = 'AWS::Serverless::Connector';

/** One connector, however it was written. */
export type Connector = {
  readonly logicalId: string;
  readonly properties: PlainMap;
  /** The resource that it is written at, or itself. */
  readonly owner: Resource;
};

/** The connectors of a template: those that are written at their source first, as SAM has it. */
export const connectorsOf = (source: Resources, problems: Problems): readonly Connector[] => {
  const connectors: Connector[] = [];
  for (const resource of source.values()) {
    const embedded = resource.connectors ?? null;
    if (embedded === null) continue;
    if (!isMap(embedded)) {
      problems.add(
        `Connectors of ${resource.logicalId} must be a map, not ${describe(embedded)}.`,
        resource.place,
        'Give each connector a name, with its Properties under it.',
      );
      continue;
    }
    for (const [name, given] of Object.entries(embedded)) {
      const properties = isMap(given) ? entry(given, 'Properties') : undefined;
      if (properties === undefined || !isMap(properties)) {
        problems.add(
          `The connector ${name} of ${resource.logicalId} has no Properties.`,
          placeOf(embedded, name) ?? resource.place,
          'Give it Properties with a Destination and Permissions.',
        );
        continue;
      }
      const { SourceReference, ...others } = properties;
      if (isMap(SourceReference) && entry(SourceReference, 'Id') !== undefined) {
        problems.add(
          `SourceReference of the connector ${name} has an Id.`,
          placeOf(SourceReference, 'Id') ?? resource.place,
          'Leave it out: the source is the resource that the connector is written at.',
        );
      }
      const origin: PlainMap = { ...(isMap(SourceReference) ? SourceReference : {}), Id: resource.logicalId };
      connectors.push({
        logicalId: resource.logicalId + name,
        properties: copyPlace(properties, { ...others, Source: origin }),
        owner: resource,
      });
    }
  }
  for (const resource of source.values()) {
    if (resource.type === connectorType)
      connectors.push({ logicalId: resource.logicalId, properties: resource.properties, owner: resource });
  }
  return connectors;
};
