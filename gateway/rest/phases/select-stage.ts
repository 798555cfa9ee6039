import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';
import { ForbiddenHere } from '../gateway-response.ts';
import { readRequestPath } from '../request-path.ts';

/** The first segment of the path is the stage; without one of that name the API does not exist for the client. */
export const selectStage: Phase<RestContext> = {
  name: 'select stage',
  run(context) {
    const path = readRequestPath(context.request.path);
    const stage = path && context.api.stages.get(path.stage);
    if (!stage) {
      const names = [...context.api.stages.keys()].map((name) => `/${name}`).join(', ');
      throw new ForbiddenHere(`No stage of this API begins the path: ${names || 'it has none'}`);
    }
    context.contextPath = path.contextPath;
    context.path = path.path;
    context.segments = path.segments;
    context.stage = stage;
  },
};
