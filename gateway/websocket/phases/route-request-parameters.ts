import type { Phase } from '../../phase.ts';
import type { ConnectContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';

const source = /^route\.request\.(?:multivalue)?(querystring|header)\.(.+)$/;

/** What `$connect` declares as required must be there. The status of its absence is not documented; REST's is 400. */
export const routeRequestParameters: Phase<ConnectContext> = {
  name: 'Route request parameters',
  run({ route, query, headers }) {
    if (!route) return;
    const missing: string[] = [];
    for (const [parameter, required] of Object.entries(route.definition.requestParameters)) {
      const [, place, name] = source.exec(parameter) ?? [];
      if (!required || name === undefined) continue;
      const there = place === 'header' ? headers.has(name.toLowerCase()) : query.has(name);
      if (!there) missing.push(name);
    }
    if (missing.length === 0) return;
    const message = `Missing required request parameters: [${missing.join(', ')}]`;
    throw new GatewayError('BAD_REQUEST_PARAMETERS', message, { message });
  },
};
