import type { Api, Application } from '../../model/application.ts';
import type { Resources } from '../resource.ts';
import { type Definitions, isWebSocket } from './definitions.ts';
import { buildEventSourceMappings } from './event-source-mapping.ts';
import { buildFunctions } from './function.ts';
import { buildHttpApi } from './http-api.ts';
import { buildLayers } from './layer-version.ts';
import { buildPermissions } from './permission.ts';
import { buildRestApi } from './rest-api.ts';
import { buildRoles } from './role.ts';
import type { Source } from './source.ts';
import { buildTables } from './table.ts';
import { buildWebSocketApi } from './websocket-api.ts';

/** The model, from CloudFormation resources alone. */
export const buildApplication = (
  source: Source,
  resources: Resources,
  definitions: Definitions,
  outputs: Readonly<Record<string, string>>,
  metadata: Application['metadata'],
  sourceFiles: readonly string[],
): Application => ({
  templateFile: source.templateFile,
  stackName: source.target.stackName,
  region: source.target.region,
  accountId: source.target.accountId,
  partition: source.target.partition,
  apis: [...resources.values()].flatMap((resource): Api[] => {
    if (resource.type === 'AWS::ApiGateway::RestApi')
      return [buildRestApi(source, resource, definitions.rest(resource))];
    if (resource.type !== 'AWS::ApiGatewayV2::Api') return [];
    return isWebSocket(source, resource)
      ? [buildWebSocketApi(source, resource, definitions.webSocket(resource))]
      : [buildHttpApi(source, resource, definitions.http(resource))];
  }),
  functions: buildFunctions(source),
  layers: buildLayers(source),
  permissions: buildPermissions(source),
  eventSourceMappings: buildEventSourceMappings(source),
  roles: buildRoles(source),
  tables: buildTables(source),
  outputs,
  metadata,
  sourceFiles,
});
