import { derivedId } from '../../derived-ids.ts';
import type { GatewayResponse, RequestValidator, RestAuthorizer, RestModel } from '../../model/rest-api.ts';
import type { Problems } from '../problems.ts';
import { createReader, type Reader } from '../reader.ts';
import { isMap, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import type { OpenApiDocument } from './document.ts';

export const restModels = (document: OpenApiDocument): Record<string, RestModel> =>
  Object.fromEntries(
    Object.entries(document.schemas).map(([name, schema]) => [name, { name, contentType: 'application/json', schema }]),
  );

export const restValidators = (document: OpenApiDocument): Record<string, RequestValidator> => {
  const validators = document.root.within('x-amazon-apigateway-request-validators');
  return Object.fromEntries(
    Object.keys(validators.source).map((name) => {
      const validator = validators.within(name);
      return [
        name,
        {
          name,
          validateRequestBody: validator.flag('validateRequestBody'),
          validateRequestParameters: validator.flag('validateRequestParameters'),
        },
      ];
    }),
  );
};

export const restGatewayResponses = (document: OpenApiDocument): Record<string, GatewayResponse> => {
  const responses = document.root.within('x-amazon-apigateway-gateway-responses');
  return Object.fromEntries(
    Object.keys(responses.source).map((type) => {
      const response = responses.within(type);
      return [
        type,
        {
          statusCode: response.text('statusCode'),
          responseParameters: response.textMap('responseParameters'),
          responseTemplates: response.textMap('responseTemplates'),
        },
      ];
    }),
  );
};

/** The schemes that hold an authorizer; API keys and IAM are read where operations name them. */
export const restAuthorizers = (
  document: OpenApiDocument,
  apiId: string,
  problems: Problems,
): Record<string, RestAuthorizer> => {
  const authorizers: Record<string, RestAuthorizer> = {};
  for (const [name, scheme] of Object.entries(document.securitySchemes)) {
    if (!isMap(scheme)) continue;
    const reader = createReader(
      scheme,
      placeOf(scheme) ?? document.root.place,
      `the security scheme ${name}`,
      problems,
    );
    if (!reader.has('x-amazon-apigateway-authorizer')) continue;
    authorizers[name] = restAuthorizer(name, apiId, scheme, reader.within('x-amazon-apigateway-authorizer'));
  }
  return authorizers;
};

const restAuthorizer = (name: string, apiId: string, scheme: PlainMap, reader: Reader): RestAuthorizer => {
  const type = reader.oneOf('type', ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS']) ?? 'TOKEN';
  return {
    id: derivedId(6, 'authorizer', apiId, name),
    name,
    type,
    authorizerUri: type === 'COGNITO_USER_POOLS' ? null : reader.required('authorizerUri'),
    authorizerCredentials: reader.text('authorizerCredentials'),
    identitySource:
      reader.text('identitySource') ??
      (type === 'REQUEST' ? '' : `method.request.header.${String(scheme.name ?? 'Authorization')}`),
    identityValidationExpression: reader.text('identityValidationExpression'),
    resultTtlInSeconds: reader.number('authorizerResultTtlInSeconds') ?? 300,
    providerArns: reader.texts('providerARNs'),
    place: reader.place,
  };
};
