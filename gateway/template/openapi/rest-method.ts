import type { MethodResponse, RestAuthorizer, RestMethod, RestModel } from '../../model/rest-api.ts';
import type { Problems } from '../problems.ts';
import { entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { type OpenApiDocument, type Operation, schemaName } from './document.ts';
import { readRestIntegration } from './rest-integration.ts';
import { isSigV4, securityOf } from './security.ts';

/** An operation as a method. Schemas that are written in place become models with made-up names, as on import. */
export const restMethod = (
  document: OpenApiDocument,
  operation: Operation,
  authorizers: Readonly<Record<string, RestAuthorizer>>,
  models: Record<string, RestModel>,
  problems: Problems,
): RestMethod => {
  const { reader, method } = operation;
  const modelOf = (schema: Plain, hint: string): string => {
    const known = schemaName(schema);
    if (known !== null) {
      if (!Object.hasOwn(models, known))
        reader.refuse('requestBody', `There is no schema ${known}.`, 'Add it to the schemas of the document.');
      return known;
    }
    let name = hint;
    for (let n = 2; Object.hasOwn(models, name); n++) name = `${hint}${n}`;
    models[name] = { name, contentType: 'application/json', schema };
    return name;
  };
  const hint = `${method[0]}${method.slice(1).toLowerCase()}${operation.path.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => next?.toUpperCase() ?? '')}`;
  const integration = reader.has('x-amazon-apigateway-integration')
    ? readRestIntegration(reader.within('x-amazon-apigateway-integration'), 'openapi')
    : null;
  if (!integration) {
    problems.add(
      `${method} ${operation.path} has no integration.`,
      reader.place,
      'Give it x-amazon-apigateway-integration: without one the API cannot be deployed.',
    );
  }
  return {
    httpMethod: method,
    operationName: reader.text('operationId'),
    ...authorization(document, operation, authorizers),
    requestParameters: Object.fromEntries(operation.parameters.flatMap(requestParameter)),
    requestModels: requestModels(document, operation, (schema) => modelOf(schema, `${hint}Body`)),
    requestValidator:
      reader.text('x-amazon-apigateway-request-validator') ??
      document.root.text('x-amazon-apigateway-request-validator'),
    responses: methodResponses(document, operation, (schema) => modelOf(schema, `${hint}Response`)),
    integration,
    place: reader.place,
  };
};

const locations: Readonly<Record<string, string>> = { query: 'querystring', header: 'header', path: 'path' };

const requestParameter = (parameter: PlainMap): [string, boolean][] => {
  const location = typeof parameter.in === 'string' ? entry(locations, parameter.in) : undefined;
  return location ? [[`method.request.${location}.${String(parameter.name)}`, parameter.required === true]] : [];
};

const requestModels = (
  document: OpenApiDocument,
  operation: Operation,
  modelOf: (schema: Plain) => string,
): Record<string, string> => {
  const models: Record<string, string> = {};
  const inBody = operation.parameters.find((parameter) => parameter.in === 'body');
  if (inBody?.schema !== undefined) {
    const consumes = operation.reader.has('consumes')
      ? operation.reader.texts('consumes')
      : document.root.texts('consumes');
    for (const type of consumes.length > 0 ? consumes : ['application/json']) models[type] = modelOf(inBody.schema);
  }
  const body = document.follow(operation.reader.map('requestBody'), operation.reader.place);
  const content = isMap(body) ? entry(body, 'content') : undefined;
  if (content !== undefined && isMap(content)) {
    for (const [type, media] of Object.entries(content)) {
      if (isMap(media) && media.schema !== undefined) models[type] = modelOf(media.schema);
    }
  }
  return models;
};

const methodResponses = (
  document: OpenApiDocument,
  operation: Operation,
  modelOf: (schema: Plain) => string,
): Record<string, MethodResponse> => {
  const responses: Record<string, MethodResponse> = {};
  for (const [status, given] of Object.entries(operation.reader.map('responses'))) {
    if (!/^\d{3}$/.test(status)) continue;
    const response = document.follow(given, operation.reader.place);
    if (!isMap(response)) continue;
    const headers = isMap(response.headers ?? null) ? Object.keys(response.headers as PlainMap) : [];
    const models: Record<string, string> = {};
    if (response.schema !== undefined) models['application/json'] = modelOf(response.schema);
    for (const [type, media] of Object.entries(isMap(response.content ?? null) ? (response.content as PlainMap) : {})) {
      if (isMap(media) && media.schema !== undefined) models[type] = modelOf(media.schema);
    }
    responses[status] = {
      parameters: Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, false])),
      models,
    };
  }
  return responses;
};

type Authorization = Pick<RestMethod, 'authorizationType' | 'authorizer' | 'authorizationScopes' | 'apiKeyRequired'>;

/**
 * A scheme that is no authorizer leaves the method with one that is not there, so that it is refused and never open.
 */
const authorization = (
  document: OpenApiDocument,
  operation: Operation,
  authorizers: Readonly<Record<string, RestAuthorizer>>,
): Authorization => {
  let result: Authorization = {
    authorizationType: 'NONE',
    authorizer: null,
    authorizationScopes: [],
    apiKeyRequired: false,
  };
  for (const { name, scheme, scopes: authorizationScopes } of securityOf(document, operation)) {
    const authorizer = authorizers[name];
    if (authorizer) {
      const authorizationType = authorizer.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM';
      result = { ...result, authorizationType, authorizer: name, authorizationScopes };
    } else if (isSigV4(scheme)) {
      result = { ...result, authorizationType: 'AWS_IAM' };
    } else if (scheme.type === 'apiKey' && String(scheme.name).toLowerCase() === 'x-api-key') {
      result = { ...result, apiKeyRequired: true };
    } else {
      result = { ...result, authorizationType: 'CUSTOM', authorizer: name, authorizationScopes };
    }
  }
  const own = operation.reader.within('x-amazon-apigateway-auth').text('type');
  if (own?.toUpperCase() === 'AWS_IAM') result = { ...result, authorizationType: 'AWS_IAM', authorizer: null };
  return result;
};
