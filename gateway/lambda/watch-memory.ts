import type { Worker } from 'node:worker_threads';

export type WatchedEnvironment = { readonly worker: Worker; readonly memorySize: number; overLimit: boolean };

const intervalMs = 250;
/** Below this a host is not looked into: its environments cannot have taken much. */
const quietBytes = 256 * 1024 * 1024;
/** What an environment may hold beyond its memory size, as Lambda's own runtime and Node take less there than here. */
const slackMegabytes = 64;

/**
 * Ends environments that hold more than their function's memory size. A worker's heap limit does not count `Buffer`s;
 * this does.
 */
export const watchMemory = (
  environments: ReadonlyMap<number, WatchedEnvironment>,
  terminate: (id: number) => void,
): void => {
  let looking = false;
  const look = async (): Promise<void> => {
    for (const [id, environment] of [...environments]) {
      const heap = await environment.worker.getHeapStatistics().catch(() => null);
      const megabytes = heap ? (heap.total_heap_size + heap.external_memory) / 1_048_576 : 0;
      if (megabytes <= environment.memorySize + slackMegabytes || environment.overLimit) continue;
      environment.overLimit = true;
      terminate(id);
    }
  };
  setInterval(() => {
    if (looking || environments.size === 0 || process.memoryUsage.rss() < quietBytes) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  }, intervalMs).unref();
};
