import type { Worker } from 'node:worker_threads';

export type WatchedEnvironment = { readonly worker: Worker; readonly memorySize: number; overLimit: boolean };

const intervalMs = 250;
/** Below this a host is not looked into: its environments cannot have taken much. */
const quietBytes = 256 * 1024 * 1024;
/** What an environment may hold beyond its memory size, as Lambda's own runtime and Node take less there than here. */
const slackMegabytes = 64;
/** How long an environment may take to say what it holds. */
const patienceMs = 250;

/** What was seen of an environment. */
type Seen = {
  megabytes: number;
  asked: Promise<number> | null;
  /** What the host held, less what the others said, when it first gave no answer; null while it gives one. */
  heldWhenStuck: number | null;
};

/**
 * Ends environments that hold more than their function's memory size. A worker's heap limit does not count `Buffer`s;
 * this does. One that gives no answer, as it is deep in a built-in function of V8 that heeds no limit either, is known by
 * what the host as a whole takes meanwhile.
 */
export const watchMemory = (
  environments: ReadonlyMap<number, WatchedEnvironment>,
  terminate: (id: number) => void,
): void => {
  const seen = new WeakMap<WatchedEnvironment, Seen>();
  const seenOf = (environment: WatchedEnvironment): Seen => {
    const found = seen.get(environment) ?? { megabytes: 0, asked: null, heldWhenStuck: null };
    seen.set(environment, found);
    return found;
  };
  /** null: no answer in time. */
  const ask = async (environment: WatchedEnvironment): Promise<number | null> => {
    const state = seenOf(environment);
    state.asked ??= heldBy(environment.worker).finally(() => {
      state.asked = null;
    });
    return Promise.race([state.asked, new Promise<null>((none) => setTimeout(none, patienceMs, null))]);
  };
  const isOver = (environment: WatchedEnvironment, answer: number | null): boolean => {
    const state = seenOf(environment);
    if (answer !== null) {
      state.megabytes = answer;
      state.heldWhenStuck = null;
      return answer > environment.memorySize + slackMegabytes;
    }
    const others = [...environments.values()].filter((other) => other !== environment);
    const held =
      process.memoryUsage.rss() / 1_048_576 - others.reduce((sum, other) => sum + seenOf(other).megabytes, 0);
    state.heldWhenStuck ??= held;
    return held - state.heldWhenStuck > slackMegabytes && held > environment.memorySize + slackMegabytes;
  };
  const look = async (): Promise<void> => {
    const asked = [...environments].filter(([, { overLimit }]) => !overLimit);
    const answers = await Promise.all(asked.map(([, environment]) => ask(environment)));
    for (const [index, [id, environment]] of asked.entries()) {
      if (!isOver(environment, answers[index] ?? null)) continue;
      environment.overLimit = true;
      terminate(id);
    }
  };
  let looking = false;
  setInterval(() => {
    if (looking || environments.size === 0 || process.memoryUsage.rss() < quietBytes) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  }, intervalMs).unref();
};

const heldBy = (worker: Worker): Promise<number> =>
  worker.getHeapStatistics().then(
    (heap) => (heap.total_heap_size + heap.external_memory) / 1_048_576,
    () => 0,
  );
