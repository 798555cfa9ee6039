import { derivedId } from '../../derived-ids.ts';
import type { Place } from '../../model/place.ts';
import type { GatewayResponse, RequestValidator, RestAuthorizer, RestModel } from '../../model/rest-api.ts';
import type { Problems } from '../problems.ts';
import { createReader } from '../reader.ts';
import { isMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import type { OpenApiDocument } from './document.ts';
import { readGatewayResponse } from './gateway-response.ts';
import { readRestAuthorizer } from './rest-authorizer.ts';
import { refuseBrokenReferences } from './schema-references.ts';

export const restModels = (document: OpenApiDocument, problems: Problems): Record<string, RestModel> => {
  for (const [name, schema] of Object.entries(document.schemas)) {
    refuseOddModelName(name, placeOf(document.schemas, name), problems);
    refuseBrokenReferences(schema, name, document, problems);
  }
  return Object.fromEntries(
    Object.entries(document.schemas).map(([name, schema]) => [
      name,
      { name, contentType: 'application/json', schema, isImported: true },
    ]),
  );
};

export const refuseOddModelName = (name: string, place: Place | null, problems: Problems): void => {
  if (/^[A-Za-z0-9]+$/.test(name)) return;
  problems.add(
    `The model name ${JSON.stringify(name)} is not alphanumeric.`,
    place,
    'API Gateway takes letters and digits alone for the name of a model.',
  );
};

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
    Object.keys(responses.source).map((type) => [
      type,
      readGatewayResponse(type, responses.within(type), 'openapi', responses, type),
    ]),
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
    authorizers[name] = readRestAuthorizer(reader.within('x-amazon-apigateway-authorizer'), 'openapi', {
      id: derivedId(6, 'authorizer', apiId, name),
      name,
      header: `method.request.header.${reader.text('name') ?? 'Authorization'}`,
      place: reader.within('x-amazon-apigateway-authorizer').place,
    });
  }
  return authorizers;
};
