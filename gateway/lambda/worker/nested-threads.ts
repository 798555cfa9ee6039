import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import threads, { setEnvironmentData, Worker, type WorkerOptions } from 'node:worker_threads';
import type { ClockReading } from '../../clock.ts';
import type { AwsRoute, EnvironmentSpec } from '../environments/environment-spec.ts';

/** What a thread that a handler starts must know to be led as its environment is. */
export type NestedStart = {
  readonly spec: EnvironmentSpec;
  readonly scratch: string;
  readonly routes: readonly AwsRoute[];
  readonly clock: ClockReading | null;
};

export const nestedKey = 'gavel:environment';

const preload = fileURLToPath(new URL(`./nested-thread${extname(import.meta.url)}`, import.meta.url));

class LedWorker extends Worker {
  constructor(file: string | URL, options: WorkerOptions = {}) {
    // Code that is given as text would not wait for `--import`.
    super(file, { ...options, execArgv: [...(options.execArgv ?? []), '--require', preload] });
  }
}

/** Threads of a handler's own find files, modules and AWS where the handler does. */
export const leadThreads = (start: NestedStart): void => {
  setEnvironmentData(nestedKey, start);
  // Lambda runs a handler in a main thread, and packages ask.
  Object.assign(threads, { Worker: LedWorker, isMainThread: true, parentPort: null, workerData: null, threadId: 0 });
};
