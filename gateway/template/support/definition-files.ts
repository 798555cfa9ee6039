import { definitionKey } from '../openapi/definition-files.ts';
import { fileReferencesOf } from '../openapi/file-references.ts';
import type { Resources } from '../resource.ts';
import type { SupportLine } from '../support.ts';
import { entry, isMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** References of definitions to other files: they are followed here, and AWS's import follows none. */
export const linesOfDefinitions = (resources: Resources): readonly SupportLine[] =>
  [...resources.values()].flatMap(({ logicalId, type, properties, place }): readonly SupportLine[] => {
    const key = definitionKey(type);
    const definition = key === undefined ? undefined : entry(properties, key);
    const property = ['BodyS3Location', 'DefinitionUri'].find((name) => entry(properties, name) !== undefined);
    if (key !== undefined && definition === undefined && property !== undefined) {
      const note = 'a definition in S3 is not on this disk: the API has no routes';
      const at = placeOf(properties, property) ?? place;
      return [{ logicalId, resourceType: type, property, level: 'not honoured', note, place: at }];
    }
    if (definition === undefined || !isMap(definition)) return [];
    return fileReferencesOf(definition).map((reference) => ({
      logicalId,
      resourceType: type,
      property: `${key}.${reference.path}`,
      level: 'differently',
      note: 'followed here; AWS’s import takes no references to other files: bundle before sam deploy',
      place: reference.place ?? place,
    }));
  });
