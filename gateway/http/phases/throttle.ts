import type { Phase } from '../../phase.ts';
import type { HttpContext } from '../context.ts';

export const throttle: Phase<HttpContext> = {
  name: 'throttle',
  run() {},
  thin: 'route settings are not enforced: nothing is throttled',
};
