import type { HttpRoute, RouteSettings } from '../../model/http-api.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { isMap } from '../text/plain.ts';
import type { Source } from './source.ts';

/** What HTTP and WebSocket APIs share: parts that name their API by `ApiId`. */
export type Part = { readonly resource: Resource; readonly reader: Reader };

export const partsOf = (source: Source, type: string, apiId: string): readonly Part[] =>
  source
    .ofType(`AWS::ApiGatewayV2::${type}`)
    .map((resource) => ({ resource, reader: source.read(resource) }))
    .filter(({ reader }) => reader.text('ApiId') === apiId);

/** The integration that a route's `Target` names (`integrations/abc1234`). */
export const targetOf = (reader: Reader): string | null => {
  const target = reader.text('Target');
  return target === null ? null : target.replace(/^integrations\//, '');
};

export const refuseDuplicateRoutes = (
  routes: readonly { routeKey: string; place: Reader['place'] }[],
  source: Source,
): void => {
  const seen = new Set<string>();
  for (const { routeKey, place } of routes) {
    if (seen.has(routeKey))
      source.problems.add(`The route ${routeKey} stands twice in the API.`, place, 'Remove one of the two.');
    seen.add(routeKey);
  }
};

export const refuseUnknownTargets = (
  routes: readonly { routeKey: string; integrationId: string | null; place: Reader['place'] }[],
  integrations: readonly { id: string }[],
  source: Source,
): void => {
  for (const { routeKey, integrationId, place } of routes) {
    if (integrationId === null || integrations.some(({ id }) => id === integrationId)) continue;
    source.problems.add(
      `The Target of the route ${routeKey} is no integration of its API.`,
      place,
      'Write Target: !Sub integrations/${Name}, with the logical id of an integration that has the same ApiId.',
    );
  }
};

/** Routes of two types are guarded by an authorizer, and no others: one that is named beside them would never be asked. */
export const refuseMissingAuthorizers = (
  routes: readonly {
    routeKey: string;
    authorizationType: string;
    authorizerId: string | null;
    place: Reader['place'];
  }[],
  source: Source,
): void => {
  for (const { routeKey, authorizationType, authorizerId, place } of routes) {
    const isGuarded = /^(JWT|CUSTOM)$/.test(authorizationType);
    if (isGuarded === (authorizerId !== null)) continue;
    if (!isGuarded) {
      source.problems.add(
        `The route ${routeKey} names an authorizer, and its authorization type is ${authorizationType}.`,
        place,
        'Write AuthorizationType: JWT or CUSTOM, or leave the AuthorizerId out.',
      );
      continue;
    }
    source.problems.add(
      `The route ${routeKey} is of authorization type ${authorizationType} and names no authorizer.`,
      place,
      'Give it an AuthorizerId.',
    );
  }
};

/** Parts that hang on another part of their API by its id. */
export const refuseOrphans = (parts: readonly Part[], key: string, ids: readonly string[], source: Source): void => {
  for (const { resource, reader } of parts) {
    const id = reader.text(key);
    if (id === null) reader.required(key);
    else if (!ids.includes(id))
      source.problems.add(
        `The ${key} of ${resource.logicalId} names no such part of its API.`,
        reader.placeOf(key),
        'Let it name one by Ref, with the same ApiId.',
      );
  }
};

/** What order routes are written in means nothing, and must not make another deployment. */
export const byRouteKey = (a: { routeKey: string }, b: { routeKey: string }): number =>
  a.routeKey < b.routeKey ? -1 : 1;

/** How a route of an HTTP API is guarded. */
export const readRouteAuthorization = (
  reader: Reader,
): Pick<HttpRoute, 'authorizationType' | 'authorizerId' | 'authorizationScopes'> => ({
  authorizationType: reader.oneOf('AuthorizationType', ['NONE', 'JWT', 'CUSTOM', 'AWS_IAM']) ?? 'NONE',
  authorizerId: reader.text('AuthorizerId'),
  authorizationScopes: reader.texts('AuthorizationScopes'),
});

export const readRouteSettings = (reader: Reader): RouteSettings => ({
  throttlingRateLimit: reader.number('ThrottlingRateLimit'),
  throttlingBurstLimit: reader.number('ThrottlingBurstLimit'),
  detailedMetricsEnabled: reader.flag('DetailedMetricsEnabled'),
  loggingLevel: reader.oneOf('LoggingLevel', ['OFF', 'ERROR', 'INFO']) ?? 'OFF',
  dataTraceEnabled: reader.flag('DataTraceEnabled'),
});

export const routeSettingsByKey = (reader: Reader): Readonly<Record<string, RouteSettings>> => {
  const settings = reader.within('RouteSettings');
  return Object.fromEntries(Object.keys(settings.source).map((key) => [key, readRouteSettings(settings.within(key))]));
};

/** `{"route.request.querystring.x": {Required: true}}`, or a bare true. */
export const requiredFlags = (reader: Reader, key: string): Readonly<Record<string, boolean>> =>
  Object.fromEntries(
    Object.entries(reader.map(key)).map(([name, value]) => [
      name,
      value === true || (isMap(value) && String(value.Required) === 'true'),
    ]),
  );

export type V2Deployments = {
  readonly ids: readonly string[];
  /** Null for a stage without one, from which AWS serves nothing. */
  ofStage(part: Part): string | null;
};

/** The deployments that the template makes, and the one that an `AutoDeploy` stage keeps up by itself. */
export const v2Deployments = (source: Source, apiId: string, automatic: string): V2Deployments => {
  const deployments = partsOf(source, 'Deployment', apiId);
  const declared = deployments.map(({ resource }) => source.ref(resource));
  const stages = partsOf(source, 'Stage', apiId);
  const needsAutomatic = stages.some(({ reader }) => !reader.has('DeploymentId'));
  return {
    ids: needsAutomatic || declared.length === 0 ? [...declared, automatic] : declared,
    ofStage({ resource, reader }) {
      const given = reader.text('DeploymentId');
      if (given === null) {
        if (reader.flag('AutoDeploy')) return automatic;
        // A deployment may name the stage instead.
        const name = reader.text('StageName');
        const last = deployments.findLast((deployment) => deployment.reader.text('StageName') === name);
        return last ? source.ref(last.resource) : null;
      }
      if (!declared.includes(given)) {
        reader.refuse(
          'DeploymentId',
          `${resource.logicalId} points at the deployment ${given}, which this template does not make.`,
          'Point it at a deployment of the template; older snapshots are not here.',
        );
      }
      return given;
    },
  };
};
