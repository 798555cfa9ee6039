import { describe, entry, isList, isMap, type PlainMap } from '../text/plain.ts';
import type { OpenApiDocument, Operation } from './document.ts';

/** One scheme that an operation asks for, with the scopes it wants of it; null where the document declares none of that name. */
export type SecurityRequirement = {
  readonly name: string;
  readonly scheme: PlainMap | null;
  readonly scopes: readonly string[];
};

/** What an operation's own `security` asks for; the root's does not count, as on AWS. */
export const securityOf = (document: OpenApiDocument, { reader }: Operation): readonly SecurityRequirement[] =>
  reader.list('security').flatMap((requirement) => {
    if (!isMap(requirement)) {
      reader.refuse('security', 'Each item of security must be a map.', 'Write - Name: [].');
      return [];
    }
    return Object.entries(requirement).flatMap(([name, scopes]) => {
      const scheme = entry(document.securitySchemes, name) ?? null;
      // SAM leaves `NONE: []` where an event keeps the API's default authorizer away.
      if (scheme === null && name === 'NONE') return [];
      if (scheme !== null && !isMap(scheme)) {
        reader.refuse('security', `The security scheme ${name} is ${describe(scheme)}.`, 'Declare it as a map.');
        return [];
      }
      return { name, scheme, scopes: isList(scopes) ? scopes.map(String) : [] };
    });
  });

export const isSigV4 = (scheme: PlainMap | null): boolean =>
  String(scheme?.['x-amazon-apigateway-authtype']).toLowerCase() === 'awssigv4';

export const isApiKey = (scheme: PlainMap | null): boolean =>
  scheme?.type === 'apiKey' && String(scheme.name).toLowerCase() === 'x-api-key';

/** Whether the scheme says who may call; the import passes over any other, but for API keys of a REST API. */
export const isGuard = ({ scheme }: SecurityRequirement): boolean =>
  isSigV4(scheme) || (scheme !== null && isMap(entry(scheme, 'x-amazon-apigateway-authorizer') ?? null));

/** What an import says of the schemes that an operation asks for and that the document does not declare. */
export const undeclaredSchemes = (required: readonly SecurityRequirement[]): readonly string[] => {
  const open = required.some(isGuard) ? '' : ', which leaves it open on AWS; here it answers 501';
  return required
    .filter(({ scheme }) => scheme === null)
    .map(({ name }) => `there is no security scheme ${name}: passed over${open}`);
};
