import type { Socket } from 'node:net';
import { getHeapStatistics } from 'node:v8';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { maximumResponseBytes } from '../environments/failures.ts';
import { type FrameType, frameType, type InvocationHead } from '../frames.ts';
import { type HandlerContext, handlerContext } from './context.ts';
import { errorPayload, RuntimeError } from './error-payload.ts';
import { type Handler, isStreaming } from './load-handler.ts';
import type { LogOutput } from './log-output.ts';
import { collectStream } from './response-stream.ts';

export type EventRunner = {
  /** Runs the event when those before it are answered. */
  take(head: string, payload: string): void;
  /** Forgets the events that have not begun. */
  forgetWaiting(): void;
};

/** Answers that follow one upon the other in the same turn leave together. */
type Send = (type: FrameType, head: string, body: string) => void;

export const createEventRunner = (
  spec: EnvironmentSpec,
  handler: Handler,
  logs: LogOutput,
  send: Send,
  socket: Socket,
): EventRunner => {
  const memory = memoryGauge();
  const streams = isStreaming(handler);
  const waiting: { readonly head: string; readonly payload: string }[] = [];
  let running = false;

  const call = (event: unknown, context: HandlerContext): unknown => {
    if (streams) return collectStream((stream) => handler(event, stream, context));
    if (spec.runtimeMajor >= 24) return handler(event, context);
    return withCallback(handler, event, context, socket);
  };

  const answer = async (context: HandlerContext, payload: string): Promise<readonly [FrameType, string]> => {
    try {
      const result = await call(parseEvent(payload), context);
      const text = streams ? String(result) : toJson(result);
      if (!isTooLarge(text)) return [frameType.result, text];
      throw responseTooLarge(Buffer.byteLength(text));
    } catch (error) {
      const failure = errorPayload(error);
      logs.platformError('Invoke Error', failure);
      return [frameType.failure, JSON.stringify(failure)];
    }
  };

  const runAll = async (): Promise<void> => {
    running = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const head = JSON.parse(next.head) as InvocationHead;
      const begunAt = performance.now();
      logs.requestId = head.requestId;
      process.env._X_AMZN_TRACE_ID = head.traceId;
      const [type, text] = await answer(handlerContext(spec, head), next.payload);
      logs.flush();
      const took = Math.round((performance.now() - begunAt) * 100) / 100;
      send(type, `${took} ${memory()}`, text);
    }
    running = false;
  };

  return {
    take(head, payload) {
      waiting.push({ head, payload });
      if (!running) void runAll();
    },
    forgetWaiting() {
      waiting.length = 0;
    },
  };
};

const parseEvent = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch (error) {
    throw new RuntimeError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
};

/** `undefined` is answered as null; what JSON cannot hold is an error of the handler. */
const toJson = (result: unknown): string => {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    throw new RuntimeError('Runtime.MarshalError', `Unable to stringify response body: ${(error as Error).message}`);
  }
};

const isTooLarge = (answer: string): boolean =>
  answer.length * 3 > maximumResponseBytes && Buffer.byteLength(answer) > maximumResponseBytes;

const responseTooLarge = (bytes: number): RuntimeError =>
  new RuntimeError(
    'Function.ResponseSizeTooLarge',
    `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${maximumResponseBytes} bytes).`,
  );

/**
 * Until nodejs22 a handler may answer by its callback, and what it returns counts only as a promise. One that does
 * neither is answered with null when its event loop is empty; the socket to the gateway does not count.
 */
const withCallback = (handler: Handler, event: unknown, context: HandlerContext, socket: Socket): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      process.off('beforeExit', onEmpty);
      socket.ref();
      act();
    };
    const onEmpty = (): void => settle(() => resolve(null));
    const callback = (error: unknown, result: unknown): void =>
      settle(() => (error === null || error === undefined ? resolve(result) : reject(error)));
    const returned = handler(event, context, callback);
    if (isThenable(returned)) {
      returned.then(resolve, reject);
      return;
    }
    process.once('beforeExit', onEmpty);
    socket.unref();
  });

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null)?.then === 'function';

/** MB in use, looked at now and then, as looking costs more than a fast handler. */
const memoryGauge = (): (() => number) => {
  const everyMs = 100;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let megabytes = 0;
  return () => {
    const now = performance.now();
    if (now - lookedAt < everyMs) return megabytes;
    lookedAt = now;
    const { total_physical_size, external_memory } = getHeapStatistics();
    megabytes = Math.ceil((total_physical_size + external_memory) / 1_048_576);
    return megabytes;
  };
};
