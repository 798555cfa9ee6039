import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import { createIdentityStore, type LocalIdentityStore } from '#gateway/auth/identity-store.ts';
import type { EventAcceptance, InvocationRequest, InvocationResult } from '#gateway/lambda/invocation.ts';
import { createObserver, type Observation } from '#gateway/observe/observer.ts';
import { apiRequest } from '#gateway/server/messages.ts';
import { createWebSocketPlane, type WebSocketPlane } from '#gateway/websocket/websocket-plane.ts';
import { type LiveApi, liveApi } from './live-api.ts';

/** What functions are called with, as far as tests look into it. */
export type Event = {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly requestId: string;
    readonly disconnectStatusCode?: number;
    readonly disconnectReason?: string;
  };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};
/** What a function answers to an event: a proxy result, or the whole outcome of an invocation. */
export type FakeFunction = (event: Event) => unknown | Promise<unknown>;

export type ServedPlane = {
  readonly plane: WebSocketPlane;
  readonly clock: AdjustableClock;
  readonly identities: LocalIdentityStore;
  readonly port: number;
  /** `ws://127.0.0.1:…` */
  readonly origin: string;
  readonly observations: Observation[];
  /** What reached functions, in order. */
  readonly invocations: { readonly name: string; readonly event: Event; readonly request: InvocationRequest }[];
  eventsOf(name: string): Event[];
};

/** An outcome of Lambda other than a function's own answer. */
export class Outcome {
  readonly result: InvocationResult;
  constructor(result: InvocationResult) {
    this.result = result;
  }
}

export const failed = (errorMessage: string): Outcome =>
  new Outcome(answered(JSON.stringify({ errorMessage, errorType: 'Error' }), 'Unhandled'));

const answered = (payload: string, functionError: 'Unhandled' | null): InvocationResult => ({
  kind: 'answered',
  payload,
  functionError,
  executedVersion: '$LATEST',
  requestId: 'r',
  initMs: null,
  durationMs: 1,
});

export const start = Date.parse('2026-11-20T22:00:00Z');

/** A WebSocket plane behind a real server, with functions that are plain callbacks and a clock that stands still. */
export const servePlane = async (
  api: LiveApi,
  functions: Readonly<Record<string, FakeFunction>> = {},
): Promise<ServedPlane> => {
  const clock = adjustableClock(start, 0);
  const observer = createObserver();
  const observations: Observation[] = [];
  observer.subscribe((observation) => observations.push(observation));
  const identities = createIdentityStore({ accountId: '123456789012', partition: 'aws' });
  const invocations: { name: string; event: Event; request: InvocationRequest }[] = [];
  const invoke = async (request: InvocationRequest): Promise<InvocationResult> => {
    const { name } = request.function;
    const event: Event = JSON.parse(request.payload);
    invocations.push({ name, event, request });
    const fake = functions[name] ?? (() => ({ statusCode: 200 }));
    const result = await fake(event);
    return result instanceof Outcome ? result.result : answered(JSON.stringify(result ?? null), null);
  };
  const account = { id: '123456789012', region: 'us-east-1', partition: 'aws' };
  const events = {
    accept: async (): Promise<EventAcceptance> => ({
      kind: 'unsupported',
      reason: 'no WebSocket route calls this way',
    }),
  };
  const services = { clock, observer, identities, account, events, lambda: { invoke } };
  const plane = createWebSocketPlane(liveApi(api), services);

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const answer = await plane.handle(
      apiRequest(incoming.method!, incoming.url!, incoming.rawHeaders, Buffer.concat(chunks), '127.0.0.1'),
    );
    outgoing.writeHead(answer.status, answer.headers as string[]).end(answer.body as string);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const request = apiRequest('GET', incoming.url!, incoming.rawHeaders, Buffer.alloc(0), '127.0.0.1');
    plane.upgrade(request, incoming, socket, head);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(async () => {
    await plane.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  return {
    plane,
    clock,
    identities,
    port,
    origin: `ws://127.0.0.1:${port}`,
    observations,
    invocations,
    eventsOf: (name) => invocations.filter((invocation) => invocation.name === name).map(({ event }) => event),
  };
};

/** Waits for a condition that other callbacks bring about. */
export const until = async (condition: () => boolean, what = 'the condition'): Promise<void> => {
  const deadline = performance.now() + 5000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited too long for ${what}`);
    await new Promise((done) => setTimeout(done, 1));
  }
};
