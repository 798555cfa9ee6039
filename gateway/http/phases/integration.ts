import type { Phase } from '../../phase.ts';
import type { HttpContext } from '../context.ts';

export const integration: Phase<HttpContext> = {
  name: 'integration',
  run: (context) => context.route!.call(context),
  thin: 'Lambda and HTTP proxies run; first-class integrations with AWS services and VPC links answer 501',
};
