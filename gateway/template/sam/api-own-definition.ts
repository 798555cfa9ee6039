import { entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace } from '../text/positions.ts';
import { operationSecurity } from './api-auth.ts';
import type { ApiEvent } from './api-event.ts';
import { managedPaths } from './api-paths.ts';
import { type Expansion, isTrue, mapAt } from './expansion.ts';

/** A definition that the template gives: the text of `DefinitionBody`, or the file of `DefinitionUri`. */
export const ownDefinition = (properties: PlainMap, expansion: Expansion): Plain => {
  const inline = entry(properties, 'DefinitionBody');
  if (inline !== undefined) return inline;
  const uri = entry(properties, 'DefinitionUri');
  return typeof uri === 'string' ? expansion.readFile(uri, properties, 'DefinitionUri') : null;
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
const merged = (given: PlainMap, made: PlainMap): PlainMap => {
  const paths: Record<string, Plain> = { ...given };
  for (const path of Object.keys(made)) {
    const item = mapAt(made, path);
    const operations: Record<string, Plain> = { ...mapAt(given, path) };
    for (const key of Object.keys(item)) {
      const operation = mapAt(item, key);
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
