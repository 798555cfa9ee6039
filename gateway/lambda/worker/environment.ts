import { flushCompileCache, syncBuiltinESMExports } from 'node:module';
import { connect, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import type { ClockReading } from '../../clock.ts';
import type { AwsRoute, WorkerStart } from '../environments/environment-spec.ts';
import { encodeFrame, type FrameType, frameReader, frameType } from '../frames.ts';
import { leadAwsCalls, setRoutes } from './aws-calls.ts';
import { errorPayload, RuntimeError } from './error-payload.ts';
import { createEventRunner, type EventRunner } from './event-runner.ts';
import { followClock, setClock } from './follow-clock.ts';
import { type FrameSender, frameSender } from './frame-sender.ts';
import { loadHandler } from './load-handler.ts';
import { captureLogs, type LogOutput } from './log-output.ts';
import { ignoreTypeAround } from './module-type.ts';
import { leadThreads } from './nested-threads.ts';
import { openInspector } from './open-inspector.ts';
import { type ChildReport, leadChildren } from './own-children.ts';
import { leadFiles } from './own-files.ts';
import { actAsProcess } from './process-shape.ts';
import { resolveLikeLambda } from './resolve-modules.ts';

/** The life of an environment: it connects to the gateway, is told to begin, loads its handler, then takes events. */
export const runEnvironment = (start: WorkerStart): void => {
  const { spec } = start;
  const socket = connect(start.socketPath);
  const sender = frameSender(socket);
  const { send } = sender;
  let runner: EventRunner | null = null;

  const begin = async (welcome: { routes: readonly AwsRoute[]; clock: ClockReading | null }): Promise<void> => {
    // The order matters: what handlers import must find everything patched.
    if (welcome.clock) followClock(welcome.clock);
    leadAwsCalls(welcome.routes, spec.allowAws);
    resolveLikeLambda(spec, start.scratch);
    ignoreTypeAround(spec);
    actAsProcess(spec);
    leadChildren(leadFiles(spec, start.scratch), tellHost);
    leadThreads({ spec, scratch: start.scratch, ...welcome });
    const logs = captureLogs(spec, logSender(socket, send));
    syncBuiltinESMExports();
    endOnUncaught(socket, logs, () => runner);
    // Code that waits for what never comes has ended when its event loop is empty.
    socket.unref();
    try {
      runner = createEventRunner(spec, await loadHandler(spec), logs, sender, socket);
      socket.ref();
      send(frameType.ready, '', '');
      // Now and not at the end, which for an environment is being terminated: the next one finds all this compiled.
      flushCompileCache();
    } catch (error) {
      socket.ref();
      logs.platformError('Init Error', error);
      send(frameType.initFailed, '', JSON.stringify(errorPayload(error)));
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
  const inspectorPort = spec.inspect ? openInspector() : null;
  send(frameType.hello, JSON.stringify({ id: start.id, secret: start.secret, inspectorPort }), '');
};

/** Taken now: to handlers it will be shown as null. */
const hostPort = parentPort;

const tellHost = (report: ChildReport): void => hostPort?.postMessage(report);

/** What may wait to be written: a handler that logs without end and never yields must not fill the memory with it. */
const mostWaitingBytes = 32 * 1024 * 1024;

const logSender = (socket: Socket, send: FrameSender['send']): ((requestId: string, text: string) => void) => {
  let dropping = false;
  return (requestId, text) => {
    const full = socket.writableLength > mostWaitingBytes;
    if (full && dropping) return;
    dropping = full;
    send(frameType.log, requestId, full ? 'Log events were dropped here: more were written than could be read.' : text);
  };
};

/** On Lambda an error that nobody catches answers the event in flight and ends the environment. */
const endOnUncaught = (socket: Socket, logs: LogOutput, runner: () => EventRunner | null): void => {
  const end = (what: string, error: unknown, status: number): void => {
    logs.platformError(what, error);
    const payload = JSON.stringify(errorPayload(error));
    // In the init phase the gateway ends it, or tries once more.
    if (!runner()) socket.ref().write(encodeFrame(frameType.initFailed, '', payload));
    else socket.write(encodeFrame(frameType.fatal, '', payload), () => process.exit(status));
  };
  process.on('uncaughtException', (error) => end('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason) => end('Unhandled Promise Rejection', unhandledRejection(reason), 128));
};

const unhandledRejection = (reason: unknown): Error => {
  const name = 'Runtime.UnhandledPromiseRejection';
  const error = new RuntimeError(name, asText(reason), reason);
  return Object.assign(error, { reason });
};

const asText = (reason: unknown): string => {
  try {
    return String(reason);
  } catch {
    return typeof reason;
  }
};
