import type { Phase } from '../../phase.ts';
import type { HttpContext } from '../context.ts';

export const responseParameterMapping: Phase<HttpContext> = {
  name: 'response parameter mapping',
  run() {},
  thin: 'an integration with parameter mapping answers 501',
};
