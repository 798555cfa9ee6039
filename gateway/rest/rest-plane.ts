import { shortId, uuid } from '../ids.ts';
import { AMPERSAND_OR_SEMICOLON, parseQueryString } from '../mapping/query-string.ts';
import { firstValue, parseHeaders } from '../mapping/request-headers.ts';
import { traceIdOf } from '../mapping/trace-id.ts';
import { formatPlace } from '../model/place.ts';
import type { RestApi } from '../model/rest-api.ts';
import { runPhases } from '../phase.ts';
import type { ApiRequest, ApiResponse, DataPlane } from '../server/messages.ts';
import type { Services } from '../services.ts';
import { type CompiledRestApi, compileRestApi } from './compile.ts';
import type { ReportMistake } from './compile-method.ts';
import type { RestContext } from './context.ts';
import { ForbiddenHere, NotServedLocally, RestError } from './gateway-response.ts';
import { noParameters } from './mapping/request-parameters.ts';
import { REST_PHASES } from './pipeline.ts';
import { renderGatewayResponse } from './render-gateway-response.ts';

/** A REST API's data plane. `random` decides the canary draws, between 0 and 1. */
export const createRestPlane = (api: RestApi, services: Services, random: () => number = Math.random): DataPlane => {
  const compiled = compileRestApi(api, services.account, mistakes(services));
  return {
    async handle(request) {
      const started = services.clock.monotonic();
      const context = openContext(compiled, services, request, random);
      let response: ApiResponse;
      let reason: string | null = null;
      try {
        await runPhases(REST_PHASES, context);
        response = context.response!;
      } catch (error) {
        const failure = asFailure(error);
        reason = failure.reason;
        response = renderGatewayResponse(failure, context);
      }
      observe(context, response.status, reason, services.clock.monotonic() - started);
      return response;
    },
  };
};

/** Says each mistake once, though stages and canaries compile the same definition. */
const mistakes = ({ observer, clock }: Services): ReportMistake => {
  const said = new Set<string>();
  return (what, place) => {
    const text = `${formatPlace(place)}: ${what}`;
    if (said.has(text)) return;
    said.add(text);
    observer.emit({ kind: 'notice', at: clock.now(), level: 'warning', text });
  };
};

/** What nothing behind the gateway ever sees of a request. */
const stripped = new Set(
  'connection content-length content-md5 expect max-forwards proxy-authenticate server te transfer-encoding trailer upgrade www-authenticate'.split(
    ' ',
  ),
);

const uuidText = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const openContext = (
  api: CompiledRestApi,
  services: Services,
  request: ApiRequest,
  random: () => number,
): RestContext => {
  const receivedAt = services.clock.now();
  const headers = parseHeaders(request.headers, stripped);
  // A client may name its request, but only by a UUID.
  const named = firstValue(headers, 'x-amzn-requestid');
  return {
    api,
    services,
    request,
    random,
    requestId: named !== undefined && uuidText.test(named) ? named : uuid(),
    extendedRequestId: shortId(),
    receivedAt,
    headers,
    host: api.hosts.of(firstValue(headers, 'host')),
    trace: traceIdOf(firstValue(headers, 'x-amzn-trace-id'), receivedAt),
    method: firstValue(headers, 'x-http-method-override')?.trim().toUpperCase() || request.method,
    query: parseQueryString(request.query, AMPERSAND_OR_SEMICOLON),
    body: request.body,
    contextPath: request.path,
    path: request.path,
    segments: [],
    stage: null,
    variant: null,
    target: null,
    pathParameters: null,
    identity: null,
    executing: false,
    payload: '',
    parameters: noParameters,
    templateContext: null,
    integrationResult: null,
    response: null,
  };
};

const asFailure = (error: unknown): RestError | ForbiddenHere | NotServedLocally => {
  if (error instanceof RestError || error instanceof ForbiddenHere || error instanceof NotServedLocally) return error;
  // A fault of the gateway itself looks to the client like one of AWS; the log has its text.
  return new RestError('DEFAULT_5XX', { reason: `Fault of the local gateway: ${String(error)}` });
};

const observe = (context: RestContext, status: number, reason: string | null, latencyMs: number): void =>
  context.services.observer.emit({
    kind: 'request',
    at: context.receivedAt,
    api: context.api.model.logicalId,
    stage: context.stage?.model.name ?? '',
    method: context.method,
    path: context.request.path,
    route: context.target?.resourcePath ?? null,
    status,
    latencyMs,
    requestId: context.requestId,
    reason,
  });
