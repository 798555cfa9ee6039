import type { Socket } from 'node:net';
import { getHeapStatistics } from 'node:v8';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { type FrameType, frameType, type InvocationHead } from '../frames.ts';
import { answerOf } from './answers.ts';
import { callAwaited, callWithCallback, watchEmptyLoop } from './call-handler.ts';
import { handlerContext } from './context.ts';
import { errorPayload, RuntimeError } from './error-payload.ts';
import type { FrameSender } from './frame-sender.ts';
import type { Handler } from './load-handler.ts';
import type { LogOutput } from './log-output.ts';

export type EventRunner = {
  /** Runs the event when those before it are answered. */
  take(head: string, payload: string): void;
  /** Forgets the events that have not begun. */
  forgetWaiting(): void;
};

export const createEventRunner = (
  spec: EnvironmentSpec,
  handler: Handler,
  logs: LogOutput,
  sender: FrameSender,
  socket: Socket,
): EventRunner => {
  const memory = memoryGauge();
  const awaited = spec.runtimeMajor >= 24;
  if (!awaited) watchEmptyLoop(() => socket.ref());
  const answer = answerOf(spec, handler, awaited ? callAwaited : callWithCallback, sender.sendChunk);
  const waiting: { readonly head: string; readonly payload: string }[] = [];
  let running = false;

  const run = async (head: InvocationHead, payload: string): Promise<readonly [FrameType, string]> => {
    try {
      return [frameType.result, await answer(parseEvent(payload), handlerContext(spec, head), head.streams)];
    } catch (error) {
      logs.platformError('Invoke Error', error);
      return [frameType.failure, JSON.stringify(errorPayload(error))];
    }
  };

  const runAll = async (): Promise<void> => {
    running = true;
    // While an event is in hand the socket alone must not keep the environment alive: on Lambda a handler whose event
    // loop is empty has come to its end.
    socket.unref();
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const head = JSON.parse(next.head) as InvocationHead;
      const begunAt = performance.now();
      logs.requestId = head.requestId;
      process.env._X_AMZN_TRACE_ID = head.traceId;
      const [type, text] = await run(head, next.payload);
      logs.flush();
      const took = Math.round((performance.now() - begunAt) * 100) / 100;
      sender.sendTogether(type, `${took} ${memory()}`, text);
    }
    socket.ref();
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
