import type {
  GatewayResponse,
  RequestValidator,
  RestAuthorizer,
  RestDefinition,
  RestModel,
} from '../../model/rest-api.ts';
import { readOpenApi } from '../openapi/document.ts';
import { restAuthorizers, restGatewayResponses, restModels, restValidators } from '../openapi/rest-definition.ts';
import { restMethod } from '../openapi/rest-method.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { rawPaths } from './rest-resources.ts';
import { buildTree, type RestPath } from './rest-tree.ts';
import { policyDocument } from './role.ts';
import type { Source } from './source.ts';

/** What a deployment of the API snapshots: its `Body`, if any, and the resources that stand beside it. */
export const buildRestDefinition = (source: Source, api: Resource): RestDefinition => {
  const reader = source.read(api);
  const apiId = source.ref(api);
  const body = reader.map('Body');
  const document = isMap(entry(reader.source, 'Body') ?? null)
    ? readOpenApi(body, api.place, api.logicalId, source.problems)
    : null;
  const models: Record<string, RestModel> = {
    ...(document ? restModels(document) : {}),
    ...rawModels(source, apiId),
  };
  const authorizers: Record<string, RestAuthorizer> = {
    ...(document ? restAuthorizers(document, apiId, source.problems) : {}),
    ...rawAuthorizers(source, apiId),
  };
  const described: readonly RestPath[] = (document?.operations ?? []).map((operation) => ({
    path: operation.path,
    id: null,
    methods: [restMethod(document!, operation, authorizers, models, source.problems)],
    place: operation.reader.place,
  }));
  const size =
    reader.number('MinimumCompressionSize') ??
    document?.root.number('x-amazon-apigateway-minimum-compression-size') ??
    null;
  const binary = [
    ...reader.texts('BinaryMediaTypes'),
    ...(document?.root.texts('x-amazon-apigateway-binary-media-types') ?? []),
  ];
  return {
    binaryMediaTypes: [...new Set(binary.map((type) => type.replace(/~1/g, '/')))],
    minimumCompressionSize: size,
    apiKeySource:
      reader.oneOf('ApiKeySourceType', ['HEADER', 'AUTHORIZER']) ??
      document?.root.oneOf('x-amazon-apigateway-api-key-source', ['HEADER', 'AUTHORIZER']) ??
      'HEADER',
    policy:
      policyDocument(reader, 'Policy') ??
      (document ? policyDocument(document.root, 'x-amazon-apigateway-policy') : null),
    resources: buildTree([...described, ...rawPaths(source, apiId)], apiId, source.problems),
    models,
    requestValidators: { ...(document ? restValidators(document) : {}), ...rawValidators(source, apiId) },
    authorizers,
    gatewayResponses: { ...(document ? restGatewayResponses(document) : {}), ...rawGatewayResponses(source, apiId) },
  };
};

const partsOf = (source: Source, type: string, apiId: string): readonly { resource: Resource; reader: Reader }[] =>
  source
    .ofType(type)
    .map((resource) => ({ resource, reader: source.read(resource) }))
    .filter(({ reader }) => reader.text('RestApiId') === apiId);

const rawModels = (source: Source, apiId: string): Record<string, RestModel> =>
  Object.fromEntries(
    partsOf(source, 'AWS::ApiGateway::Model', apiId).map(({ resource, reader }) => {
      const name = reader.text('Name') ?? resource.logicalId;
      const schema = entry(reader.source, 'Schema') ?? {};
      return [name, { name, contentType: reader.text('ContentType') ?? 'application/json', schema: parsed(schema) }];
    }),
  );

/** A schema may be written as JSON text. */
const parsed = (schema: unknown): unknown => {
  if (typeof schema !== 'string') return schema;
  try {
    return JSON.parse(schema);
  } catch {
    return schema;
  }
};

const rawValidators = (source: Source, apiId: string): Record<string, RequestValidator> =>
  Object.fromEntries(
    partsOf(source, 'AWS::ApiGateway::RequestValidator', apiId).map(({ resource, reader }) => {
      const name = reader.text('Name') ?? resource.logicalId;
      return [
        name,
        {
          name,
          validateRequestBody: reader.flag('ValidateRequestBody'),
          validateRequestParameters: reader.flag('ValidateRequestParameters'),
        },
      ];
    }),
  );

const rawAuthorizers = (source: Source, apiId: string): Record<string, RestAuthorizer> =>
  Object.fromEntries(
    partsOf(source, 'AWS::ApiGateway::Authorizer', apiId).map(({ resource, reader }) => {
      const name = reader.text('Name') ?? resource.logicalId;
      const type = reader.oneOf('Type', ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS']) ?? 'TOKEN';
      return [
        name,
        {
          id: source.ref(resource),
          name,
          type,
          authorizerUri: type === 'COGNITO_USER_POOLS' ? null : reader.required('AuthorizerUri'),
          authorizerCredentials: reader.text('AuthorizerCredentials'),
          identitySource:
            reader.text('IdentitySource') ?? (type === 'REQUEST' ? '' : 'method.request.header.Authorization'),
          identityValidationExpression: reader.text('IdentityValidationExpression'),
          resultTtlInSeconds: reader.number('AuthorizerResultTtlInSeconds') ?? 300,
          providerArns: reader.texts('ProviderARNs'),
          place: resource.place,
        },
      ];
    }),
  );

const rawGatewayResponses = (source: Source, apiId: string): Record<string, GatewayResponse> =>
  Object.fromEntries(
    partsOf(source, 'AWS::ApiGateway::GatewayResponse', apiId).map(({ reader }) => [
      reader.required('ResponseType'),
      {
        statusCode: reader.text('StatusCode'),
        responseParameters: reader.textMap('ResponseParameters'),
        responseTemplates: reader.textMap('ResponseTemplates'),
      },
    ]),
  );
