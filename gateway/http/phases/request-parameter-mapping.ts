import type { Phase } from '../../phase.ts';
import type { HttpContext } from '../context.ts';

export const requestParameterMapping: Phase<HttpContext> = {
  name: 'request parameter mapping',
  run() {},
  thin: 'an integration with parameter mapping answers 501',
};
