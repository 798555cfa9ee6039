import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

/** From here on API Gateway speaks of "Starting execution", and its error bodies look different. */
export const validateRequest: Phase<RestContext> = {
  name: 'validate request',
  run(context) {
    context.executing = true;
    context.target!.validate?.(context);
  },
};
