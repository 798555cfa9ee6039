import type { Identity } from '../auth/identities.ts';
import type { ApiHost } from '../mapping/api-host.ts';
import type { QueryParameters } from '../mapping/query-string.ts';
import type { RequestHeaders } from '../mapping/request-headers.ts';
import type { TemplateContext } from '../mapping/template-context.ts';
import type { TraceId } from '../mapping/trace-id.ts';
import type { ApiRequest } from '../server/messages.ts';
import type { Services } from '../services.ts';
import type { CompiledRestApi, CompiledStage, StageVariant } from './compile.ts';
import type { CompiledMethod } from './compile-method.ts';
import type { RequestParameters } from './mapping/request-parameters.ts';
import type { PathParameters } from './route-tree.ts';

/** What one request gathers on its way. A field that starts as null is set by the phase named beside it. */
export type RestContext = {
  readonly api: CompiledRestApi;
  readonly services: Services;
  readonly request: ApiRequest;
  /** Decides the canary draw: a number from 0 up to 1. */
  readonly random: () => number;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly receivedAt: number;
  /** Without the headers that nothing behind the gateway sees. */
  readonly headers: RequestHeaders;
  readonly host: ApiHost;
  readonly trace: TraceId;
  /** The verb that the gateway sees; `X-HTTP-Method-Override` changes it. */
  readonly method: string;
  readonly query: QueryParameters;
  /** The request's, without its content coding. Parse request. */
  body: Buffer;
  /** `$context.path`, with the stage. Select stage. */
  contextPath: string;
  /** Without the stage. Select stage. */
  path: string;
  /** Select stage. */
  segments: readonly string[];
  /** Select stage. */
  stage: CompiledStage | null;
  /** The deployment and variables that serve this request: the stage's own or its canary's. Select canary. */
  variant: StageVariant | null;
  /** Route. */
  target: CompiledMethod | null;
  /** Route. */
  pathParameters: PathParameters | null;
  /** Who signed the request. Authenticate. */
  identity: Identity | null;
  /** True from "Starting execution" on: error bodies then have a space after the colon. Validate request. */
  executing: boolean;
  /** What the integration is sent. Integration request. */
  payload: string | Buffer;
  /** What goes beside it: headers, query and path. Integration request. */
  parameters: RequestParameters;
  /** `$context` of the mapping templates, with what they override; null until one of them asks for it. */
  templateContext: TemplateContext | null;
  /** What came back. Integration. */
  integrationResult: IntegrationResult | null;
  /** What the client will get. Integration response. */
  response: MethodResponse | null;
};

export type IntegrationResult = {
  readonly status: number;
  /** Flat: name, value, name, value … */
  readonly headers: readonly string[];
  readonly body: string | Buffer;
};

export type MethodResponse = {
  readonly status: number;
  /** Flat, before the gateway's own headers. */
  readonly headers: string[];
  readonly body: string | Buffer;
};
