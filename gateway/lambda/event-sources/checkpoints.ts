import { readFileSync } from 'node:fs';
import { replaceFile } from '../../cloud/atomic-file.ts';
import { GavelError } from '../../problem.ts';

/** How far a mapping has come. */
export type Checkpoint = {
  /** Which life of the stream this is about; another one begins anew. */
  readonly stream: string;
  /** When the mapping began to read it, in seconds of the system's time, as the stream dates its records. */
  readonly since: number;
  /** By partition: the position up to which all is done; null once the partition has ended. */
  readonly positions: Readonly<Record<string, string | null>>;
};

/** By mapping id. A set is remembered at once and kept soon after: a crash in between means a batch delivered twice. */
export type CheckpointStore = {
  get(id: string): Checkpoint | undefined;
  set(id: string, checkpoint: Checkpoint): void;
  /** Resolves when everything set so far will outlive this process. */
  flush(): Promise<void>;
};

export const checkpointsInMemory = (): CheckpointStore => {
  const checkpoints = new Map<string, Checkpoint>();
  return {
    get: (id) => checkpoints.get(id),
    set: (id, value) => void checkpoints.set(id, value),
    flush: async () => {},
  };
};

const gatherFor = 50;

export const checkpointFile = (file: string): CheckpointStore => {
  const checkpoints = new Map<string, Checkpoint>(Object.entries(load(file)));
  let dirty = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    if (!dirty) return;
    dirty = false;
    try {
      await replaceFile(file, `${JSON.stringify(Object.fromEntries(checkpoints), null, 2)}\n`);
    } catch (error) {
      dirty = true;
      throw error;
    }
  };
  const writeLater = (): void => {
    timer = null;
    // A full disk must not end the gateway: the next set tries again, and flush reports.
    writing = writing.then(write).catch(() => {});
  };
  return {
    get: (id) => checkpoints.get(id),
    set(id, checkpoint) {
      checkpoints.set(id, checkpoint);
      dirty = true;
      timer ??= setTimeout(writeLater, gatherFor).unref();
    },
    async flush() {
      if (timer) clearTimeout(timer);
      timer = null;
      await writing;
      await write();
    },
  };
};

const load = (file: string): Record<string, Checkpoint> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new GavelError({
      what: `the checkpoints of the event sources cannot be read: ${file}: ${(error as Error).message}`,
      place: null,
      remedy: 'Remove the file to let every event source begin anew at its starting position',
    });
  }
};
