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
import { type OpenApiDocument, type Operation, pathOf, readerOf } from './document.ts';
import { readHttpAuthorizer } from './http-authorizer.ts';
import { readHttpIntegration } from './http-integration.ts';
import { type ImportWarning, keepWarnings } from './import-warnings.ts';
import { isGuard, isSigV4, securityOf, undeclaredSchemes } from './security.ts';

/** The routes, integrations and authorizers that an OpenAPI document describes for an HTTP API. */
export const httpDefinition = (
  document: OpenApiDocument,
  apiId: string,
  prefix: string,
  problems: Problems,
): HttpDefinition => {
  if (document.isSwagger2) {
    document.root.refuse('swagger', 'HTTP APIs take OpenAPI 3.0 only.', 'Write the definition as openapi: 3.0.1.');
  }
  const version = document.root.text('x-amazon-apigateway-importexport-version');
  if (version !== null && !/^1(\.0)?$/.test(version)) {
    document.root.refuse(
      'x-amazon-apigateway-importexport-version',
      `There is no version ${version} of API Gateway’s import.`,
      'Write "1.0", or leave it out.',
    );
  }
  const warnings: ImportWarning[] = [];
  const warn = (warning: ImportWarning): void => void warnings.push(warning);
  const authorizers = httpAuthorizers(document, apiId, problems);
  const byName = new Map(Object.values(authorizers).map((authorizer) => [authorizer.name, authorizer]));
  const integrations: Record<string, HttpIntegration> = {};
  const routes = document.operations.map((operation): HttpRoute => {
    const routeKey = routeKeyOf(operation, prefix);
    const integration = readIntegration(document, operation, apiId, routeKey, problems, warn);
    if (integration) integrations[integration.id] = integration;
    return {
      routeKey,
      operationName: operation.reader.text('operationId'),
      ...authorization(document, operation, byName, warn),
      integrationId: integration?.id ?? null,
      place: operation.reader.place,
    };
  });
  const definition: HttpDefinition = {
    routes,
    integrations,
    authorizers,
    cors: document.root.has('x-amazon-apigateway-cors')
      ? readCors(document.root.within('x-amazon-apigateway-cors'), 'openapi')
      : null,
  };
  keepWarnings(definition, warnings);
  return definition;
};

const routeKeyOf = (operation: Operation, prefix: string): string => {
  const isDefault =
    operation.path === '$default' || operation.path === '/$default' || operation.reader.flag('isDefaultRoute');
  return isDefault && operation.method === 'ANY' ? '$default' : `${operation.method} ${prefix}${operation.path}`;
};

const readIntegration = (
  document: OpenApiDocument,
  operation: Operation,
  apiId: string,
  routeKey: string,
  problems: Problems,
  warn: (warning: ImportWarning) => void,
): HttpIntegration | null => {
  const key = 'x-amazon-apigateway-integration';
  if (!operation.reader.has(key)) return null;
  const given = operation.reader.map(key);
  const reader = readerOf(document, given, operation.reader.placeOf(key), `the integration of ${routeKey}`, problems);
  // One that is written once, among the components, and named by several routes stays one.
  const shared = typeof given.$ref === 'string' ? given.$ref : routeKey;
  const type = reader.text('type') ?? '';
  if (!/^(aws|http)_proxy$/i.test(type)) {
    reader.required('type');
    warn({
      path: `${pathOf(operation)}.${key}.type`,
      what: `HTTP APIs have no integration of type ${type}; the route has none`,
      place: reader.placeOf('type'),
    });
    return null;
  }
  return readHttpIntegration(reader, 'openapi', {
    id: derivedId(7, 'integration', apiId, shared),
    type: /^aws/i.test(type) ? 'AWS_PROXY' : 'HTTP_PROXY',
    place: reader.place,
  });
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
    // AWS asks that address for the issuer; a well-known one names it itself.
    const issuer = given.text('openIdConnectUrl')?.replace(/\/\.well-known\/openid-configuration$/, '') ?? null;
    authorizers[id] = readHttpAuthorizer(reader, 'openapi', { id, name, place: reader.place, issuer });
  }
  return authorizers;
};

type Authorization = Pick<HttpRoute, 'authorizationType' | 'authorizerId' | 'authorizationScopes'>;

/** A scheme that is no authorizer leaves the route with one that is not there: refused, never open. */
const authorization = (
  document: OpenApiDocument,
  operation: Operation,
  byName: ReadonlyMap<string, HttpAuthorizer>,
  warn: (warning: ImportWarning) => void,
): Authorization => {
  const required = securityOf(document, operation);
  const [guard, second] = required.filter(isGuard);
  const tell = (what: string): void =>
    warn({ path: `${pathOf(operation)}.security`, what, place: operation.reader.placeOf('security') });
  if (second) tell(`a route has one authorizer; ${guard!.name} counts, and ${second.name} does not`);
  undeclaredSchemes(required).forEach(tell);
  const first = guard ?? required[0];
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
