import { shortId } from '../ids.ts';
import { firstValue, parseHeaders } from '../mapping/request-headers.ts';
import { traceIdOf } from '../mapping/trace-id.ts';
import type { HttpApi } from '../model/http-api.ts';
import { runPhases } from '../phase.ts';
import type { ApiRequest, ApiResponse, DataPlane } from '../server/messages.ts';
import type { Services } from '../services.ts';
import { HttpAnswer, internalServerError } from './answer.ts';
import { type CompiledHttpApi, compileHttpApi } from './compile.ts';
import type { HttpContext } from './context.ts';
import { withCorsHeaders } from './cors.ts';
import { HTTP_PHASES } from './pipeline.ts';

/** An HTTP API's data plane. */
export const createHttpPlane = (api: HttpApi, services: Services): DataPlane => {
  const compiled = compileHttpApi(api, services.account);
  return {
    async handle(request) {
      const started = services.clock.monotonic();
      const context = openContext(compiled, services, request);
      let response: ApiResponse & { readonly headers: string[] };
      let reason: string | null = null;
      try {
        await runPhases(HTTP_PHASES, context);
        response = context.response!;
      } catch (error) {
        const answer = asAnswer(error);
        reason = answer.reason;
        response = { status: answer.status, headers: answerHeaders(answer, context), body: answer.body };
      }
      response.headers.push('apigw-requestid', context.requestId);
      observe(context, response.status, reason, services.clock.monotonic() - started);
      return response;
    },
  };
};

const hopByHop = new Set(
  'connection expect http2-settings keep-alive proxy-authenticate proxy-connection te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
);

const openContext = (api: CompiledHttpApi, services: Services, request: ApiRequest): HttpContext => {
  const receivedAt = services.clock.now();
  const headers = parseHeaders(request.headers, hopByHop);
  return {
    api,
    services,
    request,
    requestId: shortId(),
    receivedAt,
    headers,
    host: api.hosts.of(firstValue(headers, 'host')),
    trace: traceIdOf(firstValue(headers, 'x-amzn-trace-id'), receivedAt),
    stage: null,
    routePath: request.path,
    route: null,
    pathParameters: null,
    identity: null,
    response: null,
  };
};

const asAnswer = (error: unknown): HttpAnswer =>
  // A fault of the gateway itself looks to the client like one of AWS; the log has its text.
  error instanceof HttpAnswer ? error : internalServerError(`Fault of the local gateway: ${String(error)}`);

/** Choice: failures carry CORS headers too, or a browser could not read them. A preflight's answer has its own. */
const answerHeaders = (answer: HttpAnswer, context: HttpContext): string[] => {
  const cors = context.stage?.cors;
  return cors && answer.reason !== null ? withCorsHeaders(cors, context.headers, answer.headers) : [...answer.headers];
};

const observe = (context: HttpContext, status: number, reason: string | null, latencyMs: number): void =>
  context.services.observer.emit({
    kind: 'request',
    at: context.receivedAt,
    api: context.api.model.logicalId,
    stage: context.stage?.model.name ?? '',
    method: context.request.method,
    path: context.request.path,
    route: context.route?.routeKey ?? null,
    status,
    latencyMs,
    requestId: context.requestId,
    reason,
  });
