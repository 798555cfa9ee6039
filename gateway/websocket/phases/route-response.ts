import type { Phase } from '../../phase.ts';
import type { MessageContext } from '../context.ts';

/** One-way is the rule. A two-way route sends the integration's output whole; its status and headers have no place. */
export const routeResponse: Phase<MessageContext> = {
  name: 'Route response',
  run({ route, answer, connection }) {
    if (route!.twoWay && answer!.body !== null) connection.send(answer!.body);
  },
};
