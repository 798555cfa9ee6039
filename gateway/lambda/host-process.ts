import { type ChildProcess, fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExitReason } from './environments/failures.ts';
import type { HostCommand, HostReport } from './host-messages.ts';
import { killGroup } from './kill-group.ts';

const hostFile = fileURLToPath(new URL(`./host${extname(import.meta.url)}`, import.meta.url));

export type HostListener = {
  environmentExited(id: number, reason: ExitReason): void;
  hostExited(index: number, end: HostEnd): void;
  /** It holds more than it should; see `HostOptions.quietMegabytes`. */
  holdsMuch(host: HostProcess, megabytes: number): void;
};

export type HostOptions = {
  readonly compileCache: string;
  /** Up to which size nothing is said of its memory. */
  readonly quietMegabytes: number;
  /** The gateway's own temporary folder, which goes when the gateway does, however that ends. */
  readonly folder: string;
  readonly timeZone: string;
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
  readonly #options: HostOptions;
  readonly #listener: HostListener;

  constructor(index: number, options: HostOptions, listener: HostListener) {
    this.index = index;
    this.#options = options;
    this.#listener = listener;
  }

  start(): void {
    if (this.#child || this.#stopping) return;
    const child = fork(hostFile, [String(this.#options.quietMegabytes), this.#options.folder], {
      // For the process and each of its environments: what a handler drops is taken back sooner, and memory stays low.
      execArgv: ['--max-semi-space-size=4'],
      // A process group of its own, with what handlers start.
      detached: process.platform !== 'win32',
      env: hostEnvironment(this.#options),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
    });
    this.#child = child;
    let lastWords = '';
    const processes = new Set<number>();
    const listen = (chunk: Buffer): void => {
      lastWords = (lastWords + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('message', (report: HostReport) => {
      if (this.#child !== child) return;
      if (report.kind === 'memory') {
        this.#listener.holdsMuch(this, report.megabytes);
        return;
      }
      if (report.kind === 'process') {
        if (report.alive) processes.add(report.pid);
        else processes.delete(report.pid);
        return;
      }
      this.environments.delete(report.id);
      this.#listener.environmentExited(report.id, report.reason);
    });
    let ended = false;
    const end = (reason: ExitReason): void => {
      if (ended) return;
      ended = true;
      endGroup(child);
      processes.forEach(killGroup);
      if (this.#child !== child) return;
      this.#child = null;
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

  get timeZone(): string {
    return this.#options.timeZone;
  }

  /** Ends the process and forgets its environments; the next one starts another. */
  replace(): void {
    const child = this.#child;
    this.#child = null;
    this.environments.clear();
    if (child) endGroup(child);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((done) => {
      child.once('exit', () => done());
      endGroup(child);
    });
  }
}

/** The host, where it still runs, and the processes that its handlers have left behind. */
const endGroup = (child: ChildProcess): void => {
  if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
  else {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  }
};

/** Only what a process needs to run at all; `TZ` holds for every worker, as on Lambda. */
const hostEnvironment = ({ compileCache, timeZone }: HostOptions): NodeJS.ProcessEnv => {
  const environment: NodeJS.ProcessEnv = {
    TZ: timeZone,
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
