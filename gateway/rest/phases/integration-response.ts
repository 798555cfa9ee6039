import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const integrationResponse: Phase<RestContext> = {
  name: 'integration response',
  run: (context) => context.target!.integration.response(context),
  thin: 'response templates with Velocity do not run; an integration that needs them answers 501',
};
