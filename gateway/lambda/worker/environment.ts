import { flushCompileCache } from 'node:module';
import { connect, type Socket } from 'node:net';
import type { ClockReading } from '../../clock.ts';
import type { AwsRoute, WorkerStart } from '../environments/environment-spec.ts';
import { encodeFrame, type FrameType, frameReader, frameType } from '../frames.ts';
import { leadAwsCalls, setRoutes } from './aws-calls.ts';
import { errorPayload } from './error-payload.ts';
import { createEventRunner, type EventRunner } from './event-runner.ts';
import { followClock, setClock } from './follow-clock.ts';
import { loadHandler } from './load-handler.ts';
import { captureLogs, type LogOutput } from './log-output.ts';
import { actAsProcess } from './process-shape.ts';
import { resolveLikeLambda } from './resolve-modules.ts';

/** The life of an environment: it connects to the gateway, is told to begin, loads its handler, then takes events. */
export const runEnvironment = (start: WorkerStart): void => {
  const { spec } = start;
  const socket = connect(start.socketPath);
  const { send, sendTogether } = frameSender(socket);
  let runner: EventRunner | null = null;

  const begin = async (welcome: { routes: readonly AwsRoute[]; clock: ClockReading | null }): Promise<void> => {
    // The order matters: what handlers import must find everything patched.
    if (welcome.clock) followClock(welcome.clock);
    leadAwsCalls(welcome.routes, spec.allowAws);
    resolveLikeLambda(spec);
    actAsProcess(spec);
    const logs = captureLogs(spec, (requestId, text) => send(frameType.log, requestId, text));
    endOnUncaught(socket, logs, () => runner);
    try {
      runner = createEventRunner(spec, await loadHandler(spec), logs, sendTogether, socket);
      send(frameType.ready, '', '');
      // Now and not at the end, which for an environment is being terminated: the next one finds all this compiled.
      flushCompileCache();
    } catch (error) {
      const failure = errorPayload(error);
      logs.platformError('Init Error', failure);
      send(frameType.initFailed, '', JSON.stringify(failure));
    }
  };

  const onFrame = (type: FrameType, head: string, body: string): void => {
    if (type === frameType.invoke) runner?.take(head, body);
    else if (type === frameType.welcome) void begin(JSON.parse(head));
    else if (type === frameType.routes) setRoutes(JSON.parse(head));
    else if (type === frameType.clock) setClock(JSON.parse(head));
    else if (type === frameType.recall) {
      runner?.forgetWaiting();
      send(frameType.recalled, '', '');
    }
  };

  socket.on('data', frameReader(onFrame));
  // Without the gateway there is nothing to live for.
  socket.on('error', () => process.exit(0));
  socket.on('close', () => process.exit(0));
  send(frameType.hello, JSON.stringify({ id: start.id, secret: start.secret }), '');
};

type Send = (type: FrameType, head: string, body: string) => void;

/**
 * Log lines leave at once, so that an endless loop or an exit after them takes none along. Answers wait for the end of
 * the turn: those of several swift events then leave in one write.
 */
const frameSender = (socket: Socket): { readonly send: Send; readonly sendTogether: Send } => {
  let together = false;
  const leave = (): void => {
    together = false;
    socket.uncork();
  };
  process.on('exit', () => {
    if (together) leave();
  });
  return {
    send(type, head, body) {
      if (together) leave();
      socket.write(encodeFrame(type, head, body));
    },
    sendTogether(type, head, body) {
      if (!together) {
        together = true;
        socket.cork();
        process.nextTick(() => {
          if (together) leave();
        });
      }
      socket.write(encodeFrame(type, head, body));
    },
  };
};

/** On Lambda an error that nobody catches answers the event in flight and ends the environment. */
const endOnUncaught = (socket: Socket, logs: LogOutput, runner: () => EventRunner | null): void => {
  const end = (error: unknown, status: number): void => {
    const failure = errorPayload(error);
    logs.platformError(status === 128 ? 'Unhandled Promise Rejection' : 'Uncaught Exception', failure);
    const type = runner() ? frameType.fatal : frameType.initFailed;
    socket.write(encodeFrame(type, '', JSON.stringify(failure)), () => process.exit(status));
  };
  process.on('uncaughtException', (error) => end(error, 129));
  process.on('unhandledRejection', (reason) => end(unhandledRejection(reason), 128));
};

const unhandledRejection = (reason: unknown): Error => {
  const error = new Error(reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason));
  error.name = 'Runtime.UnhandledPromiseRejection';
  if (reason instanceof Error) error.stack = `${error.name}: ${reason.stack ?? reason.message}`;
  return error;
};
