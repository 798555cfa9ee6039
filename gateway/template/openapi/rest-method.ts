import { createHash } from 'node:crypto';
import type { MethodResponse, RestAuthorizer, RestMethod, RestModel } from '../../model/rest-api.ts';
import type { Problems } from '../problems.ts';
import { createReader } from '../reader.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { type OpenApiDocument, type Operation, schemaName } from './document.ts';
import { readRestIntegration } from './rest-integration.ts';
import { refuseBrokenReferences } from './schema-references.ts';
import { isApiKey, isSigV4, securityOf } from './security.ts';

/** An operation as a method. Schemas that are written in place become models with made-up names, as on import. */
export const restMethod = (
  document: OpenApiDocument,
  operation: Operation,
  authorizers: Readonly<Record<string, RestAuthorizer>>,
  models: Record<string, RestModel>,
  problems: Problems,
): RestMethod => {
  const { reader, method } = operation;
  const modelOf = (schema: Plain, where: string): string => {
    const known = schemaName(schema);
    if (known !== null) return known;
    const name = `MODEL${createHash('sha1').update(`${method} ${operation.path} ${where}`).digest('hex').slice(0, 6)}`;
    refuseBrokenReferences(schema, name, document, problems);
    models[name] = { name, contentType: 'application/json', schema, isImported: true };
    return name;
  };
  const integration = reader.has('x-amazon-apigateway-integration')
    ? readRestIntegration(reader.within('x-amazon-apigateway-integration'), 'openapi')
    : null;
  return {
    httpMethod: method,
    operationName: reader.text('operationId'),
    ...authorization(document, operation, authorizers),
    requestParameters: Object.fromEntries(operation.parameters.flatMap(requestParameter)),
    requestModels: requestModels(document, operation, modelOf),
    requestValidator:
      reader.text('x-amazon-apigateway-request-validator') ??
      document.root.text('x-amazon-apigateway-request-validator'),
    responses: methodResponses(document, operation, modelOf, problems),
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
  modelOf: (schema: Plain, where: string) => string,
): Record<string, string> => {
  const models: Record<string, string> = {};
  const inBody = operation.parameters.find((parameter) => parameter.in === 'body');
  if (inBody?.schema !== undefined) {
    for (const type of mediaTypes(document, operation, 'consumes')) models[type] = modelOf(inBody.schema, 'body');
  }
  const body = document.follow(operation.reader.map('requestBody'), operation.reader.place);
  const content = isMap(body) ? entry(body, 'content') : undefined;
  if (content !== undefined && isMap(content)) {
    for (const [type, media] of Object.entries(content)) {
      if (isMap(media) && media.schema !== undefined) models[type] = modelOf(media.schema, type);
    }
  }
  return models;
};

/** Swagger 2.0 names media types for a whole operation, or for the document. */
const mediaTypes = ({ root }: OpenApiDocument, { reader }: Operation, key: string): readonly string[] => {
  const types = reader.has(key) ? reader.texts(key) : root.texts(key);
  return types.length > 0 ? types : ['application/json'];
};

const methodResponses = (
  document: OpenApiDocument,
  operation: Operation,
  modelOf: (schema: Plain, where: string) => string,
  problems: Problems,
): Record<string, MethodResponse> => {
  const responses: Record<string, MethodResponse> = {};
  for (const [status, given] of Object.entries(operation.reader.map('responses'))) {
    if (!/^\d{3}$/.test(status)) continue;
    const followed = document.follow(given, operation.reader.place);
    const shown = `the response ${status} of ${operation.method} ${operation.path}`;
    if (!isMap(followed)) {
      const what = `${shown} must be a map, not ${describe(followed)}.`;
      operation.reader.refuse('responses', what[0]!.toUpperCase() + what.slice(1), 'Describe it.');
      continue;
    }
    const response = createReader(followed, placeOf(followed) ?? operation.reader.place, shown, problems);
    const models: Record<string, string> = {};
    if (followed.schema !== undefined) {
      for (const type of mediaTypes(document, operation, 'produces')) models[type] = modelOf(followed.schema, status);
    }
    for (const [type, media] of Object.entries(response.map('content'))) {
      if (isMap(media) && media.schema !== undefined) models[type] = modelOf(media.schema, `${status} ${type}`);
    }
    const headers = Object.keys(response.map('headers'));
    responses[status] = {
      parameters: Object.fromEntries(headers.map((name) => [`method.response.header.${name}`, false])),
      models,
    };
  }
  return responses;
};

type Authorization = Pick<RestMethod, 'authorizationType' | 'authorizer' | 'authorizationScopes' | 'apiKeyRequired'>;

/**
 * A scheme that is no authorizer leaves a method that nothing else guards with one that is not there, so that it is
 * refused and never open.
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
      result = { ...result, authorizationType: 'AWS_IAM', authorizer: null };
    } else if (isApiKey(scheme)) {
      result = { ...result, apiKeyRequired: true };
    } else if (result.authorizationType === 'NONE') {
      result = { ...result, authorizationType: 'CUSTOM', authorizer: name, authorizationScopes };
    }
  }
  const own = operation.reader.within('x-amazon-apigateway-auth').text('type');
  if (own?.toUpperCase() === 'AWS_IAM') result = { ...result, authorizationType: 'AWS_IAM', authorizer: null };
  return result;
};
