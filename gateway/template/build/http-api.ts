import { derivedId } from '../../derived-ids.ts';
import type {
  HttpApi,
  HttpAuthorizer,
  HttpDefinition,
  HttpIntegration,
  HttpRoute,
  HttpStage,
} from '../../model/http-api.ts';
import { pathPrefix } from '../openapi/base-path.ts';
import { readOpenApi } from '../openapi/document.ts';
import { disablesEndpoint } from '../openapi/endpoint.ts';
import { readHttpAuthorizer } from '../openapi/http-authorizer.ts';
import { httpDefinition, readCors } from '../openapi/http-definition.ts';
import { readHttpIntegration } from '../openapi/http-integration.ts';
import { withImportVariables } from '../openapi/import-variables.ts';
import { warningsOf } from '../openapi/import-warnings.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { deploymentId } from './deployment-ids.ts';
import { keepImportWarnings } from './import-warnings.ts';
import type { Source } from './source.ts';
import {
  byRouteKey,
  type Part,
  partsOf,
  refuseDuplicateRoutes,
  refuseMissingAuthorizers,
  refuseUnknownTargets,
  targetOf,
  v2Deployments,
} from './v2-parts.ts';
import { readV2Stage } from './v2-stage.ts';

/** What a deployment of an HTTP API snapshots: its `Body`, the parts that stand beside it, and a quick-create `Target`. */
export const buildHttpDefinition = (source: Source, api: Resource): HttpDefinition => {
  const reader = source.read(api);
  const apiId = source.ref(api);
  const given = reader.map('Body');
  const document = isMap(entry(reader.source, 'Body') ?? null)
    ? readOpenApi(withImportVariables(given, source.target), api.place, api.logicalId, source.problems)
    : null;
  const body = document
    ? httpDefinition(document, apiId, pathPrefix(document, reader, 'BasePath'), source.problems)
    : null;
  if (!reader.has('Body')) reader.required('ProtocolType');
  const quick = reader.has('Target') ? quickCreate(source, api, apiId) : null;
  const routes = [
    ...(body?.routes ?? []),
    ...(quick ? [quick.route] : []),
    ...partsOf(source, 'Route', apiId).map((part) => readRoute(part)),
  ];
  refuseDuplicateRoutes(routes, source);
  refuseMissingAuthorizers(routes, source);
  routes.sort(byRouteKey);
  for (const route of routes) refuseRouteKey(route, source);
  const integrations = [
    ...Object.values(body?.integrations ?? {}),
    ...(quick ? [quick.integration] : []),
    ...partsOf(source, 'Integration', apiId).map((part) => readIntegration(source, part)),
  ];
  const authorizers = [
    ...Object.values(body?.authorizers ?? {}),
    ...partsOf(source, 'Authorizer', apiId).map((part) => readAuthorizer(source, part)),
  ];
  refuseUnknownTargets(routes, integrations, source);
  const definition: HttpDefinition = {
    routes,
    integrations: Object.fromEntries(integrations.map((integration) => [integration.id, integration])),
    authorizers: Object.fromEntries(authorizers.map((authorizer) => [authorizer.id, authorizer])),
    cors: reader.has('CorsConfiguration')
      ? readCors(reader.within('CorsConfiguration'), 'cloudformation')
      : (body?.cors ?? null),
  };
  keepImportWarnings(definition, body ? warningsOf(body) : [], source, reader);
  return definition;
};

