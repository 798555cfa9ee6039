import { nearest, type Problems } from '../problems.ts';
import type { Resource } from '../resource.ts';
import { typeTable } from '../support/table.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

const maps: Readonly<Record<string, readonly string[]>> = {
  'AWS::Serverless::Function': [
    'Environment',
    'VpcConfig',
    'DeadLetterQueue',
    'EventInvokeConfig',
    'FunctionUrlConfig',
    'DeploymentPreference',
    'CapacityProviderConfig',
    'DurableConfig',
    'TenancyConfig',
  ],
  'AWS::Serverless::StateMachine': ['Definition', 'DefinitionSubstitutions', 'Logging', 'Tracing'],
  'AWS::Serverless::Api': ['Auth', 'Models', 'GatewayResponses', 'Variables'],
  'AWS::Serverless::HttpApi': ['Auth', 'StageVariables', 'RouteSettings'],
  'AWS::Serverless::WebSocketApi': ['Auth', 'Routes', 'StageVariables', 'RouteSettings'],
  'AWS::Serverless::SimpleTable': ['PrimaryKey'],
};

/**
 * Refuses what SAM's expansion would take for absent because it has another shape or a slip in its name: an `Auth` that
 * is only a name would leave an API open. SAM refuses these too.
 */
export const refuseOddShapes = (resource: Resource, problems: Problems): void => {
  const { properties, logicalId, type } = resource;
  const at = (map: PlainMap, key: string) => placeOf(map, key) ?? resource.place;
  const value = (map: PlainMap, key: string): Plain | undefined => {
    const found = entry(map, key);
    return found === null ? undefined : found;
  };
  const mapOf = (map: PlainMap, key: string, subject: string): PlainMap => {
    const found = value(map, key);
    if (found === undefined || isMap(found)) return found ?? {};
    problems.add(`${key} of ${subject} must be a map, not ${describe(found)}.`, at(map, key), 'Mend its value.');
    return {};
  };
  const textOf = (map: PlainMap, key: string, subject: string): void => {
    const found = value(map, key);
    if (found === undefined || typeof found === 'string') return;
    problems.add(
      `${key} of ${subject} must be text, not ${describe(found)}.`,
      at(map, key),
      'Write the name itself: SAM resolves no reference to a resource there.',
    );
  };
  const known = Object.keys(entry(typeTable, type)?.fields ?? {});
  for (const key of Object.keys(properties)) {
    const meant = known.includes(key) ? null : nearest(key, known, 2);
    if (meant === null || value(properties, meant) !== undefined) continue;
    problems.add(`${key} is no property of ${type}.`, at(properties, key), `Did you mean ${meant}?`);
  }
  for (const key of ['Tags', ...(entry(maps, type) ?? [])]) mapOf(properties, key, logicalId);
  if (entry(maps, type)?.includes('Auth')) {
    const auth = mapOf(properties, 'Auth', logicalId);
    for (const key of ['Authorizers', 'ResourcePolicy']) mapOf(auth, key, `${logicalId}'s Auth`);
    for (const key of ['DefaultAuthorizer', 'AuthType']) textOf(auth, key, `${logicalId}'s Auth`);
  }
  if (type !== 'AWS::Serverless::Function') return;
  const events = value(properties, 'Events');
  for (const [name, event] of isMap(events ?? null) ? Object.entries(events as PlainMap) : []) {
    if (!isMap(event) || !/^(Http)?Api$/.test(String(event.Type))) continue;
    const auth = mapOf(mapOf(event, 'Properties', `the event ${name}`), 'Auth', `the event ${name}`);
    textOf(auth, 'Authorizer', `the event ${name}`);
  }
};
