import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { GavelError } from '../../problem.ts';
import { findEngineBinary } from './engine-binary.ts';

/** The engine's process. Its time is the system's: a stopped clock must not keep a database from starting. */
export type Engine = { readonly endpoint: string; stop(): Promise<void> };

export type EngineOptions = {
  /** null: in memory. */
  readonly file: string | null;
  notice(level: 'warning' | 'error', text: string): void;
  /** It died and answers again, at the same address. */
  restarted(): void;
};

const readyWithin = 5_000;
const endsWithin = 1_000;
const restarts = { most: 3, within: 60_000 };

export const startEngine = async (options: EngineOptions): Promise<Engine> => {
  const binary = findEngineBinary();
  let { child, port } = await launchOnFreePort(binary, options.file);
  let stopping = false;
  let relaunching: Promise<void> | null = null;
  const deaths: number[] = [];

  const watch = (): void => {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      const now = performance.now();
      deaths.push(now);
      const lately = deaths.filter((at) => now - at < restarts.within).length;
      if (lately > restarts.most) {
        options.notice('error', `the embedded DynamoDB has ended ${lately} times within a minute and stays down`);
        return;
      }
      options.notice('warning', `the embedded DynamoDB ended (${signal ?? `exit code ${code}`}); it starts again`);
      relaunching = launch(binary, options.file, port).then(
        (next) => {
          child = next;
          watch();
          if (!stopping) options.restarted();
        },
        (error: Error) => options.notice('error', `the embedded DynamoDB does not start again: ${error.message}`),
      );
    });
  };
  watch();

  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      stopping = true;
      await relaunching;
      await end(child);
    },
  };
};

class PortTaken extends Error {}

const launchOnFreePort = async (binary: string, file: string | null) => {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      return { child: await launch(binary, file, port), port };
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === 5) throw error;
    }
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/**
 * A gateway that is killed cannot end its engine. So the shell that becomes the engine leaves a watcher behind, which
 * reads a pipe from the gateway: a line means that all is well, the pipe's end that the gateway is gone. Windows
 * ends the children of a Node process by itself.
 */
const guard = 'exec 3<&0; { read -r line <&3 || kill -KILL $$; } >/dev/null 2>&1 & exec "$@" </dev/null 3<&-';

const launch = async (binary: string, file: string | null, port: number): Promise<ChildProcess> => {
  const args = ['serve', '--host', '127.0.0.1', '--port', String(port), ...(file ? ['--db-path', file] : [])];
  const child =
    process.platform === 'win32'
      ? spawn(binary, args, { stdio: ['pipe', 'ignore', 'pipe'], windowsHide: true })
      : // A session of its own: Ctrl+C in a terminal must not end the database before the gateway has let go of it.
        spawn('/bin/sh', ['-c', guard, 'sh', binary, ...args], { stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  child.unref();
  for (const stream of [child.stdin, child.stderr]) {
    stream?.on('error', () => {});
    if (stream && 'unref' in stream && typeof stream.unref === 'function') stream.unref();
  }
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  let gone: string | null = null;
  child.once('error', (error) => {
    gone = error.message;
  });
  child.once('exit', (code, signal) => {
    gone ??= `${signal ?? `exit code ${code}`}`;
  });

  const deadline = performance.now() + readyWithin;
  while (!(said.includes('listening on') && (await answers(port)))) {
    if (gone && said.includes('already in use')) throw new PortTaken(said);
    if (gone || performance.now() > deadline) {
      if (!gone) await end(child);
      throw new GavelError({
        what: `the embedded DynamoDB did not start: ${said.trim() || gone || `no answer within ${readyWithin} ms`}`,
        place: null,
        remedy: file ? `Its data lies in ${file}; --reset starts anew` : '',
      });
    }
    await delay(3);
  }
  return child;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.ref();
  child.stdin?.end('stopped\n');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), endsWithin);
  await exited;
  clearTimeout(late);
};
