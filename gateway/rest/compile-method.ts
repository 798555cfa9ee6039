import type { Place } from '../model/place.ts';
import type { RestDefinition, RestIntegration, RestMethod, RestResource } from '../model/rest-api.ts';
import type { Services } from '../services.ts';
import { http } from './integrations/http.ts';
import { httpProxy } from './integrations/http-proxy.ts';
import type { IntegrationType } from './integrations/integration-type.ts';
import { callsLambda, lambda } from './integrations/lambda.ts';
import { lambdaProxy } from './integrations/lambda-proxy.ts';
import { mock } from './integrations/mock.ts';
import { misconfigured, notServed } from './integrations/refused.ts';
import type { Routable } from './route-tree.ts';
import type { CompiledModels } from './validation/request-body.ts';
import { compileRequestValidation, type RequestValidation } from './validation/request-validation.ts';

/** A method of a resource, with its integration ready to run. */
export type CompiledMethod = Routable & {
  readonly resourceId: string;
  readonly model: RestMethod;
  readonly validate: RequestValidation | null;
  readonly integration: IntegrationType;
};

/** What a method is checked against. */
export type ValidationScope = {
  readonly requestValidators: RestDefinition['requestValidators'];
  readonly models: CompiledModels;
};

/** Tells of a mistake that AWS lets pass at deployment, and that fails the requests. */
export type ReportMistake = (what: string, place: Place) => void;

/** What an integration is compiled for: a deployment's method under the variables of one stage. */
export type IntegrationScope = {
  readonly variables: Readonly<Record<string, string>>;
  readonly account: Services['account'];
  readonly stageArn: string;
  readonly report: ReportMistake;
  readonly resourcePath: string;
  /** The method as declared: a verb or ANY. */
  readonly method: RestMethod;
};

export const compileMethod = (
  resource: RestResource,
  method: RestMethod,
  stage: Pick<IntegrationScope, 'variables' | 'account' | 'stageArn' | 'report'>,
  { requestValidators, models }: ValidationScope,
): CompiledMethod => {
  const report: ReportMistake = (what, place) => stage.report(`${method.httpMethod} ${resource.path}: ${what}`, place);
  return {
    resourceId: resource.id,
    resourcePath: resource.path,
    httpMethod: method.httpMethod,
    model: method,
    validate: compileRequestValidation(method, requestValidators, models, report),
    integration: compileIntegration(method.integration, { ...stage, report, resourcePath: resource.path, method }),
  };
};

const compileIntegration = (integration: RestIntegration | null, scope: IntegrationScope): IntegrationType => {
  if (!integration) return misconfigured('No integration defined for method');
  if (integration.connectionType === 'VPC_LINK') return notServed('VPC links come with a later version');
  if (integration.responseTransferMode === 'STREAM') return notServed('response streaming comes with a later version');
  switch (integration.type) {
    case 'AWS_PROXY':
      return lambdaProxy(integration, scope);
    case 'MOCK':
      return mock(integration, scope);
    case 'HTTP_PROXY':
      return httpProxy(integration, scope);
    case 'HTTP':
      return http(integration, scope);
    case 'AWS':
      return callsLambda(integration.uri, scope.variables)
        ? lambda(integration, scope)
        : notServed('integrations with AWS services other than Lambda come with a later version');
  }
};
