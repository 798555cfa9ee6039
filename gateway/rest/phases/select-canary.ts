import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

/** A draw for each request, without memory; the canary brings its own deployment and variables. */
export const selectCanary: Phase<RestContext> = {
  name: 'select canary',
  run(context) {
    const { stable, canary } = context.stage!;
    context.variant = canary && context.random() * 100 < canary.percent ? canary.variant : stable;
  },
};
