import { type ChildProcess, spawn } from 'node:child_process';

export type ServerProcess = {
  readonly pid: number;
  /** The line that said that it is ready. */
  readonly line: string;
  /** From the start of the process until that line. */
  readonly readyMs: number;
  stop(): Promise<void>;
};

const deadlineMs = 60_000;

/** Starts a Node program and waits until a line that it writes matches. */
export const startServer = (
  args: readonly string[],
  isReady: RegExp,
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ServerProcess> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    });
    let output = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${args.join(' ')}: ${why}\n${output}`));
    };
    const timer = setTimeout(() => fail(`not ready within ${deadlineMs} ms`), deadlineMs);
    const onEnd = (code: number | null): void => fail(`ended with ${code}`);
    const look = (chunk: Buffer): void => {
      output += chunk;
      const line = output.split('\n').find((each) => isReady.test(each));
      if (line === undefined) return;
      clearTimeout(timer);
      child.off('exit', onEnd);
      for (const stream of [child.stdout, child.stderr]) stream.off('data', look).resume();
      resolve({ pid: child.pid!, line, readyMs: performance.now() - began, stop: () => stop(child) });
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('exit', onEnd);
  });

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
