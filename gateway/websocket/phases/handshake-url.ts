import type { Phase } from '../../phase.ts';
import type { ConnectContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';

/** In characters. AWS publishes the quota but not what it answers past it; this is what REST APIs answer. */
const maxUrlLength = 4096;

/** The quota on a URL's length, and the default endpoint where it is turned off. */
export const handshakeUrl: Phase<ConnectContext> = {
  name: 'Handshake URL',
  run({ api, host, request }) {
    if (api.defaultEndpointDisabled && host.header === api.hosts.defaultEndpoint) {
      throw new GatewayError('FORBIDDEN', 'the default endpoint of this API is disabled (DisableExecuteApiEndpoint)');
    }
    const mark = request.query === '' ? 0 : 1;
    if (request.path.length + mark + request.query.length > maxUrlLength) {
      throw new GatewayError('URI_TOO_LONG', `the URL is longer than ${maxUrlLength} characters`);
    }
  },
};
