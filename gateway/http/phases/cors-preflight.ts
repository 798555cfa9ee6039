import type { Phase } from '../../phase.ts';
import { HttpAnswer } from '../answer.ts';
import type { HttpContext } from '../context.ts';
import { preflight } from '../cors.ts';

/** Choice: a preflight is answered here even where a route has the method OPTIONS. */
export const corsPreflight: Phase<HttpContext> = {
  name: 'CORS preflight',
  run({ stage, request, headers }) {
    const answer = stage!.cors && preflight(stage!.cors, request.method, headers);
    if (answer) throw new HttpAnswer(204, answer, '', null);
  },
};
