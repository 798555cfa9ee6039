import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const integrationResponse: Phase<RestContext> = {
  name: 'integration response',
  run: (context) => context.target!.integration.response(context),
  thin: 'an integration whose response template is Velocity answers 501; contentHandling is not applied',
};
