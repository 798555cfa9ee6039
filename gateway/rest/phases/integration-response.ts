import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const integrationResponse: Phase<RestContext> = {
  name: 'integration response',
  run: (context) => context.target!.integration.response(context),
};
