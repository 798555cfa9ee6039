import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const cache: Phase<RestContext> = {
  name: 'cache',
  run() {},
  thin: 'nothing is cached: every request reaches its integration',
};
