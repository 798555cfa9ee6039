import type {
  WebSocketApi,
  WebSocketDefinition,
  WebSocketIntegration,
  WebSocketRoute,
  WebSocketStage,
} from '#gateway/model/websocket-api.ts';

/** APIs for the tests of this folder: Lambda routes named after their functions unless told otherwise. */

const place = { file: 'template.yaml', line: 1, column: 1 };

export const lambdaUri = (name: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${name}/invocations`;

export const integration = (id: string, changes: Partial<WebSocketIntegration> = {}): WebSocketIntegration => ({
  id,
  type: 'AWS_PROXY',
  method: 'POST',
  uri: lambdaUri(id),
  credentials: null,
  connectionType: 'INTERNET',
  connectionId: null,
  templateSelectionExpression: null,
  requestTemplates: {},
  requestParameters: {},
  passthroughBehavior: 'WHEN_NO_MATCH',
  contentHandlingStrategy: null,
  timeoutInMillis: 29_000,
  responses: [],
  place,
  ...changes,
});

export const route = (routeKey: string, changes: Partial<WebSocketRoute> = {}): WebSocketRoute => ({
  routeKey,
  operationName: null,
  authorizationType: 'NONE',
  authorizerId: null,
  apiKeyRequired: false,
  integrationId: routeKey.replace('$', ''),
  modelSelectionExpression: null,
  requestModels: {},
  requestParameters: {},
  routeResponseSelectionExpression: null,
  hasRouteResponse: false,
  place,
  ...changes,
});

export const twoWay = { routeResponseSelectionExpression: '$default', hasRouteResponse: true } as const;

const stage = (name: string, changes: Partial<WebSocketStage>): WebSocketStage => ({
  name,
  logicalId: `Live${name}`,
  deploymentId: 'd1',
  autoDeploy: true,
  variables: {},
  defaultRouteSettings: null,
  routeSettings: {},
  accessLog: null,
  place,
  ...changes,
});

export type LiveApi = {
  routes?: readonly WebSocketRoute[];
  /** Those that are not named are Lambda proxies of the function of the same name. */
  integrations?: readonly WebSocketIntegration[];
  definition?: Partial<WebSocketDefinition>;
  stages?: Readonly<Record<string, Partial<WebSocketStage>>>;
  disableExecuteApiEndpoint?: boolean;
};

export const liveApi = (api: LiveApi = {}): WebSocketApi => {
  const routes = api.routes ?? [];
  const integrations: Record<string, WebSocketIntegration> = {};
  for (const { integrationId } of routes) if (integrationId) integrations[integrationId] = integration(integrationId);
  for (const given of api.integrations ?? []) integrations[given.id] = given;
  return {
    kind: 'WEBSOCKET',
    logicalId: 'Live',
    id: 'abcdefghij',
    name: 'live',
    disableExecuteApiEndpoint: api.disableExecuteApiEndpoint ?? false,
    deployments: [
      {
        id: 'd1',
        definition: {
          routeSelectionExpression: '$request.body.action',
          apiKeySelectionExpression: '$request.header.x-api-key',
          routes,
          integrations,
          authorizers: {},
          models: {},
          ...api.definition,
        },
      },
    ],
    stages: Object.entries(api.stages ?? { dev: {} }).map(([name, changes]) => stage(name, changes)),
    place,
  };
};
