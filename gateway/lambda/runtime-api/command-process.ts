import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { ExitReason } from '../environments/failures.ts';
import { killGroup } from '../kill-group.ts';

export type CommandOptions = {
  readonly words: readonly string[];
  readonly folder: string;
  readonly variables: NodeJS.ProcessEnv;
  readonly memorySize: number;
  /** A line that it printed. */
  line(text: string): void;
  /** It has ended, and all that it printed has been read. */
  exited(reason: ExitReason): void;
};

const lookEveryMs = 250;
/** What it may hold beyond the function's memory size; see `watch-memory.ts`. */
const slackMegabytes = 64;

/** A runtime's own process, in a process group with whatever it starts. */
export class CommandProcess {
  readonly #child: ChildProcess;
  readonly #watch: NodeJS.Timeout;
  #overLimit = false;
  #peakMegabytes = 0;

  constructor({ words, folder, variables, memorySize, line, exited }: CommandOptions) {
    const [program = '', ...rest] = words;
    this.#child = spawn(program, rest, {
      cwd: folder,
      env: variables,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const flushes = [this.#child.stdout!, this.#child.stderr!].map((stream) => readLines(stream, line));
    this.#watch = setInterval(() => {
      const { megabytes } = this;
      if (megabytes <= memorySize + slackMegabytes) return;
      this.#overLimit = true;
      this.kill();
    }, lookEveryMs);
    let over = false;
    const end = (reason: ExitReason): void => {
      if (over) return;
      over = true;
      clearInterval(this.#watch);
      this.kill();
      for (const flush of flushes) flush();
      exited(this.#overLimit ? { kind: 'memory' } : reason);
    };
    this.#child.on('error', (error: NodeJS.ErrnoException) => {
      line(`The runtime's command cannot be started: ${words.join(' ')}: ${error.message}`);
      end({ kind: 'status', status: error.code === 'ENOENT' ? 127 : 126 });
    });
    // What it started may hold its output open for ever: 'close' is waited for a moment only.
    this.#child.on('exit', (code, signal) => {
      const reason: ExitReason = signal ? { kind: 'signal', signal } : { kind: 'status', status: code ?? 1 };
      const late = setTimeout(() => end(reason), 100);
      this.#child.on('close', () => {
        clearTimeout(late);
        end(reason);
      });
    });
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  /** The most it was seen to hold; 0 where this machine does not tell. */
  get megabytes(): number {
    this.#peakMegabytes = Math.max(this.#peakMegabytes, residentMegabytes(this.#child.pid));
    return this.#peakMegabytes;
  }

  kill(): void {
    if (this.#child.pid !== undefined) killGroup(this.#child.pid);
  }
}

const residentMegabytes = (pid: number | undefined): number => {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.ceil(Number(kilobytes ?? 0) / 1024);
  } catch {
    return 0;
  }
};

const readLines = (stream: Readable, line: (text: string) => void): (() => void) => {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    lines.forEach(line);
  });
  return () => {
    if (rest !== '') line(rest);
    rest = '';
  };
};
