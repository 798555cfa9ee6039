import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const integrationRequest: Phase<RestContext> = {
  name: 'integration request',
  run: (context) => context.target!.integration.request(context),
};
