import type {
  WebSocketApi,
  WebSocketAuthorizer,
  WebSocketDefinition,
  WebSocketIntegration,
  WebSocketIntegrationResponse,
  WebSocketRoute,
} from '../../model/websocket-api.ts';
import type { Resource } from '../resource.ts';
import { entry } from '../text/plain.ts';
import { deploymentId } from './deployment-ids.ts';
import { jsonMap } from './json-property.ts';
import type { Source } from './source.ts';
import {
  byRouteKey,
  type Part,
  partsOf,
  refuseDuplicateRoutes,
  refuseMissingAuthorizers,
  refuseOrphans,
  refuseUnknownTargets,
  requiredFlags,
  targetOf,
  v2Deployments,
} from './v2-parts.ts';
import { readV2Stages } from './v2-stage.ts';

export const buildWebSocketDefinition = (source: Source, api: Resource): WebSocketDefinition => {
  const reader = source.read(api);
  const apiId = source.ref(api);
  const routes = partsOf(source, 'Route', apiId).map((part) => readRoute(source, apiId, part, isMadeBySam(api)));
  refuseDuplicateRoutes(routes, source);
  refuseMissingAuthorizers(routes, source);
  routes.sort(byRouteKey);
  for (const route of routes) {
    if (route.routeKey.startsWith('$') && !['$connect', '$disconnect', '$default'].includes(route.routeKey)) {
      source.problems.add(
        `The route key ${route.routeKey} starts with $.`,
        route.place,
        'Only $connect, $disconnect and $default may.',
      );
    }
  }
  const integrations = partsOf(source, 'Integration', apiId).map((part) => readIntegration(source, apiId, part));
  refuseUnknownTargets(routes, integrations, source);
  const idsOf = (type: string): readonly string[] =>
    partsOf(source, type, apiId).map(({ resource }) => source.ref(resource));
  refuseOrphans(partsOf(source, 'IntegrationResponse', apiId), 'IntegrationId', idsOf('Integration'), source);
  refuseOrphans(partsOf(source, 'RouteResponse', apiId), 'RouteId', idsOf('Route'), source);
  const authorizers = partsOf(source, 'Authorizer', apiId).map(
    ({ resource, reader: authorizer }): WebSocketAuthorizer => ({
      id: source.ref(resource),
      name: authorizer.text('Name') ?? resource.logicalId,
      authorizerUri: authorizer.required('AuthorizerUri'),
      authorizerCredentials: authorizer.text('AuthorizerCredentialsArn'),
      identitySource: authorizer.texts('IdentitySource'),
      place: resource.place,
    }),
  );
  const models = partsOf(source, 'Model', apiId).map(({ resource, reader: model }) => {
    const name = model.text('Name') ?? resource.logicalId;
    return {
      name,
      contentType: model.text('ContentType') ?? 'application/json',
      schema: jsonMap(model, 'Schema') ?? {},
      isImported: false,
    };
  });
  return {
    routeSelectionExpression: reader.required('RouteSelectionExpression'),
    apiKeySelectionExpression: reader.text('ApiKeySelectionExpression') ?? '$request.header.x-api-key',
    routes,
    integrations: Object.fromEntries(integrations.map((integration) => [integration.id, integration])),
    authorizers: Object.fromEntries(authorizers.map((authorizer) => [authorizer.id, authorizer])),
    models: Object.fromEntries(models.map((model) => [model.name, model])),
  };
};

export const buildWebSocketApi = (source: Source, api: Resource, definition: WebSocketDefinition): WebSocketApi => {
  const reader = source.read(api);
  const id = source.ref(api);
  const deployments = v2Deployments(source, id, deploymentId(id, -1, definition));
  return {
    kind: 'WEBSOCKET',
    logicalId: api.logicalId,
    id,
    name: reader.text('Name') ?? api.logicalId,
    disableExecuteApiEndpoint: reader.flag('DisableExecuteApiEndpoint'),
    deployments: deployments.ids.map((deployment) => ({ id: deployment, definition })),
    stages: readV2Stages(source, id, 'WEBSOCKET', deployments),
    place: api.place,
  };
};

/**
 * SAM sets a route's response expression and makes no RouteResponse. Whether AWS then answers is not known; here it does,
 * since the template's author asked for it.
 */
const isMadeBySam = (api: Resource): boolean => {
  const tags = entry(api.properties, 'Tags');
  return typeof tags === 'object' && tags !== null && 'websocketapi:createdBy' in tags;
};

const readRoute = (source: Source, apiId: string, { resource, reader }: Part, madeBySam: boolean): WebSocketRoute => {
  const id = source.ref(resource);
  const expression = reader.text('RouteResponseSelectionExpression');
  const hasResponse = partsOf(source, 'RouteResponse', apiId).some(
    ({ reader: response }) => response.text('RouteId') === id && response.text('RouteResponseKey') === '$default',
  );
  return {
    routeKey: reader.required('RouteKey'),
    operationName: reader.text('OperationName'),
    authorizationType: reader.oneOf('AuthorizationType', ['NONE', 'AWS_IAM', 'CUSTOM']) ?? 'NONE',
    authorizerId: reader.text('AuthorizerId'),
    apiKeyRequired: reader.flag('ApiKeyRequired'),
    integrationId: targetOf(reader),
    modelSelectionExpression: reader.text('ModelSelectionExpression'),
    requestModels: reader.textMap('RequestModels'),
    requestParameters: requiredFlags(reader, 'RequestParameters'),
    routeResponseSelectionExpression: expression,
    hasRouteResponse: hasResponse || (madeBySam && expression !== null),
    place: resource.place,
  };
};

const readIntegration = (source: Source, apiId: string, { resource, reader }: Part): WebSocketIntegration => {
  const id = source.ref(resource);
  reader.required('IntegrationType');
  const type = reader.oneOf('IntegrationType', ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK']) ?? 'AWS_PROXY';
  if (type !== 'MOCK' && !reader.has('IntegrationUri')) {
    source.problems.add(
      `${resource.logicalId} has no IntegrationUri.`,
      resource.place,
      `An integration of type ${type} needs one.`,
    );
  }
  return {
    id,
    type,
    method: (reader.text('IntegrationMethod') ?? 'POST').toUpperCase(),
    uri: reader.text('IntegrationUri'),
    credentials: reader.text('CredentialsArn'),
    connectionType: reader.oneOf('ConnectionType', ['INTERNET', 'VPC_LINK']) ?? 'INTERNET',
    connectionId: reader.text('ConnectionId'),
    templateSelectionExpression: reader.text('TemplateSelectionExpression'),
    requestTemplates: reader.textMap('RequestTemplates'),
    requestParameters: reader.textMap('RequestParameters'),
    passthroughBehavior:
      reader.oneOf('PassthroughBehavior', ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']) ?? 'WHEN_NO_MATCH',
    contentHandlingStrategy: reader.oneOf('ContentHandlingStrategy', ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']),
    timeoutInMillis: reader.number('TimeoutInMillis') ?? 29_000,
    responses: partsOf(source, 'IntegrationResponse', apiId)
      .filter(({ reader: response }) => response.text('IntegrationId') === id)
      .map(
        ({ reader: response }): WebSocketIntegrationResponse => ({
          integrationResponseKey: response.required('IntegrationResponseKey'),
          templateSelectionExpression: response.text('TemplateSelectionExpression'),
          responseTemplates: response.textMap('ResponseTemplates'),
          responseParameters: response.textMap('ResponseParameters'),
          contentHandlingStrategy: response.oneOf('ContentHandlingStrategy', ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']),
        }),
      ),
    place: resource.place,
  };
};
