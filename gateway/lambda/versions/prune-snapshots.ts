import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PinStore } from './pin-store.ts';

/** Removes the snapshots that no version is kept in any more. Nothing may run from them, so a start is the time for it. */
export const pruneSnapshots = async (directory: string, pins: PinStore): Promise<void> => {
  const kept = new Set(
    pins
      .names()
      .flatMap((name) => Object.values(pins.get(name).versions).map(({ content }) => dirname(content.code.taskRoot))),
  );
  for (const owner of await readdir(directory).catch(() => [])) {
    for (const identity of await readdir(join(directory, owner)).catch(() => [])) {
      const folder = join(directory, owner, identity);
      if (!kept.has(folder)) await rm(folder, { recursive: true, force: true });
    }
  }
};
