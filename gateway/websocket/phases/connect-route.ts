import type { Phase } from '../../phase.ts';
import type { ConnectContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';

/** The path is the stage's name and nothing else. An unknown stage is forbidden, not missing. */
export const connectStage: Phase<ConnectContext> = {
  name: 'Stage',
  run(context) {
    const { path } = context.request;
    const name = path.slice(1, path.length > 1 && path.endsWith('/') ? -1 : undefined);
    context.stage = context.api.stages.get(name) ?? null;
    if (!context.stage) throw new GatewayError('FORBIDDEN', `there is no stage at ${path}`);
  },
};

/** Without a `$connect` route the handshake succeeds by itself. */
export const connectRoute: Phase<ConnectContext> = {
  name: 'Route',
  run(context) {
    context.route = context.stage!.routes.get('$connect') ?? null;
  },
};
