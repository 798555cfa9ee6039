import { type ApiHosts, apiHosts } from '../mapping/api-host.ts';
import { compileBinaryMediaTypes, type MediaTypeMatcher } from '../mapping/media-type.ts';
import type { RestApi, RestDefinition, RestStage } from '../model/rest-api.ts';
import { GavelError } from '../problem.ts';
import type { Services } from '../services.ts';
import { type CompiledMethod, compileMethod, type ReportMistake } from './compile-method.ts';
import { maxUrlLength } from './limits.ts';
import { compileRouteTree, type RouteTree } from './route-tree.ts';
import { compileModels } from './validation/request-body.ts';

/** A REST API with everything that can be prepared before the first request. */
export type CompiledRestApi = {
  readonly model: RestApi;
  readonly hosts: ApiHosts;
  readonly maxUrlLength: number;
  readonly stages: ReadonlyMap<string, CompiledStage>;
};

export type CompiledStage = {
  readonly model: RestStage;
  readonly stable: StageVariant;
  readonly canary: { readonly percent: number; readonly variant: StageVariant } | null;
};

/** One deployment with one set of stage variables: what a request of a stage is served by. */
export type StageVariant = {
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  /** As proxy events show them. */
  readonly eventVariables: Readonly<Record<string, string>> | null;
  /** Null on a stage without a canary, where `$context.isCanaryRequest` is absent. */
  readonly isCanaryRequest: boolean | null;
  readonly definition: RestDefinition;
  readonly routes: RouteTree<CompiledMethod>;
  readonly isBinary: MediaTypeMatcher;
  /** `arn:…:{api}/{stage}`; a verb and a path follow. */
  readonly stageArn: string;
};

export const compileRestApi = (api: RestApi, account: Services['account'], report: ReportMistake): CompiledRestApi => {
  const deployments = new Map(api.deployments.map((deployment) => [deployment.id, deployment.definition]));
  const definitionOf = (stage: RestStage, deploymentId: string): RestDefinition => {
    const definition = deployments.get(deploymentId);
    if (definition) return definition;
    throw new GavelError({
      what: `stage ${stage.name} of ${api.logicalId} points at deployment ${deploymentId}, which does not exist`,
      place: stage.place,
      remedy: 'Point its DeploymentId at a deployment of this API.',
    });
  };

  const compileVariant = (
    stage: RestStage,
    deploymentId: string,
    variables: Readonly<Record<string, string>>,
    isCanaryRequest: boolean | null,
  ): StageVariant => {
    const definition = definitionOf(stage, deploymentId);
    const stageArn = `arn:${account.partition}:execute-api:${account.region}:${account.id}:${api.id}/${stage.name}`;
    const { requestValidators } = definition;
    const models = compileModels(definition.models);
    const methods = definition.resources.flatMap((resource) =>
      resource.methods.map((method) =>
        compileMethod(resource, method, { variables, account, stageArn, report }, { requestValidators, models }),
      ),
    );
    return {
      deploymentId,
      variables,
      eventVariables: Object.keys(variables).length > 0 ? variables : null,
      isCanaryRequest,
      definition,
      routes: compileRouteTree(methods),
      isBinary: compileBinaryMediaTypes(definition.binaryMediaTypes),
      stageArn,
    };
  };

  const compileStage = (stage: RestStage): CompiledStage => {
    const { canary } = stage;
    return {
      model: stage,
      stable: compileVariant(stage, stage.deploymentId, stage.variables, canary ? false : null),
      canary: canary && {
        percent: canary.percentTraffic,
        variant: compileVariant(
          stage,
          canary.deploymentId,
          { ...stage.variables, ...canary.stageVariableOverrides },
          true,
        ),
      },
    };
  };

  return {
    model: api,
    hosts: apiHosts(api.id, account),
    maxUrlLength: maxUrlLength(api.endpointTypes),
    stages: new Map(api.stages.map((stage) => [stage.name, compileStage(stage)])),
  };
};
