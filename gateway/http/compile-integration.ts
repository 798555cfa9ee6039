import type { HttpIntegration } from '../model/http-api.ts';
import type { Services } from '../services.ts';
import { internalServerError, notServedLocally } from './answer.ts';
import { httpProxy } from './integrations/http-proxy.ts';
import type { HttpIntegrationCall } from './integrations/integration-call.ts';
import { lambdaProxy } from './integrations/lambda-proxy.ts';

/** What an integration is compiled for: a route under the variables of one stage. */
export type IntegrationScope = {
  readonly variables: Readonly<Record<string, string>>;
  readonly account: Services['account'];
  readonly sourceArn: string;
  readonly isDefaultRoute: boolean;
};

const refuse =
  (reason: string): HttpIntegrationCall =>
  () => {
    throw notServedLocally(reason);
  };

export const compileIntegration = (
  integration: HttpIntegration | null,
  scope: IntegrationScope,
): HttpIntegrationCall => {
  if (!integration) {
    return () => {
      throw internalServerError('The route has no integration');
    };
  }
  if (integration.subtype !== null) return refuse(`the integration ${integration.subtype} comes with a later version`);
  if (integration.connectionType === 'VPC_LINK') return refuse('VPC links come with a later version');
  // A mapping can overwrite what a backend trusts: without it, nothing is served.
  if (Object.keys(integration.requestParameters).length > 0 || Object.keys(integration.responseParameters).length > 0) {
    return refuse('parameter mapping comes with a later version');
  }
  return integration.type === 'HTTP_PROXY' ? httpProxy(integration, scope) : lambdaProxy(integration, scope);
};
