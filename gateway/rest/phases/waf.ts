import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const waf: Phase<RestContext> = {
  name: 'WAF',
  run() {},
  thin: 'web ACLs are not evaluated: nothing is filtered',
};
