import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

export const authorize: Phase<RestContext> = {
  name: 'authorize',
  run() {},
  thin: "a signer's own IAM policies are not evaluated: the local identity may do everything",
};
