import type { Phase } from '../../phase.ts';
import { notFound } from '../answer.ts';
import type { HttpContext } from '../context.ts';

/** A first segment that names a stage selects it and is left out of routing; all else belongs to `$default`. */
export const selectStage: Phase<HttpContext> = {
  name: 'select stage',
  run(context) {
    const { path } = context.request;
    const slash = path.indexOf('/', 1);
    const named = context.api.namedStages.get(slash < 0 ? path.slice(1) : path.slice(1, slash));
    context.stage = named ?? context.api.defaultStage;
    if (!context.stage) throw notFound('No stage of this API begins the path, and there is no $default stage');
    context.routePath = named ? (slash < 0 ? '/' : path.slice(slash)) : path;
  },
};
