import type { Phase } from '../../phase.ts';
import type { ConnectContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';

const key = /^[+/0-9A-Za-z]{22}==$/;
const offers = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:[ \t]*,[ \t]*[!#$%&'*+\-.^_`|~0-9A-Za-z]+)*$/;

/** RFC 6455, 4.2.1: everything that the 101 needs is there, so that no integration runs for a handshake that cannot end well. */
export const handshakeRequest: Phase<ConnectContext> = {
  name: 'Handshake request',
  run({ request, incoming }) {
    const { headers } = incoming;
    const refuse = (reason: string): never => {
      throw new GatewayError('BAD_HANDSHAKE', reason);
    };
    if (request.method !== 'GET') refuse('a WebSocket handshake is a GET request');
    if (headers.upgrade?.toLowerCase() !== 'websocket') refuse('the Upgrade header does not name websocket');
    if (!key.test(headers['sec-websocket-key'] ?? '')) refuse('Sec-WebSocket-Key is missing or not 16 bytes in base64');
    if (headers['sec-websocket-version'] !== '13') refuse('Sec-WebSocket-Version must be 13');
    const protocols = headers['sec-websocket-protocol'];
    if (protocols === undefined) return;
    const names = protocols.split(',').map((name) => name.trim());
    if (!offers.test(protocols) || new Set(names).size < names.length) {
      refuse('Sec-WebSocket-Protocol is not a list of different names');
    }
  },
};
