import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import { createIdentityStore } from '#gateway/auth/identity-store.ts';
import type { InvocationRequest, InvocationResult } from '#gateway/lambda/invocation.ts';
import { createObserver, type Observation } from '#gateway/observe/observer.ts';
import type { ApiRequest, ApiResponse } from '#gateway/server/messages.ts';
import type { Services } from '#gateway/services.ts';

type Answer = (request: InvocationRequest) => InvocationResult | Promise<InvocationResult>;

export type FakeServices = Services & {
  readonly clock: AdjustableClock;
  readonly invocations: InvocationRequest[];
  /** What was invoked as an event. */
  readonly accepted: InvocationRequest[];
  readonly observations: Observation[];
  /** What the next functions answer. */
  answer: Answer;
  /** The event of the last invocation. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events member by member.
  lastEvent(): any;
};

export const startOfTest = Date.UTC(2026, 2, 4, 19, 15, 17, 135);

/** What a function returned, as Lambda hands it on. */
export const answered = (result: unknown): InvocationResult => payloadOf(JSON.stringify(result) ?? 'null');

export const payloadOf = (payload: string): InvocationResult => ({
  kind: 'answered',
  payload,
  functionError: null,
  executedVersion: '$LATEST',
  requestId: '5c0b1ad8-0000-4000-8000-000000000000',
  initMs: null,
  durationMs: 1,
});

/** A gateway's services with a clock that stands still and functions that answer what a test says. */
export const fakeServices = (answer: Answer = () => answered({ statusCode: 200, body: 'ok' })): FakeServices => {
  const observer = createObserver();
  const observations: Observation[] = [];
  observer.subscribe((observation) => observations.push(observation));
  const invocations: InvocationRequest[] = [];
  const accepted: InvocationRequest[] = [];
  const services: FakeServices = {
    clock: adjustableClock(startOfTest, 0),
    identities: createIdentityStore({ accountId: '123456789012', partition: 'aws' }),
    observer,
    account: { id: '123456789012', region: 'us-east-1', partition: 'aws' },
    lambda: {
      async invoke(request) {
        invocations.push(request);
        return services.answer(request);
      },
    },
    events: {
      async accept(request) {
        accepted.push(request);
        return { kind: 'accepted', requestId: '5c0b1ad8-0000-4000-8000-000000000001' };
      },
    },
    invocations,
    accepted,
    observations,
    answer,
    lastEvent: () => JSON.parse(invocations.at(-1)!.payload),
  };
  return services;
};

type Message = {
  readonly method?: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
};

export const apiRequest = ({ method = 'GET', url, headers = [], body = '' }: Message): ApiRequest => {
  const mark = url.indexOf('?');
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: ['Host', '127.0.0.1:4501', ...headers],
    body: Buffer.from(body),
    sourceIp: '1.2.3.4',
  };
};

export const headersOf = (response: ApiResponse): Headers => {
  const headers = new Headers();
  for (let i = 0; i < response.headers.length; i += 2) headers.append(response.headers[i]!, response.headers[i + 1]!);
  return headers;
};

export const textOf = (response: ApiResponse): string => {
  if (typeof response.body === 'string') return response.body;
  if (Buffer.isBuffer(response.body)) return response.body.toString('utf8');
  throw new Error('a stream has no text yet');
};
