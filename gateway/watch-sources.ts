import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from './clock.ts';
import type { Application } from './model/application.ts';
import type { Observer } from './observe/observer.ts';
import { ignoredFolders, type Sources, sourcesOf } from './sources.ts';

/** Editors write a file in several steps; what arrives within this time is one edit. */
const settleMs = 40;
const ignoredFiles = /~$|\.sw[a-z]$|^\.#/;

export type WatchOptions = {
  application(): Application;
  /** What the gateway itself writes there is no edit. */
  readonly dataDirectory: string | undefined;
  reload(): Promise<void>;
  readonly clock: Clock;
  readonly observer: Observer;
};

/** A folder's watcher, and which folder of that name it is: one made anew has another number. */
type Watched = { readonly watcher: FSWatcher; readonly inode: number };

/**
 * Reloads when a file changes that the application was read from: the template, its includes, the folders of functions
 * and layers. An edit that cannot be read or built leaves the running application in place and says why.
 */
export const watchSources = ({ application, dataDirectory, reload, clock, observer }: WatchOptions): (() => void) => {
  const ignored = dataDirectory === undefined ? null : resolve(dataDirectory);
  const watched = new Map<string, Watched>();
  let sources: Sources;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;
  let stopped = false;
  let complained = false;
  const notice = (level: 'info' | 'warning' | 'error', text: string): void =>
    observer.emit({ kind: 'notice', at: clock.now(), level, text });

  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    // A folder that has just been made is watched before it is read: nothing is missed in between.
    look();
    try {
      await reload();
      if (!stopped) notice('info', 'Reloaded.');
    } catch (error) {
      notice('error', `Not reloaded; the last good version goes on.\n${(error as Error).message}`);
    }
    running = false;
    look();
    if (again) {
      again = false;
      void run();
    }
  };
  const changed = (directory: string, file: string | null): void => {
    if (file !== null) {
      if (ignoredFiles.test(file) || ignoredFolders.has(file) || join(directory, file) === ignored) return;
      if (!sources.folders.has(directory) && !sources.files.has(join(directory, file))) return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => void run(), settleMs);
    timer.unref();
  };
  const look = (): void => {
    if (stopped) return;
    sources = sourcesOf(application(), ignored);
    const wanted = new Set([...sources.folders, ...[...sources.files].map((file) => dirname(file))]);
    for (const [directory, { watcher, inode }] of watched) {
      if (wanted.has(directory) && inodeOf(directory) === inode) continue;
      watcher.close();
      watched.delete(directory);
    }
    for (const directory of wanted) if (!watched.has(directory)) begin(directory);
  };
  const begin = (directory: string): void => {
    const inode = inodeOf(directory);
    // One that is not there is looked for again when the folder around it changes.
    if (inode === null) return;
    try {
      const watcher = watch(directory, { persistent: false }, (_, file) => changed(directory, file));
      watcher.on('error', () => {
        watcher.close();
        watched.delete(directory);
      });
      watched.set(directory, { watcher, inode });
    } catch (error) {
      if (!complained) notice('warning', `Edits in ${directory} are not noticed: ${(error as Error).message}`);
      complained = true;
    }
  };

  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    for (const { watcher } of watched.values()) watcher.close();
    watched.clear();
  };
};

const inodeOf = (directory: string): number | null => {
  try {
    return statSync(directory).ino;
  } catch {
    return null;
  }
};
