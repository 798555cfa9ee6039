import { type ApiHosts, apiHosts } from '../mapping/api-host.ts';
import type { HttpApi, HttpDefinition, HttpRoute, HttpStage } from '../model/http-api.ts';
import { GavelError } from '../problem.ts';
import type { Services } from '../services.ts';
import { compileIntegration } from './compile-integration.ts';
import { type CompiledCors, compileCors } from './cors.ts';
import type { HttpIntegrationCall } from './integrations/integration-call.ts';
import { compileRouteTable, type RouteTable } from './route-table.ts';

/** An HTTP API with everything that can be prepared before the first request. */
export type CompiledHttpApi = {
  readonly model: HttpApi;
  readonly hosts: ApiHosts;
  /** Stages that a first segment names. */
  readonly namedStages: ReadonlyMap<string, CompiledHttpStage>;
  /** The stage at the root. */
  readonly defaultStage: CompiledHttpStage | null;
};

export type CompiledHttpStage = {
  readonly model: HttpStage;
  /** As events of format 2.0 show them: absent where there are none. */
  readonly eventVariables: Readonly<Record<string, string>> | undefined;
  readonly routes: RouteTable<CompiledRoute>;
  readonly cors: CompiledCors | null;
};

export type CompiledRoute = {
  readonly routeKey: string;
  /** The template, or `$default`. */
  readonly resourcePath: string;
  readonly model: HttpRoute;
  readonly call: HttpIntegrationCall;
};

export const compileHttpApi = (api: HttpApi, account: Services['account']): CompiledHttpApi => {
  const deployments = new Map(api.deployments.map((deployment) => [deployment.id, deployment.definition]));

  const compileStage = (stage: HttpStage): CompiledHttpStage => {
    const definition = deployments.get(stage.deploymentId);
    if (!definition) {
      throw new GavelError({
        what: `stage ${stage.name} of ${api.logicalId} points at deployment ${stage.deploymentId}, which does not exist`,
        place: stage.place,
        remedy: 'Point its DeploymentId at a deployment of this API, or turn AutoDeploy on.',
      });
    }
    const stageArn = `arn:${account.partition}:execute-api:${account.region}:${account.id}:${api.id}/${stage.name}`;
    return {
      model: stage,
      eventVariables: Object.keys(stage.variables).length > 0 ? stage.variables : undefined,
      routes: compileRouteTable(definition.routes.map((route) => compileRoute(route, definition, stage, stageArn))),
      cors: definition.cors && compileCors(definition.cors),
    };
  };

  const compileRoute = (
    route: HttpRoute,
    definition: HttpDefinition,
    stage: HttpStage,
    stageArn: string,
  ): CompiledRoute => {
    const [method, path] = route.routeKey.split(' ', 2);
    const integration = route.integrationId === null ? null : (definition.integrations[route.integrationId] ?? null);
    return {
      routeKey: route.routeKey,
      resourcePath: path ?? '$default',
      model: route,
      call: compileIntegration(integration, {
        variables: stage.variables,
        account,
        sourceArn: path === undefined ? `${stageArn}/$default` : `${stageArn}/${method}${path}`,
        isDefaultRoute: path === undefined,
      }),
    };
  };

  const stages = new Map(api.stages.map((stage) => [stage.name, compileStage(stage)]));
  const defaultStage = stages.get('$default') ?? null;
  stages.delete('$default');
  return { model: api, hosts: apiHosts(api.id, account), namedStages: stages, defaultStage };
};
