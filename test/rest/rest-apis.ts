import type {
  RestApi,
  RestDefinition,
  RestIntegration,
  RestIntegrationResponse,
  RestMethod,
  RestStage,
} from '#gateway/model/rest-api.ts';
import { createRestPlane } from '#gateway/rest/rest-plane.ts';
import type { ApiResponse } from '#gateway/server/messages.ts';
import { apiRequest, type FakeServices } from '../integrations/fake-services.ts';

const place = { file: 'template.yaml', line: 1, column: 1 };

export const functionUri = (name: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${name}/invocations`;

export const integrationOf = (changes: Partial<RestIntegration>): RestIntegration => ({
  type: 'AWS_PROXY',
  httpMethod: 'POST',
  uri: functionUri('hello'),
  credentials: null,
  connectionType: 'INTERNET',
  connectionId: null,
  integrationTarget: null,
  requestParameters: {},
  requestTemplates: {},
  passthroughBehavior: 'WHEN_NO_MATCH',
  contentHandling: null,
  timeoutInMillis: 29_000,
  cacheNamespace: null,
  cacheKeyParameters: [],
  insecureSkipVerification: false,
  responseTransferMode: 'BUFFERED',
  responses: [],
  place,
  ...changes,
});

export const integrationResponse = (changes: Partial<RestIntegrationResponse>): RestIntegrationResponse => ({
  selectionPattern: null,
  statusCode: '200',
  responseParameters: {},
  responseTemplates: {},
  contentHandling: null,
  ...changes,
});

export const mockOf = (template: string, changes: Partial<RestIntegration> = {}): RestIntegration =>
  integrationOf({
    type: 'MOCK',
    httpMethod: '',
    uri: '',
    requestTemplates: { 'application/json': template },
    responses: [integrationResponse({})],
    ...changes,
  });

export const methodOf = (httpMethod: string, changes: Partial<RestMethod> = {}): RestMethod => ({
  httpMethod,
  operationName: null,
  authorizationType: 'NONE',
  authorizer: null,
  authorizationScopes: [],
  apiKeyRequired: false,
  requestParameters: {},
  requestModels: {},
  requestValidator: null,
  responses: { '200': { parameters: {}, models: {} } },
  integration: integrationOf({}),
  place,
  ...changes,
});

type Methods = Readonly<Record<string, readonly (string | RestMethod)[]>>;

/** A definition from its paths; a verb alone stands for a Lambda proxy that needs nothing. */
export const definitionOf = (methods: Methods, changes: Partial<RestDefinition> = {}): RestDefinition => ({
  binaryMediaTypes: [],
  minimumCompressionSize: null,
  apiKeySource: 'HEADER',
  policy: null,
  models: {},
  requestValidators: {},
  authorizers: {},
  gatewayResponses: {},
  resources: Object.entries(methods).map(([path, list]) => ({
    id: `id${path}`,
    path,
    methods: list.map((method) => (typeof method === 'string' ? methodOf(method) : method)),
  })),
  ...changes,
});

export const stageOf = (changes: Partial<RestStage> = {}): RestStage => ({
  name: 'dev',
  logicalId: 'MarketStage',
  deploymentId: 'dep123',
  variables: {},
  canary: null,
  methodSettings: {},
  cacheCluster: null,
  accessLog: null,
  tracingEnabled: false,
  clientCertificateId: null,
  webAclArn: null,
  place,
  ...changes,
});

export const restApi = (definition: RestDefinition, changes: Partial<RestApi> = {}): RestApi => ({
  kind: 'REST',
  logicalId: 'Market',
  id: 'abcdefghij',
  name: 'market',
  endpointTypes: ['REGIONAL'],
  disableExecuteApiEndpoint: false,
  deployments: [{ id: 'dep123', definition }],
  stages: [stageOf()],
  place,
  ...changes,
});

/** Sends one request to an API of these methods. */
export const send = (
  services: FakeServices,
  methods: Methods,
  message: Parameters<typeof apiRequest>[0],
  changes: { readonly definition?: Partial<RestDefinition>; readonly api?: Partial<RestApi> } = {},
): Promise<ApiResponse> =>
  createRestPlane(restApi(definitionOf(methods, changes.definition), changes.api), services).handle(
    apiRequest(message),
  );
