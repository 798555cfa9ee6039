import type { Phase } from '../../phase.ts';
import { notFound } from '../answer.ts';
import type { HttpContext } from '../context.ts';

export const route: Phase<HttpContext> = {
  name: 'route',
  run(context) {
    const { request, routePath, stage } = context;
    const match = stage!.routes(request.method, routePath);
    if (!match) throw notFound(`No route for ${request.method} ${routePath} in stage ${stage!.model.name}`);
    context.route = match.route;
    context.pathParameters = match.pathParameters;
  },
};
