import type { Phase } from '../phase.ts';
import type { RestContext } from './context.ts';
import { authenticate } from './phases/authenticate.ts';
import { authorize } from './phases/authorize.ts';
import { cache } from './phases/cache.ts';
import { integration } from './phases/integration.ts';
import { integrationRequest } from './phases/integration-request.ts';
import { integrationResponse } from './phases/integration-response.ts';
import { methodResponse } from './phases/method-response.ts';
import { parseRequest } from './phases/parse-request.ts';
import { resourcePolicy } from './phases/resource-policy.ts';
import { route } from './phases/route.ts';
import { selectCanary } from './phases/select-canary.ts';
import { selectStage } from './phases/select-stage.ts';
import { usagePlan } from './phases/usage-plan.ts';
import { validateRequest } from './phases/validate-request.ts';
import { waf } from './phases/waf.ts';

/** A REST request from the edge to its answer. The first phase that throws ends it with a gateway response. */
export const REST_PHASES: readonly Phase<RestContext>[] = [
  parseRequest,
  selectStage,
  selectCanary,
  route,
  waf,
  resourcePolicy,
  authenticate,
  authorize,
  usagePlan,
  validateRequest,
  cache,
  integrationRequest,
  integration,
  integrationResponse,
  methodResponse,
];
