/**
 * A function host: a process that holds environments, a worker thread each. It owns no port and no data, so that code
 * which brings a process down (V8 aborts on some allocations, whatever a worker's limit says) brings down only this.
 */
import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import type { WorkerStart } from './environments/environment-spec.ts';
import type { ExitReason } from './environments/failures.ts';
import type { HostCommand, HostReport } from './host-messages.ts';
import { killGroup } from './kill-group.ts';
import { reportMemory } from './report-memory.ts';
import type { CommandEnvironment } from './runtime-api/command-environment.ts';
import { type WatchedEnvironment, watchMemory } from './watch-memory.ts';
import { signalOf } from './worker/exit-status.ts';
import type { ChildReport } from './worker/own-children.ts';
import { WorkerSupply } from './worker-supply.ts';

const workers = new WorkerSupply();
const environments = new Map<number, WatchedEnvironment>();
const restarting = new Set<number>();
const commands = new Map<number, Promise<CommandEnvironment>>();

const report = (message: HostReport): void => {
  // Without the callback a gateway that has gone would be an error here, which ends this process before it has cleared up.
  process.send?.(message, () => {});
};

const [quietMegabytes, folder] = process.argv.slice(2) as [string, string];
/** Processes with groups of their own, which do not end with this one's. */
const groups = new Set<number>();

const began = (pid: number): void => {
  groups.add(pid);
  report({ kind: 'process', pid, alive: true });
};

const hasEnded = (pid: number): void => {
  groups.delete(pid);
  report({ kind: 'process', pid, alive: false });
};

const start = (given: WorkerStart): void => {
  const { id, spec } = given;
  if (spec.command !== null) {
    startCommand(given);
    return;
  }
  const worker = workers.take(given);
  const environment: WatchedEnvironment = { worker, memorySize: spec.memorySize, overLimit: false };
  environments.set(id, environment);
  let failure: NodeJS.ErrnoException | null = null;
  worker.on('error', (error) => {
    failure = error as NodeJS.ErrnoException;
  });
  const children = new Set<number>();
  worker.on('message', ({ pid, alive }: ChildReport) => {
    if (alive) {
      children.add(pid);
      began(pid);
    } else if (!groupGoesOn(pid)) {
      children.delete(pid);
      hasEnded(pid);
    }
  });
  worker.on('exit', (status) => {
    environments.delete(id);
    for (const pid of children) {
      killGroup(pid);
      hasEnded(pid);
    }
    ended(given, exitReason(status, failure, environment.overLimit));
  });
};

const startCommand = (given: WorkerStart): void => {
  const { id } = given;
  let group: number | null = null;
  const started = (pid: number): void => {
    group = pid;
    began(pid);
  };
  const exited = (reason: ExitReason): void => {
    commands.delete(id);
    if (group !== null) hasEnded(group);
    ended(given, reason);
  };
  // Loaded by the first that needs it: most hosts never do.
  const environment = import('./runtime-api/command-environment.ts').then(({ startCommandEnvironment }) =>
    startCommandEnvironment(given, { started, exited }),
  );
  commands.set(id, environment);
};

const ended = (given: WorkerStart, reason: ExitReason): void => {
  if (restarting.delete(given.id)) {
    start(given);
    return;
  }
  void rm(given.scratch, { recursive: true, force: true }).catch(() => {});
  report({ kind: 'exited', id: given.id, reason });
};

/**
 * A worker that is caught in collecting garbage near its limit heeds no end. Then the whole host goes, which starts anew
 * with the next event.
 */
const terminate = (id: number): void => {
  void commands.get(id)?.then((environment) => environment.terminate());
  const worker = environments.get(id)?.worker;
  void worker?.terminate();
  setTimeout(() => {
    if (worker && environments.get(id)?.worker === worker) process.kill(process.pid, 'SIGKILL');
  }, 2000).unref();
};

/** What a child has started may outlive it, as on Lambda: until the environment ends. */
const groupGoesOn = (pid: number): boolean => {
  if (process.platform === 'win32') return false;
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
};

const exitReason = (status: number, failure: NodeJS.ErrnoException | null, overLimit: boolean): ExitReason => {
  if (overLimit || failure?.code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'memory' };
  const signal = signalOf(status);
  if (signal !== null) return { kind: 'signal', signal };
  return { kind: 'status', status };
};

process.on('message', (command: HostCommand) => {
  if (command.kind === 'start') start(command.start);
  else if (command.kind === 'anticipate') workers.anticipate();
  else {
    if (command.kind === 'restart' && (environments.has(command.id) || commands.has(command.id)))
      restarting.add(command.id);
    else restarting.delete(command.id);
    terminate(command.id);
  }
});
// The gateway has gone, however it went: nothing of it stays behind.
process.on('disconnect', () => {
  groups.forEach(killGroup);
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // Somebody still writes there. To end is what matters.
  }
  process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
});
// Ctrl+C and its like reach the whole process group; the gateway decides when its hosts end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
watchMemory(environments, terminate);
reportMemory(Number(quietMegabytes), (megabytes) => report({ kind: 'memory', megabytes }));
// A host is killed when its gateway ends, so that the cache is written now.
flushCompileCache();
