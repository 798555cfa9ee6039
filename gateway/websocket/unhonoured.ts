import { formatPlace } from '../model/place.ts';
import type { WebSocketDefinition, WebSocketIntegration } from '../model/websocket-api.ts';

/** What integrations ask for and this gateway passes over, a sentence each; those that nobody uses ask for nothing. */
export const unhonoured = ({ routes, integrations }: WebSocketDefinition): readonly string[] => {
  const used = new Set(routes.map((route) => route.integrationId));
  return Object.values(integrations)
    .filter(({ id }) => used.has(id))
    .flatMap((integration) =>
      properties(integration).map((text) => `${formatPlace(integration.place)}: the integration's ${text}`),
    );
};

const properties = (integration: WebSocketIntegration): string[] => {
  const found: string[] = [];
  const add = (
    of: string,
    kind: 'request' | 'response',
    parameters: Readonly<Record<string, string>>,
    handling: string | null,
  ): void => {
    const names = Object.keys(parameters);
    if (names.length > 0) found.push(`${kind} parameters${of} are ignored: ${names.join(', ')}`);
    if (handling !== null) found.push(`${kind} content handling strategy${of} is ignored: ${handling}`);
  };
  add('', 'request', integration.requestParameters, integration.contentHandlingStrategy);
  for (const response of integration.responses) {
    const of = ` for ${response.integrationResponseKey}`;
    add(of, 'response', response.responseParameters, response.contentHandlingStrategy);
  }
  return found;
};
