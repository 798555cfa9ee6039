import { isHeaderName } from '../../mapping/request-headers.ts';
import type { Phase } from '../../phase.ts';
import type { ConnectContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';

/**
 * The gateway chooses no subprotocol itself: the 101 names the one that the integration returned, offered or not.
 * A status that is no 2xx is the handshake's answer; `handshakeStatus` reads it.
 */
export const connectResponse: Phase<ConnectContext> = {
  name: 'Integration response',
  run(context) {
    for (const [name, value] of Object.entries(context.answer?.headers ?? {})) {
      if (name.toLowerCase() !== 'sec-websocket-protocol') continue;
      // A subprotocol is a token, as header names are; anything else could write headers of its own.
      if (typeof value !== 'string' || !isHeaderName(value)) {
        throw new GatewayError(
          'INTEGRATION_FAILURE',
          'the integration returned a Sec-WebSocket-Protocol that is no token',
        );
      }
      context.subprotocol = value;
    }
  },
};
