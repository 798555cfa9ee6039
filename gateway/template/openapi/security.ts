import { entry, isList, isMap, type PlainMap } from '../text/plain.ts';
import type { OpenApiDocument, Operation } from './document.ts';

/** One scheme that an operation asks for, with the scopes it wants of it. */
export type SecurityRequirement = {
  readonly name: string;
  readonly scheme: PlainMap;
  readonly scopes: readonly string[];
};

/** What an operation's own `security` asks for; the root's does not count, as on AWS. Anything unclear is a problem. */
export const securityOf = (document: OpenApiDocument, { reader }: Operation): readonly SecurityRequirement[] =>
  reader.list('security').flatMap((requirement) => {
    if (!isMap(requirement)) {
      reader.refuse('security', 'Each item of security must be a map.', 'Write - Name: [].');
      return [];
    }
    return Object.entries(requirement).flatMap(([name, scopes]) => {
      const scheme = entry(document.securitySchemes, name);
      // SAM leaves `NONE: []` where an event keeps the API's default authorizer away.
      if (scheme === undefined && name === 'NONE') return [];
      if (scheme === undefined || !isMap(scheme)) {
        const where = document.isSwagger2 ? 'securityDefinitions' : 'components: securitySchemes';
        reader.refuse('security', `There is no security scheme ${name}.`, `Declare it under ${where}.`);
        return [];
      }
      return { name, scheme, scopes: isList(scopes) ? scopes.map(String) : [] };
    });
  });

export const isSigV4 = (scheme: PlainMap): boolean =>
  String(scheme['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4';
