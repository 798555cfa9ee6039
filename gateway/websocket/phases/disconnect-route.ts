import type { Phase } from '../../phase.ts';
import type { DisconnectContext } from '../context.ts';

export const disconnectRoute: Phase<DisconnectContext> = {
  name: 'Route',
  run(context) {
    context.route = context.stage.routes.get('$disconnect') ?? null;
  },
};
