/**
 * A function host: a process that holds environments, a worker thread each. It owns no port and no data, so that code
 * which brings a process down (V8 aborts on some allocations, whatever a worker's limit says) brings down only this.
 */
import { flushCompileCache } from 'node:module';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerStart } from './environments/environment-spec.ts';
import type { ExitReason } from './environments/failures.ts';
import type { HostCommand, HostReport } from './host-messages.ts';
import { type WatchedEnvironment, watchMemory } from './watch-memory.ts';

const workerFile = new URL(`./worker/main${extname(import.meta.url)}`, import.meta.url);
const environments = new Map<number, WatchedEnvironment>();

const report = (message: HostReport): void => {
  process.send?.(message);
};

const start = (given: WorkerStart): void => {
  const { id, spec } = given;
  const worker = new Worker(workerFile, {
    workerData: given,
    name: spec.functionName,
    // With the compile cache a worker starts in half the time and in half the memory: no types to strip, nothing to compile.
    env: { ...spec.variables, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: Math.max(spec.memorySize, 128) },
  });
  const environment: WatchedEnvironment = { worker, memorySize: spec.memorySize, overLimit: false };
  environments.set(id, environment);
  let failure: NodeJS.ErrnoException | null = null;
  worker.on('error', (error) => {
    failure = error as NodeJS.ErrnoException;
  });
  worker.on('exit', (status) => {
    environments.delete(id);
    report({ kind: 'exited', id, reason: exitReason(status, failure, environment.overLimit) });
  });
};

/**
 * A worker that is caught in collecting garbage near its limit heeds no end. Then the whole host goes, which starts anew
 * with the next event.
 */
const terminate = (id: number): void => {
  void environments.get(id)?.worker.terminate();
  setTimeout(() => {
    if (environments.has(id)) process.kill(process.pid, 'SIGKILL');
  }, 2000).unref();
};

const exitReason = (status: number, failure: NodeJS.ErrnoException | null, overLimit: boolean): ExitReason => {
  if (overLimit || failure?.code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'memory' };
  // 134 is what a shell shows for an abort; the worker ends itself with it where a process would abort.
  if (status === 134) return { kind: 'signal', signal: 'SIGABRT' };
  return { kind: 'status', status };
};

process.on('message', (command: HostCommand) => {
  if (command.kind === 'start') start(command.start);
  else terminate(command.id);
});
// The gateway has gone, however it went: nothing of it stays behind.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl+C and its like reach the whole process group; the gateway decides when its hosts end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
watchMemory(environments, terminate);
// A host is killed when its gateway ends, so that the cache is written now.
flushCompileCache();
