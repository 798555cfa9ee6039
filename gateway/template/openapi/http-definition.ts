import { derivedId } from '../../derived-ids.ts';
import type {
  CorsConfiguration,
  HttpAuthorizer,
  HttpDefinition,
  HttpIntegration,
  HttpRoute,
} from '../../model/http-api.ts';
import type { Problems } from '../problems.ts';
import { createReader, type Reader } from '../reader.ts';
import { entry, isMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { type OpenApiDocument, type Operation, readerOf } from './document.ts';
import { isSigV4, securityOf } from './security.ts';

/** The routes, integrations and authorizers that an OpenAPI document describes for an HTTP API. */
export const httpDefinition = (document: OpenApiDocument, apiId: string, problems: Problems): HttpDefinition => {
  if (document.isSwagger2) {
    document.root.refuse('swagger', 'HTTP APIs take OpenAPI 3.0 only.', 'Write the definition as openapi: 3.0.1.');
  }
  const authorizers = httpAuthorizers(document, apiId, problems);
  const byName = new Map(Object.values(authorizers).map((authorizer) => [authorizer.name, authorizer]));
  const integrations: Record<string, HttpIntegration> = {};
  const routes = document.operations.map((operation): HttpRoute => {
    const routeKey = routeKeyOf(operation);
    const integration = readIntegration(document, operation, apiId, routeKey, problems);
    if (integration) integrations[integration.id] = integration;
    return {
      routeKey,
      operationName: operation.reader.text('operationId'),
      ...authorization(document, operation, byName),
      integrationId: integration?.id ?? null,
      place: operation.reader.place,
    };
  });
  return {
    routes,
    integrations,
    authorizers,
    cors: document.root.has('x-amazon-apigateway-cors')
      ? readCors(document.root.within('x-amazon-apigateway-cors'), 'openapi')
      : null,
  };
};

const routeKeyOf = (operation: Operation): string => {
  const isDefault =
    operation.path === '$default' || operation.path === '/$default' || operation.reader.flag('isDefaultRoute');
  return isDefault && operation.method === 'ANY' ? '$default' : `${operation.method} ${operation.path}`;
};

const readIntegration = (
  document: OpenApiDocument,
  operation: Operation,
  apiId: string,
  routeKey: string,
  problems: Problems,
): HttpIntegration | null => {
  const key = 'x-amazon-apigateway-integration';
  if (!operation.reader.has(key)) return null;
  const given = operation.reader.map(key);
  const reader = readerOf(document, given, operation.reader.placeOf(key), `the integration of ${routeKey}`, problems);
  // One that is written once, among the components, and named by several routes stays one.
  const shared = typeof given.$ref === 'string' ? given.$ref : routeKey;
  const responses = reader.map('responseParameters');
  return {
    id: derivedId(7, 'integration', apiId, shared),
    type: reader.oneOf('type', ['AWS_PROXY', 'HTTP_PROXY']) ?? 'AWS_PROXY',
    subtype: reader.text('integrationSubtype'),
    method: (reader.text('httpMethod') ?? 'POST').toUpperCase(),
    uri: reader.text('uri'),
    payloadFormatVersion: payloadFormat(reader, 'payloadFormatVersion'),
    credentials: reader.text('credentials'),
    connectionType: reader.oneOf('connectionType', ['INTERNET', 'VPC_LINK']) ?? 'INTERNET',
    connectionId: reader.text('connectionId'),
    requestParameters: reader.textMap('requestParameters'),
    responseParameters: Object.fromEntries(
      Object.keys(responses).map((status) => [status, reader.within('responseParameters').textMap(status)]),
    ),
    timeoutInMillis: reader.number('timeoutInMillis') ?? 30_000,
    serverNameToVerify: reader.within('tlsConfig').text('serverNameToVerify'),
    place: reader.place,
  };
};

/** `2.0` may have lost its zero on the way through YAML. */
export const payloadFormat = (reader: Reader, key: string): '1.0' | '2.0' => {
  const given = reader.text(key);
  if (given === null) return '1.0';
  if (given === '1' || given === '1.0') return '1.0';
  if (given !== '2' && given !== '2.0')
    reader.refuse(key, `${key} is ${JSON.stringify(given)}.`, 'It can be "1.0" or "2.0".');
  return '2.0';
};

const httpAuthorizers = (
  document: OpenApiDocument,
  apiId: string,
  problems: Problems,
): Record<string, HttpAuthorizer> => {
  const authorizers: Record<string, HttpAuthorizer> = {};
  for (const [name, scheme] of Object.entries(document.securitySchemes)) {
    if (!isMap(scheme) || !isMap(entry(scheme, 'x-amazon-apigateway-authorizer') ?? null)) continue;
    const given = createReader(scheme, placeOf(scheme) ?? document.root.place, `the security scheme ${name}`, problems);
    const reader = given.within('x-amazon-apigateway-authorizer');
    const id = derivedId(6, 'authorizer', apiId, name);
    const type = reader.oneOf('type', ['JWT', 'REQUEST']) ?? 'REQUEST';
    const jwt = reader.within('jwtConfiguration');
    authorizers[id] = {
      id,
      name,
      type,
      identitySource: reader.texts('identitySource').flatMap((source) => source.split(',').map((part) => part.trim())),
      jwt: type === 'JWT' ? { issuer: jwt.required('issuer'), audience: jwt.texts('audience') } : null,
      authorizerUri: type === 'REQUEST' ? reader.required('authorizerUri') : null,
      authorizerCredentials: reader.text('authorizerCredentials'),
      payloadFormatVersion: payloadFormat(reader, 'authorizerPayloadFormatVersion'),
      enableSimpleResponses: reader.flag('enableSimpleResponses'),
      resultTtlInSeconds: reader.number('authorizerResultTtlInSeconds'),
      place: reader.place,
    };
  }
  return authorizers;
};

type Authorization = Pick<HttpRoute, 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

/** A scheme that is no authorizer leaves the route with one that is not there: refused, never open. */
const authorization = (
  document: OpenApiDocument,
  operation: Operation,
  byName: ReadonlyMap<string, HttpAuthorizer>,
): Authorization => {
  const [first] = securityOf(document, operation);
  if (!first) return { authorizationType: 'NONE', authorizerId: null, authorizationScopes: [] };
  const { name, scheme, scopes: authorizationScopes } = first;
  const authorizer = byName.get(name);
  if (authorizer) {
    const authorizationType = authorizer.type === 'JWT' ? 'JWT' : 'CUSTOM';
    return { authorizationType, authorizerId: authorizer.id, authorizationScopes };
  }
  return isSigV4(scheme)
    ? { authorizationType: 'AWS_IAM', authorizerId: null, authorizationScopes: [] }
    : { authorizationType: 'CUSTOM', authorizerId: name, authorizationScopes };
};

export const readCors = (reader: Reader, form: 'openapi' | 'cloudformation'): CorsConfiguration => {
  const key = (name: string): string => (form === 'openapi' ? name : name[0]!.toUpperCase() + name.slice(1));
  return {
    allowOrigins: reader.texts(key('allowOrigins')),
    allowMethods: reader.texts(key('allowMethods')),
    allowHeaders: reader.texts(key('allowHeaders')),
    exposeHeaders: reader.texts(key('exposeHeaders')),
    maxAge: reader.number(key('maxAge')),
    allowCredentials: reader.flag(key('allowCredentials')),
  };
};
