import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const integration: Phase<RestContext> = {
  name: 'integration',
  run: (context) => context.target!.integration.call(context),
  thin: 'AWS services other than Lambda, VPC links and response streaming answer 501',
};
