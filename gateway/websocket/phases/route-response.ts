import type { Phase } from '../../phase.ts';
import type { MessageContext } from '../context.ts';
import { maxMessageBytes } from '../frame-watch.ts';
import { GatewayError } from '../gateway-error.ts';

/**
 * One-way is the rule. A two-way route sends the integration's output whole; its status and headers have no place.
 * No message is larger than the quota, in this direction either; what AWS says instead is not documented.
 */
export const routeResponse: Phase<MessageContext> = {
  name: 'Route response',
  run({ route, answer, connection }) {
    if (!route!.twoWay || answer!.body === null) return;
    if (Buffer.byteLength(answer!.body) > maxMessageBytes) {
      throw new GatewayError('INTERNAL_ERROR', `the integration's answer is larger than ${maxMessageBytes} bytes`);
    }
    connection.send(answer!.body);
  },
};
