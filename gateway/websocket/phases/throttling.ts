import type { Phase } from '../../phase.ts';

/** Account, stage and route limits, and new connections a second. */
export const throttling: Phase<unknown> = {
  name: 'Throttling',
  thin: 'no limit is enforced: neither those of account, stage and route, nor 500 new connections a second',
  run() {},
};
