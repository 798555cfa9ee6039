import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from './clock.ts';
import type { Application } from './model/application.ts';
import type { Observer } from './observe/observer.ts';
import { sourceContents } from './source-contents.ts';
import { ignoredFolders, type Sources, sourcesOf } from './sources.ts';

/** Editors write a file in several steps; what arrives within this time is one edit. */
const settleMs = 20;
const ignoredFiles = /~$|\.sw[a-z]$|^\.#/;

/** What a reload has done, for people. */
export type Reloaded = {
  /** Functions that do not build, of which enough was said. */
  readonly failed: readonly string[];
  /** The URLs of stages that were not there before. */
  readonly opened: readonly string[];
};

export type WatchOptions = {
  application(): Application;
  /** What the gateway itself writes there is no edit. */
  readonly dataDirectory: string | undefined;
  /** `code`: nothing has changed but what stands in files of code, so that the template reads as it did. */
  reload(what: 'everything' | 'code'): Promise<Reloaded>;
  /** An edit was seen and will be reloaded. */
  anticipate(): void;
  readonly clock: Clock;
  readonly observer: Observer;
};

/** A folder's watcher, and which folder of that name it is: one made anew has another number. */
type Watched = { readonly watcher: FSWatcher; readonly inode: number };

/**
 * Reloads when a file changes that the application was read from: the template, its includes, the folders of functions
 * and layers. An edit that cannot be read or built leaves the running application in place and says why.
 */
export const watchSources = ({
  application,
  dataDirectory,
  anticipate,
  reload,
  clock,
  observer,
}: WatchOptions): (() => void) => {
  const ignored = dataDirectory === undefined ? null : resolve(dataDirectory);
  const watched = new Map<string, Watched>();
  const contents = sourceContents();
  const touched = new Set<string>();
  /** Something changed of which the system did not say what. */
  let unnamed = false;
  /** The last edit could not be read, so that what runs is not what lies there. */
  let behind = false;
  let sources: Sources;
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;
  let stopped = false;
  let complained = false;
  const notice = (level: 'info' | 'warning' | 'error', text: string): void =>
    observer.emit({ kind: 'notice', at: clock.now(), level, text });

  /** What there is to reload; null: a touch, or a file that was written as it was. */
  const edited = async (): Promise<'everything' | 'code' | null> => {
    const wasUnnamed = unnamed;
    unnamed = false;
    const files = [...touched];
    touched.clear();
    const known = new Set(files.filter((file) => contents.knows(file)));
    const changed = await contents.changed(files);
    if (wasUnnamed) return 'everything';
    if (changed.length === 0) return null;
    const isCode = (file: string): boolean => known.has(file) && !sources.files.has(file) && isFile(file);
    return !behind && changed.every(isCode) ? 'code' : 'everything';
  };
  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    timer = undefined;
    const what = await edited();
    if (what !== null && !stopped) {
      // A folder that has just been made is watched before it is read: nothing is missed in between.
      look();
      try {
        const { failed, opened } = await reload(what);
        behind = false;
        if (!stopped && failed.length === 0) notice('info', ['Reloaded.', ...opened].join('\n  '));
      } catch (error) {
        behind = true;
        notice('error', `Not reloaded; the last good version goes on.\n${(error as Error).message}`);
      }
      look();
    }
    running = false;
    if (again) {
      again = false;
      void run();
    }
  };
  const changed = (directory: string, file: string | null): void => {
    if (file === null) unnamed = true;
    else {
      const path = join(directory, file);
      if (ignoredFiles.test(file) || ignoredFolders.has(file) || path === ignored) return;
      if (!sources.folders.has(directory) && !sources.files.has(path)) return;
      touched.add(path);
    }
    if (timer === undefined) anticipate();
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
    void contents.learn(sources);
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

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