export const buildHttpApi = (source: Source, api: Resource, definition: HttpDefinition): HttpApi => {
  const reader = source.read(api);
  const id = source.ref(api);
  const deployments = v2Deployments(source, id, deploymentId(id, -1, definition));
  const info = entry(reader.map('Body'), 'info');
  const title = info !== undefined && isMap(info) && typeof info.title === 'string' ? info.title : null;
  const stages = partsOf(source, 'Stage', id).map((part) => readV2Stage(part, 'HTTP', deployments.ofStage(part)));
  // Quick create brings a $default stage along.
  const quick: readonly HttpStage[] =
    reader.has('Target') && !stages.some(({ name }) => name === '$default')
      ? [quickStage(api, deployments.ids.at(-1)!)]
      : [];
  return {
    kind: 'HTTP',
    logicalId: api.logicalId,
    id,
    name: reader.text('Name') ?? title ?? api.logicalId,
    disableExecuteApiEndpoint: reader.flag('DisableExecuteApiEndpoint') || disablesEndpoint(reader.map('Body')),
    deployments: deployments.ids.map((deployment) => ({ id: deployment, definition })),
    stages: [...stages, ...quick],
    place: api.place,
  };
};

const readRoute = ({ resource, reader }: Part): HttpRoute => ({
  routeKey: reader.required('RouteKey'),
  operationName: reader.text('OperationName'),
  authorizationType: reader.oneOf('AuthorizationType', ['NONE', 'JWT', 'CUSTOM', 'AWS_IAM']) ?? 'NONE',
  authorizerId: reader.text('AuthorizerId'),
  authorizationScopes: reader.texts('AuthorizationScopes'),
  integrationId: targetOf(reader),
  place: resource.place,
});

const refuseRouteKey = (route: HttpRoute, source: Source): void => {
  if (route.routeKey === '$default' || /^(GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS|ANY) \/\S*$/.test(route.routeKey)) {
    const greedy = route.routeKey.indexOf('+}');
    if (greedy < 0 || greedy === route.routeKey.length - 2) return;
    source.problems.add(`The route ${route.routeKey} goes on after a greedy variable.`, route.place, 'End it there.');
    return;
  }
  source.problems.add(
    `${JSON.stringify(route.routeKey)} is not a route key.`,
    route.place,
    'Write it as GET /path, ANY /path or $default.',
  );
};

const readIntegration = (source: Source, { resource, reader }: Part): HttpIntegration => {
  reader.required('IntegrationType');
  return readHttpIntegration(reader, 'cloudformation', {
    id: source.ref(resource),
    type: reader.oneOf('IntegrationType', ['AWS_PROXY', 'HTTP_PROXY']) ?? 'AWS_PROXY',
    place: resource.place,
  });
};

const readAuthorizer = (source: Source, { resource, reader }: Part): HttpAuthorizer =>
  readHttpAuthorizer(reader, 'cloudformation', {
    id: source.ref(resource),
    name: reader.text('Name') ?? resource.logicalId,
    place: resource.place,
    issuer: null,
  });

const quickCreate = (
  source: Source,
  api: Resource,
  apiId: string,
): { route: HttpRoute; integration: HttpIntegration } => {
  const reader = source.read(api);
  const target = reader.required('Target');
  const isUrl = /^https?:/.test(target);
  const id = derivedId(7, 'integration', apiId, 'quick-create');
  return {
    route: {
      routeKey: reader.text('RouteKey') ?? '$default',
      operationName: null,
      authorizationType: 'NONE',
      authorizerId: null,
      authorizationScopes: [],
      integrationId: id,
      place: api.place,
    },
    integration: {
      id,
      type: isUrl ? 'HTTP_PROXY' : 'AWS_PROXY',
      subtype: null,
      method: isUrl ? 'ANY' : 'POST',
      uri: target,
      payloadFormatVersion: isUrl ? '1.0' : '2.0',
      credentials: reader.text('CredentialsArn'),
      connectionType: 'INTERNET',
      connectionId: null,
      requestParameters: {},
      responseParameters: {},
      timeoutInMillis: 30_000,
      serverNameToVerify: null,
      place: api.place,
    },
  };
};

const quickStage = (api: Resource, deployment: string): HttpStage => ({
  name: '$default',
  logicalId: api.logicalId,
  deploymentId: deployment,
  autoDeploy: true,
  variables: {},
  defaultRouteSettings: null,
  routeSettings: {},
  accessLog: null,
  place: api.place,
});
