import type {
  GatewayResponse,
  RequestValidator,
  RestAuthorizer,
  RestDefinition,
  RestModel,
} from '../../model/rest-api.ts';
import { pathPrefix } from '../openapi/base-path.ts';
import { readOpenApi } from '../openapi/document.ts';
import { readGatewayResponse } from '../openapi/gateway-response.ts';
import { withImportVariables } from '../openapi/import-variables.ts';
import { readRestAuthorizer } from '../openapi/rest-authorizer.ts';
import {
  refuseOddModelName,
  restAuthorizers,
  restGatewayResponses,
  restModels,
  restValidators,
} from '../openapi/rest-definition.ts';
import { restMethod } from '../openapi/rest-method.ts';
import { restWarnings } from '../openapi/rest-warnings.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { keepImportWarnings } from './import-warnings.ts';
import { jsonMap } from './json-property.ts';
import { refuseOddMethod } from './rest-method-rules.ts';
import { rawPaths } from './rest-resources.ts';
import { buildTree, type RestPath } from './rest-tree.ts';
import { policyDocument } from './role.ts';
import type { Source } from './source.ts';

/** What a deployment of the API snapshots: its `Body`, if any, and the resources that stand beside it. */
export const buildRestDefinition = (source: Source, api: Resource): RestDefinition => {
  const reader = source.read(api);
  const apiId = source.ref(api);
  const body = jsonMap(reader, 'Body');
  const document =
    body &&
    readOpenApi(withImportVariables(body, source.target), reader.placeOf('Body'), api.logicalId, source.problems);
  const models: Record<string, RestModel> = {
    ...(document ? restModels(document, source.problems) : {}),
    ...rawModels(source, apiId),
  };
  const authorizers: Record<string, RestAuthorizer> = {
    ...(document ? restAuthorizers(document, apiId, source.problems) : {}),
    ...rawAuthorizers(source, apiId),
  };
  const prefix = document ? pathPrefix(document, reader.within('Parameters'), 'basepath') : '';
  const described: readonly RestPath[] = (document?.operations ?? []).map((operation) => ({
    path: prefix + operation.path,
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
  const resources = buildTree([...described, ...rawPaths(source, apiId)], apiId, source.problems);
  const requestValidators = { ...(document ? restValidators(document) : {}), ...rawValidators(source, apiId) };
  const imported = new Set(described.flatMap(({ methods }) => methods));
  for (const { path, methods } of resources) {
    for (const method of methods)
      refuseOddMethod(method, path, { models, requestValidators }, imported.has(method), source.problems);
  }
  reader.oneOf('Mode', ['merge', 'overwrite']);
  const definition: RestDefinition = {
    binaryMediaTypes: [...new Set(binary.map((type) => type.replace(/~1/g, '/')))],
    minimumCompressionSize: size,
    apiKeySource:
      reader.oneOf('ApiKeySourceType', ['HEADER', 'AUTHORIZER']) ??
      document?.root.oneOf('x-amazon-apigateway-api-key-source', ['HEADER', 'AUTHORIZER']) ??
      'HEADER',
    policy:
      policyDocument(reader, 'Policy') ??
      (document ? policyDocument(document.root, 'x-amazon-apigateway-policy') : null),
    resources,
    models,
    requestValidators,
    authorizers,
    gatewayResponses: { ...(document ? restGatewayResponses(document) : {}), ...rawGatewayResponses(source, apiId) },
  };
  keepImportWarnings(definition, document ? restWarnings(document) : [], source, reader);
  return definition;
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
      refuseOddModelName(name, reader.placeOf('Name'), source.problems);
      return [
        name,
        {
          name,
          contentType: reader.text('ContentType') ?? 'application/json',
          schema: jsonMap(reader, 'Schema') ?? {},
          isImported: false,
        },
      ];
    }),
  );

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
      const header = 'method.request.header.Authorization';
      const { place } = resource;
      return [name, readRestAuthorizer(reader, 'cloudformation', { id: source.ref(resource), name, header, place })];
    }),
  );

const rawGatewayResponses = (source: Source, apiId: string): Record<string, GatewayResponse> =>
  Object.fromEntries(
    partsOf(source, 'AWS::ApiGateway::GatewayResponse', apiId).map(({ reader }) => {
      const type = reader.required('ResponseType');
      return [type, readGatewayResponse(type, reader, 'cloudformation', reader, 'ResponseType')];
    }),
  );
