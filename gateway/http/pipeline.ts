import type { Phase } from '../phase.ts';
import type { HttpContext } from './context.ts';
import { authorize } from './phases/authorize.ts';
import { corsHeaders } from './phases/cors-headers.ts';
import { corsPreflight } from './phases/cors-preflight.ts';
import { integration } from './phases/integration.ts';
import { parseRequest } from './phases/parse-request.ts';
import { requestParameterMapping } from './phases/request-parameter-mapping.ts';
import { responseParameterMapping } from './phases/response-parameter-mapping.ts';
import { route } from './phases/route.ts';
import { selectStage } from './phases/select-stage.ts';
import { throttle } from './phases/throttle.ts';

/** A request of an HTTP API from the edge to its answer. The first phase that throws an answer ends it. */
export const HTTP_PHASES: readonly Phase<HttpContext>[] = [
  parseRequest,
  selectStage,
  corsPreflight,
  route,
  throttle,
  authorize,
  requestParameterMapping,
  integration,
  responseParameterMapping,
  corsHeaders,
];
