import childProcess, { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

/** Worker → host: processes that end with their environment. */
export type ChildReport = { readonly pid: number; readonly alive: boolean };

type SpawnOptions = { readonly cwd?: unknown; readonly stdio?: unknown; readonly detached?: boolean };
type Spawns = { spawn(options: SpawnOptions): unknown };

/**
 * Child processes begin in the handler's own working folder, what they inherit of its output goes into its log, and none
 * outlives its environment; where nobody is told of them, as of those of a handler's threads, none outlives its host.
 */
export const leadChildren = (
  lead: (path: unknown) => unknown,
  tell: ((report: ChildReport) => void) | null = null,
): void => {
  // A group of its own, by which what it starts in its turn can be ended with it.
  const ownGroup = tell !== null && process.platform !== 'win32';
  const inFolder = (options: SpawnOptions): SpawnOptions => ({ ...options, cwd: lead(options.cwd ?? process.cwd()) });
  const report = (pid: number | undefined, alive: boolean): void => {
    if (pid !== undefined) tell?.({ pid, alive });
  };

  const prototype = ChildProcess.prototype as unknown as Spawns;
  const { spawn } = prototype;
  prototype.spawn = function (this: ChildProcess, options) {
    const { stdio, inherited } = withoutInherited(options.stdio);
    const led = inFolder(options);
    const result = spawn.call(this, { ...led, stdio, detached: ownGroup || led.detached === true });
    for (const { at, output } of inherited)
      (this.stdio[at] as Readable | null)?.on('data', (part) => output.write(part));
    report(this.pid, true);
    this.once('exit', () => report(this.pid, false));
    return result;
  };

  for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const) {
    const original = childProcess[name] as (...given: unknown[]) => unknown;
    (childProcess as Record<string, unknown>)[name] = (...given: unknown[]): unknown => {
      const at = given.findIndex((value, index) => index > 0 && isOptions(value));
      const options = inFolder((given[at] ?? {}) as SpawnOptions);
      return original(...(at < 0 ? given : given.slice(0, at)), options);
    };
  }
};

const isOptions = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

type Inherited = { readonly at: number; readonly output: NodeJS.WriteStream };

/** The descriptors of this process are the whole host's: what would go there comes back by a pipe. */
const withoutInherited = (stdio: unknown): { readonly stdio: unknown; readonly inherited: readonly Inherited[] } => {
  const wanted: readonly unknown[] =
    stdio === 'inherit' ? ['inherit', 'inherit', 'inherit'] : Array.isArray(stdio) ? stdio : [];
  const inherited = wanted.flatMap((value, at): Inherited[] => {
    const target = value === 'inherit' ? at : value;
    if (target === 1 || target === process.stdout) return [{ at, output: process.stdout }];
    return target === 2 || target === process.stderr ? [{ at, output: process.stderr }] : [];
  });
  if (inherited.length === 0) return { stdio, inherited };
  const piped = wanted.map((value, at) => {
    if (inherited.some((one) => one.at === at)) return 'pipe';
    return at === 0 && value === 'inherit' ? 'ignore' : value;
  });
  return { stdio: piped, inherited };
};
