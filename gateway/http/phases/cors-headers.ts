import type { Phase } from '../../phase.ts';
import type { HttpContext } from '../context.ts';
import { withCorsHeaders } from '../cors.ts';

export const corsHeaders: Phase<HttpContext> = {
  name: 'CORS headers',
  run({ stage, headers, response }) {
    if (stage!.cors) response!.headers = withCorsHeaders(stage!.cors, headers, response!.headers);
  },
};
