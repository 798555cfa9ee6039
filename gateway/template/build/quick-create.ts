import { derivedId } from '../../derived-ids.ts';
import type { HttpIntegration, HttpRoute, HttpStage } from '../../model/http-api.ts';
import { payloadFormat } from '../openapi/http-integration.ts';
import { createReader, type Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { readAccessLog } from './rest-stage.ts';
import type { Source } from './source.ts';
import { partsOf, readRouteAuthorization, readRouteSettings, routeSettingsByKey, targetOf } from './v2-parts.ts';

/** The route and the integration that an API's `Target` makes, as its overrides have them; null without a `Target`. */
export const quickCreate = (
  source: Source,
  api: Resource,
  apiId: string,
): { readonly route: HttpRoute; readonly integration: HttpIntegration } | null => {
  const reader = source.read(api);
  if (!reader.has('Target')) {
    for (const { resource, reader: overrides } of partsOf(source, 'ApiGatewayManagedOverrides', apiId)) {
      const what = `${resource.logicalId} overrides what quick create makes, and ${api.logicalId} has no Target.`;
      overrides.refuse('ApiId', what, 'Write routes, integrations and stages as the resources that they are.');
    }
    return null;
  }
  const target = reader.required('Target');
  const isUrl = /^https?:/.test(target);
  const id = derivedId(7, 'integration', apiId, 'quick-create');
  const route = overridesOf(source, api, 'Route');
  const integration = overridesOf(source, api, 'Integration');
  return {
    route: {
      routeKey: reader.text('RouteKey') ?? '$default',
      operationName: route.text('OperationName'),
      ...readRouteAuthorization(route),
      integrationId: targetOf(route) ?? id,
      place: route.place,
    },
    integration: {
      id,
      type: isUrl ? 'HTTP_PROXY' : 'AWS_PROXY',
      subtype: null,
      method: integration.text('IntegrationMethod')?.toUpperCase() ?? (isUrl ? 'ANY' : 'POST'),
      uri: target,
      payloadFormatVersion: integration.has('PayloadFormatVersion')
        ? payloadFormat(integration, 'PayloadFormatVersion')
        : isUrl
          ? '1.0'
          : '2.0',
      credentials: reader.text('CredentialsArn'),
      connectionType: 'INTERNET',
      connectionId: null,
      requestParameters: {},
      responseParameters: {},
      timeoutInMillis: integration.number('TimeoutInMillis') ?? 30_000,
      serverNameToVerify: null,
      place: integration.place,
    },
  };
};

export const quickStage = (source: Source, api: Resource, deployment: string): HttpStage => {
  const stage = overridesOf(source, api, 'Stage');
  return {
    name: '$default',
    logicalId: api.logicalId,
    deploymentId: deployment,
    autoDeploy: stage.has('AutoDeploy') ? stage.flag('AutoDeploy') : true,
    variables: stage.textMap('StageVariables'),
    defaultRouteSettings: stage.has('DefaultRouteSettings')
      ? readRouteSettings(stage.within('DefaultRouteSettings'))
      : null,
    routeSettings: routeSettingsByKey(stage),
    accessLog: readAccessLog(stage, 'AccessLogSettings'),
    place: stage.place,
  };
};

/** `AWS::ApiGatewayV2::ApiGatewayManagedOverrides` changes what quick create has made. */
const overridesOf = (source: Source, api: Resource, part: 'Route' | 'Integration' | 'Stage'): Reader => {
  const overrides = partsOf(source, 'ApiGatewayManagedOverrides', source.ref(api)).find(({ reader }) =>
    reader.has(part),
  );
  return overrides?.reader.within(part) ?? createReader({}, api.place, api.logicalId, source.problems);
};
