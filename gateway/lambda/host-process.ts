import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExitReason } from './environments/failures.ts';
import type { HostCommand, HostReport } from './host-messages.ts';

const hostFile = fileURLToPath(new URL(`./host${extname(import.meta.url)}`, import.meta.url));

export type HostListener = {
  environmentExited(id: number, reason: ExitReason): void;
  hostExited(index: number, end: HostEnd): void;
};

export type HostEnd = {
  readonly reason: ExitReason;
  /** The environments that went with it. */
  readonly lost: readonly number[];
  /** The end of what the process wrote. */
  readonly lastWords: string;
};

/** A function host, seen from the gateway. The process starts when it is first needed and again after it has died. */
export class HostProcess {
  readonly index: number;
  readonly environments = new Set<number>();
  #child: ChildProcess | null = null;
  #stopping = false;
  readonly #compileCache: string;
  readonly #listener: HostListener;

  constructor(index: number, compileCache: string, listener: HostListener) {
    this.index = index;
    this.#compileCache = compileCache;
    this.#listener = listener;
  }

  start(): void {
    if (this.#child || this.#stopping) return;
    const child = fork(hostFile, [], {
      execArgv: [],
      env: hostEnvironment(this.#compileCache),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
    });
    this.#child = child;
    let lastWords = '';
    const listen = (chunk: Buffer): void => {
      lastWords = (lastWords + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('message', (report: HostReport) => {
      this.environments.delete(report.id);
      this.#listener.environmentExited(report.id, report.reason);
    });
    let ended = false;
    const end = (reason: ExitReason): void => {
      if (ended) return;
      ended = true;
      if (this.#child === child) this.#child = null;
      const lost = [...this.environments];
      this.environments.clear();
      if (!this.#stopping) this.#listener.hostExited(this.index, { reason, lost, lastWords });
    };
    child.on('error', (error) => {
      lastWords = error.message;
      end({ kind: 'status', status: 1 });
    });
    child.on('exit', (code, signal) =>
      end(signal ? { kind: 'signal', signal } : { kind: 'status', status: code ?? 1 }),
    );
  }

  send(command: HostCommand): void {
    if (command.kind === 'start') {
      this.start();
      this.environments.add(command.start.id);
    }
    // A child that is going down cannot be told anything; its exit is reported all the same.
    if (this.#child?.connected) this.#child.send(command, () => {});
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((done) => {
      child.once('exit', () => done());
      child.kill('SIGKILL');
    });
  }
}

/** Only what a process needs to run at all; `TZ` holds for every worker, as on Lambda. */
const hostEnvironment = (compileCache: string): NodeJS.ProcessEnv => {
  const environment: NodeJS.ProcessEnv = {
    TZ: 'UTC',
    LANG: 'en_US.UTF-8',
    NODE_COMPILE_CACHE: compileCache,
    // glibc gives each thread an arena of its own to waste; two are enough for many environments.
    MALLOC_ARENA_MAX: '2',
  };
  const names = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'HOME', 'USERPROFILE'];
  // A debugger that follows child processes does so by these two, and breakpoints in handlers need it to.
  if (process.env.VSCODE_INSPECTOR_OPTIONS) names.push('VSCODE_INSPECTOR_OPTIONS', 'NODE_OPTIONS');
  for (const name of names) {
    if (process.env[name] !== undefined) environment[name] = process.env[name];
  }
  return environment;
};
