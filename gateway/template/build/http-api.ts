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
import { jsonMap } from './json-property.ts';
import { quickCreate, quickStage } from './quick-create.ts';
import type { Source } from './source.ts';
import {
  byRouteKey,
  type Part,
  partsOf,
  readRouteAuthorization,
  refuseDuplicateRoutes,
  refuseMissingAuthorizers,
  refuseUnknownTargets,
  targetOf,
  v2Deployments,
} from './v2-parts.ts';
import { readV2Stages } from './v2-stage.ts';

/** What a deployment of an HTTP API snapshots: its `Body`, the parts that stand beside it, and a quick-create `Target`. */
export const buildHttpDefinition = (source: Source, api: Resource): HttpDefinition => {
  const reader = source.read(api);
  const apiId = source.ref(api);
  const given = jsonMap(reader, 'Body');
  const document =
    given &&
    readOpenApi(withImportVariables(given, source.target), reader.placeOf('Body'), api.logicalId, source.problems);
  const body = document
    ? httpDefinition(document, apiId, pathPrefix(document, reader, 'BasePath'), source.problems)
    : null;
  if (!reader.has('Body') && !reader.has('BodyS3Location')) reader.required('ProtocolType');
  const quick = quickCreate(source, api, apiId);
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
  const definitionBody = jsonMap(reader, 'Body') ?? {};
  const info = entry(definitionBody, 'info');
  const title = info !== undefined && isMap(info) && typeof info.title === 'string' ? info.title : null;
  const stages = readV2Stages(source, id, 'HTTP', deployments);
  // Quick create brings a $default stage along.
  const quick: readonly HttpStage[] =
    reader.has('Target') && !stages.some(({ name }) => name === '$default')
      ? [quickStage(source, api, deployments.ids.at(-1)!)]
      : [];
  return {
    kind: 'HTTP',
    logicalId: api.logicalId,
    id,
    name: reader.text('Name') ?? title ?? api.logicalId,
    disableExecuteApiEndpoint: reader.flag('DisableExecuteApiEndpoint') || disablesEndpoint(definitionBody),
    deployments: deployments.ids.map((deployment) => ({ id: deployment, definition })),
    stages: [...stages, ...quick],
    place: api.place,
  };
};

const readRoute = ({ resource, reader }: Part): HttpRoute => ({
  routeKey: reader.required('RouteKey'),
  operationName: reader.text('OperationName'),
  ...readRouteAuthorization(reader),
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
