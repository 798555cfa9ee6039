import type { Resource } from '../../resource.ts';
import { entry, isFalse, isMap, isTrue, mapAt, type Plain, type PlainMap } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';
import type { ApiEvent } from '../events/api-event.ts';
import type { Expansion } from '../expansion.ts';
import { operationSecurity } from './api-auth.ts';
import { managedPaths } from './api-paths.ts';

/** What works only with a definition that stands in the template: SAM reads no file of `DefinitionUri`. */
const withBodyAlone: Readonly<Record<string, readonly string[]>> = {
  'AWS::Serverless::Api': [
    'Auth',
    'Cors',
    'DisableExecuteApiEndpoint',
    'GatewayResponses',
    'MergeDefinitions',
    'Models',
  ],
  'AWS::Serverless::HttpApi': ['Auth', 'CorsConfiguration', 'Description', 'DisableExecuteApiEndpoint', 'Name', 'Tags'],
};

/** Whether events add nothing to an API, nor are looked at: a REST API's definition of its own has all its operations. */
export const isApart = ({ type, properties }: Resource): boolean =>
  type === 'AWS::Serverless::Api' &&
  (entry(properties, 'DefinitionBody') ?? entry(properties, 'DefinitionUri') ?? null) !== null &&
  !isTrue(entry(properties, 'MergeDefinitions'));

/** The definition that an API has of its own; `asItIs` is one of a file, to which SAM adds nothing. */
export const ownDefinition = (
  { logicalId, type, properties, place }: Resource,
  { problems }: Expansion,
): { readonly given: Plain; readonly asItIs: boolean } => {
  const asItIs = (entry(properties, 'DefinitionUri') ?? null) !== null;
  for (const key of asItIs ? (withBodyAlone[type] ?? []) : []) {
    const value = entry(properties, key) ?? null;
    if (value === null || isFalse(value) || (isMap(value) && Object.keys(value).length === 0)) continue;
    problems.add(
      `${logicalId}: ${key} works only with DefinitionBody, not with DefinitionUri.`,
      placeOf(properties, key) ?? place,
      'Bring the file in by DefinitionBody and AWS::Include, or write this into the file.',
    );
  }
  return { given: entry(properties, 'DefinitionBody') ?? null, asItIs };
};

/** What events add to a given definition: with `MergeDefinitions` their operations, with `OverrideApiAuth` their `Auth`. */
export const withEvents = (
  given: PlainMap,
  properties: PlainMap,
  events: readonly ApiEvent[],
  expansion: Expansion,
): PlainMap => {
  const auth = mapAt(properties, 'Auth');
  const paths = mapAt(given, 'paths');
  if (isTrue(entry(properties, 'MergeDefinitions')))
    return copyPlace(given, { ...given, paths: merged(paths, managedPaths(events, auth, expansion)) });
  const overriding = events.filter((event) => isTrue(entry(mapAt(event.properties, 'Auth'), 'OverrideApiAuth')));
  if (overriding.length === 0) return given;
  return copyPlace(given, {
    ...given,
    paths: overriding.reduce((changed, event) => withAuthOf(changed, event, auth), paths),
  });
};

/** What an event makes stands over what the definition says of the same operation. */
const merged = (given: PlainMap, managed: PlainMap): PlainMap => {
  const paths: Record<string, Plain> = { ...given };
  for (const path of Object.keys(managed)) {
    const item = mapAt(managed, path);
    const operations: Record<string, Plain> = { ...mapAt(given, path) };
    for (const made of Object.keys(item)) {
      const operation = mapAt(item, made);
      // SAM merges ANY under a key that API Gateway does not know, so that it comes to nothing; `check` says so.
      const key = made === 'x-amazon-apigateway-any-method' ? 'any' : made;
      operations[key] = copyPlace(operation, { ...mapAt(operations, key), ...operation });
    }
    paths[path] = copyPlace(item, operations);
  }
  return copyPlace(given, paths);
};

const withAuthOf = (paths: PlainMap, event: ApiEvent, auth: PlainMap): PlainMap => {
  const key = event.method === 'any' ? 'x-amazon-apigateway-any-method' : event.method;
  const item = mapAt(paths, event.path);
  const operation = entry(item, key);
  if (operation === undefined || !isMap(operation)) return paths;
  const given = entry(operation, 'security');
  const security = [
    ...(Array.isArray(given) ? given : []),
    ...operationSecurity(mapAt(event.properties, 'Auth'), auth),
  ];
  const changed = copyPlace(operation, { ...operation, security });
  return copyPlace(paths, { ...paths, [event.path]: copyPlace(item, { ...item, [key]: changed }) });
};
