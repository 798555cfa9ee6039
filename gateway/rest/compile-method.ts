import type { RestIntegration, RestMethod, RestResource } from '../model/rest-api.ts';
import type { Services } from '../services.ts';
import { httpProxy } from './integrations/http-proxy.ts';
import type { IntegrationType } from './integrations/integration-type.ts';
import { lambdaProxy } from './integrations/lambda-proxy.ts';
import { mock } from './integrations/mock.ts';
import { misconfigured, notServed } from './integrations/refused.ts';
import type { Routable } from './route-tree.ts';

/** A method of a resource, with its integration ready to run. */
export type CompiledMethod = Routable & {
  readonly resourceId: string;
  readonly model: RestMethod;
  readonly integration: IntegrationType;
};

/** What an integration is compiled for: a deployment's method under the variables of one stage. */
export type IntegrationScope = {
  readonly variables: Readonly<Record<string, string>>;
  readonly account: Services['account'];
  readonly stageArn: string;
  readonly resourcePath: string;
  /** The method as declared: a verb or ANY. */
  readonly method: RestMethod;
};

export const compileMethod = (
  resource: RestResource,
  method: RestMethod,
  stage: Pick<IntegrationScope, 'variables' | 'account' | 'stageArn'>,
): CompiledMethod => ({
  resourceId: resource.id,
  resourcePath: resource.path,
  httpMethod: method.httpMethod,
  model: method,
  integration: compileIntegration(method.integration, { ...stage, resourcePath: resource.path, method }),
});

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
      return notServed('integrations of type HTTP need mapping, which comes with a later version');
    case 'AWS':
      return notServed('integrations of type AWS need mapping, which comes with a later version');
  }
};
