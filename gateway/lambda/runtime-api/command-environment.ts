import { mkdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import type { AwsRoute, WorkerStart } from '../environments/environment-spec.ts';
import type { ExitReason } from '../environments/failures.ts';
import { encodeChunk, encodeFrame, type FrameType, frameReader, frameType } from '../frames.ts';
import { CommandProcess } from './command-process.ts';
import { startRuntimeApi } from './runtime-api.ts';
import { RuntimeEvents } from './runtime-events.ts';
import { endpointVariables, machineVariables } from './runtime-variables.ts';

export type CommandEnvironment = {
  /** Ends the process and all that it started. */
  terminate(): void;
};

export type CommandListener = {
  started(pid: number): void;
  /** It has ended; what it said before is on its way. */
  exited(reason: ExitReason): void;
};

/**
 * An environment whose runtime is a command: to the gateway it is what a worker thread is, a socket with frames; to the
 * command it is Lambda's Runtime API.
 */
export const startCommandEnvironment = (start: WorkerStart, listener: CommandListener): CommandEnvironment => {
  const { spec } = start;
  const socket = connect(start.socketPath);
  const send = (type: FrameType, head: string, body: string): boolean => socket.write(encodeFrame(type, head, body));
  let child: CommandProcess | null = null;
  let isReady = false;
  let terminated = false;
  let over = false;
  let awaitsVerdict = false;
  let held: ExitReason | null = null;
  let closeApi = (): void => {};

  const log = (text: string): void => void send(frameType.log, events.current?.head.requestId ?? '', text);
  const events = new RuntimeEvents((type, durationMs, body) => {
    send(type, `${durationMs} ${child?.megabytes ?? 0}`, body);
  });
  const exited = (reason: ExitReason): void => {
    closeApi();
    held = reason;
    // A runtime that reports an error of its init phase ends itself; what follows is the gateway's to say.
    if (over || (awaitsVerdict && !terminated)) return;
    over = true;
    socket.end();
    listener.exited(reason);
  };

  const begin = async (routes: readonly AwsRoute[]): Promise<void> => {
    const { server, port } = await startRuntimeApi({
      events,
      sink: (contentType, bytes) => sent(socket, encodeChunk(contentType, bytes)),
      initialized() {
        if (isReady || awaitsVerdict) return;
        isReady = true;
        send(frameType.ready, '', '');
      },
      initFailed(error) {
        if (isReady || awaitsVerdict) return;
        awaitsVerdict = true;
        send(frameType.initFailed, '', error);
      },
      refused: log,
    });
    closeApi = () => {
      server.close();
      server.closeAllConnections();
    };
    const address = `127.0.0.1:${port}`;
    const { variables, code } = spec;
    mkdirSync(start.scratch, { recursive: true });
    if (terminated) return closeApi();
    child = new CommandProcess({
      words: spec.command ?? [],
      folder: code.taskRoot,
      memorySize: spec.memorySize,
      variables: {
        ...machineVariables(),
        TMPDIR: start.scratch,
        ...endpointVariables(routes, variables.AWS_REGION ?? '', spec.allowAws ? null : `http://${address}`),
        ...variables,
        AWS_LAMBDA_RUNTIME_API: address,
      },
      line: log,
      exited,
    });
    if (child.pid !== null) listener.started(child.pid);
  };

  const beginOrEnd = (routes: readonly AwsRoute[]): void => {
    begin(routes).catch((error: Error) => {
      log(`The environment cannot begin: ${error.message}`);
      exited({ kind: 'status', status: 1 });
    });
  };

  socket.on(
    'data',
    frameReader((type, head, body) => {
      if (type === frameType.invoke) events.push(head, body);
      else if (type === frameType.welcome) beginOrEnd((JSON.parse(head) as { routes: readonly AwsRoute[] }).routes);
      else if (type === frameType.recall) {
        events.forgetWaiting();
        send(frameType.recalled, '', '');
      }
    }),
  );
  const terminate = (): void => {
    terminated = true;
    child?.kill();
    if (held || !child) exited(held ?? { kind: 'signal', signal: 'SIGKILL' });
  };
  // Without the gateway there is nothing to live for.
  socket.on('error', terminate);
  socket.on('close', terminate);
  send(frameType.hello, JSON.stringify({ id: start.id, secret: start.secret }), '');
  return { terminate };
};

const sent = (socket: Socket, frame: Buffer): Promise<void> =>
  new Promise((done) => {
    if (socket.write(frame)) done();
    else socket.once('drain', done);
  });
