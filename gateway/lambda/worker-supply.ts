import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerStart } from './environments/environment-spec.ts';

const workerFile = new URL(`./worker/main${extname(import.meta.url)}`, import.meta.url);
/** One that nobody wanted ends. */
const keepMs = 5000;

/** Makes worker threads, now and then ahead of the need: to boot one takes about as long as an edit takes to build. */
export class WorkerSupply {
  #memorySize: number | null = null;
  #ahead: { readonly worker: Worker; readonly memorySize: number; readonly timer: NodeJS.Timeout } | null = null;

  take(start: WorkerStart): Worker {
    const { memorySize, variables } = start.spec;
    this.#memorySize = memorySize;
    const ahead = this.#ahead;
    if (ahead?.memorySize !== memorySize) return makeWorker(start, memorySize, variables);
    this.#ahead = null;
    clearTimeout(ahead.timer);
    ahead.worker.removeAllListeners('error');
    ahead.worker.postMessage(start);
    return ahead.worker;
  }

  /** A start is likely soon, of an environment like the one before. */
  anticipate(): void {
    if (this.#ahead || this.#memorySize === null) return;
    const memorySize = this.#memorySize;
    const worker = makeWorker(null, memorySize, {});
    const forget = (): void => {
      if (this.#ahead?.worker !== worker) return;
      this.#ahead = null;
      void worker.terminate();
    };
    worker.on('error', forget);
    this.#ahead = { worker, memorySize, timer: setTimeout(forget, keepMs).unref() };
  }
}

const makeWorker = (
  start: WorkerStart | null,
  memorySize: number,
  variables: Readonly<Record<string, string>>,
): Worker =>
  new Worker(workerFile, {
    workerData: start,
    ...(start && { name: start.spec.functionName }),
    // With the compile cache a worker starts in half the time and in half the memory: no types to strip, nothing to compile.
    env: { ...variables, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: Math.max(memorySize, 128) },
  });
