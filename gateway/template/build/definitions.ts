import type { HttpDefinition } from '../../model/http-api.ts';
import type { RestDefinition } from '../../model/rest-api.ts';
import type { WebSocketDefinition } from '../../model/websocket-api.ts';
import type { Resource } from '../resource.ts';
import { deploymentId } from './deployment-ids.ts';
import { buildHttpDefinition } from './http-api.ts';
import { buildRestDefinition } from './rest-definition.ts';
import type { Source } from './source.ts';
import { buildWebSocketDefinition } from './websocket-api.ts';

/** The definition of each API, built once: both its deployments' ids and the model want it. */
export type Definitions = {
  rest(api: Resource): RestDefinition;
  http(api: Resource): HttpDefinition;
  webSocket(api: Resource): WebSocketDefinition;
  /** The id of a deployment resource, from what its API defines. */
  deploymentId(deployment: Resource): string;
};

export const isWebSocket = (source: Source, api: Resource): boolean =>
  source.read(api).oneOf('ProtocolType', ['HTTP', 'WEBSOCKET']) === 'WEBSOCKET';

export const createDefinitions = (source: Source): Definitions => {
  const built = new Map<string, unknown>();
  const once = <Definition>(api: Resource, build: (source: Source, api: Resource) => Definition): Definition => {
    if (!built.has(api.logicalId)) built.set(api.logicalId, build(source, api));
    return built.get(api.logicalId) as Definition;
  };
  const definitions: Definitions = {
    rest: (api) => once(api, buildRestDefinition),
    http: (api) => once(api, buildHttpDefinition),
    webSocket: (api) => once(api, buildWebSocketDefinition),
    deploymentId(deployment) {
      const isRest = deployment.type === 'AWS::ApiGateway::Deployment';
      const reader = source.read(deployment);
      const apiId = reader.text(isRest ? 'RestApiId' : 'ApiId') ?? '';
      const api = source.find([isRest ? 'AWS::ApiGateway::RestApi' : 'AWS::ApiGatewayV2::Api'], apiId);
      if (!api) {
        reader.refuse(
          isRest ? 'RestApiId' : 'ApiId',
          `${deployment.logicalId} deploys no API of this template.`,
          'Let it name one by Ref.',
        );
        return '';
      }
      const ofThisApi = source
        .ofType(deployment.type)
        .filter((other) => source.read(other).text(isRest ? 'RestApiId' : 'ApiId') === apiId);
      const ordinal = ofThisApi.indexOf(deployment);
      const definition = isRest
        ? definitions.rest(api)
        : isWebSocket(source, api)
          ? definitions.webSocket(api)
          : definitions.http(api);
      return deploymentId(apiId, ordinal, definition);
    },
  };
  return definitions;
};
