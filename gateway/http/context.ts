import type { Identity } from '../auth/identities.ts';
import type { ApiHost } from '../mapping/api-host.ts';
import type { RequestHeaders } from '../mapping/request-headers.ts';
import type { TraceId } from '../mapping/trace-id.ts';
import type { ApiRequest } from '../server/messages.ts';
import type { Services } from '../services.ts';
import type { CompiledHttpApi, CompiledHttpStage, CompiledRoute } from './compile.ts';
import type { PathParameters } from './route-table.ts';

/** What one request gathers on its way. A field that starts as null is set by the phase named beside it. */
export type HttpContext = {
  readonly api: CompiledHttpApi;
  readonly services: Services;
  readonly request: ApiRequest;
  readonly requestId: string;
  readonly receivedAt: number;
  /** Without the hop-by-hop ones. */
  readonly headers: RequestHeaders;
  readonly host: ApiHost;
  readonly trace: TraceId;
  /** Select stage. */
  stage: CompiledHttpStage | null;
  /** The path without a named stage, still encoded: what routes are matched against. Select stage. */
  routePath: string;
  /** Route. */
  route: CompiledRoute | null;
  /** Route. */
  pathParameters: PathParameters | null;
  /** Who signed the request. Authorize. */
  identity: Identity | null;
  /** Integration. */
  response: HttpResponse | null;
};

export type HttpResponse = {
  readonly status: number;
  /** Flat, with lower-case names, before the gateway's own headers. */
  headers: string[];
  readonly body: string | Buffer;
};
