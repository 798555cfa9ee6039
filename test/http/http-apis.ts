import { createHttpPlane } from '#gateway/http/http-plane.ts';
import type { CorsConfiguration, HttpApi, HttpIntegration, HttpRoute, HttpStage } from '#gateway/model/http-api.ts';
import type { ApiResponse } from '#gateway/server/messages.ts';
import { apiRequest, type FakeServices } from '../integrations/fake-services.ts';

const place = { file: 'template.yaml', line: 1, column: 1 };

export const integrationOf = (changes: Partial<HttpIntegration> = {}): HttpIntegration => ({
  id: 'int1',
  type: 'AWS_PROXY',
  subtype: null,
  method: 'POST',
  uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:bid/invocations',
  payloadFormatVersion: '2.0',
  credentials: null,
  connectionType: 'INTERNET',
  connectionId: null,
  requestParameters: {},
  responseParameters: {},
  timeoutInMillis: 30_000,
  serverNameToVerify: null,
  place,
  ...changes,
});

const stageOf = (name: string, changes: Partial<HttpStage>): HttpStage => ({
  name,
  logicalId: 'BiddingStage',
  deploymentId: 'dep1',
  autoDeploy: true,
  variables: {},
  defaultRouteSettings: null,
  routeSettings: {},
  accessLog: null,
  place,
  ...changes,
});

type Options = {
  readonly stages?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly integration?: Partial<HttpIntegration>;
  readonly route?: Partial<HttpRoute>;
  readonly cors?: Partial<CorsConfiguration>;
  readonly api?: Partial<HttpApi>;
};

/** An HTTP API whose routes all go to one integration. */
export const httpApi = (routeKeys: readonly string[], options: Options = {}): HttpApi => ({
  kind: 'HTTP',
  logicalId: 'Bidding',
  id: 'klmnopqrst',
  name: 'bidding',
  disableExecuteApiEndpoint: false,
  deployments: [
    {
      id: 'dep1',
      definition: {
        routes: routeKeys.map((routeKey) => ({
          routeKey,
          operationName: null,
          authorizationType: 'NONE',
          authorizerId: null,
          authorizationScopes: [],
          integrationId: 'int1',
          place,
          ...options.route,
        })),
        integrations: { int1: integrationOf(options.integration) },
        authorizers: {},
        cors: options.cors
          ? {
              allowOrigins: [],
              allowMethods: [],
              allowHeaders: [],
              exposeHeaders: [],
              maxAge: null,
              allowCredentials: false,
              ...options.cors,
            }
          : null,
      },
    },
  ],
  stages: (options.stages ?? ['$default']).map((name) => stageOf(name, { variables: options.variables ?? {} })),
  place,
  ...options.api,
});

/** Sends one request to an API of these routes. */
export const send = (
  services: FakeServices,
  routeKeys: readonly string[],
  message: Parameters<typeof apiRequest>[0],
  options: Options = {},
): Promise<ApiResponse> => createHttpPlane(httpApi(routeKeys, options), services).handle(apiRequest(message));
