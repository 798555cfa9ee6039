import { type Dirent, type FSWatcher, readdirSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from './clock.ts';
import type { Application } from './model/application.ts';
import type { Observer } from './observe/observer.ts';

/** Editors write a file in several steps; what arrives within this time is one edit. */
const settleMs = 40;
const ignoredFolders = new Set(['node_modules', '.git', '.gavel', '.aws-sam', 'dist']);
const ignoredFiles = /~$|\.sw[a-z]$|^\.#/;

/**
 * Reloads when a file changes that the application was read from: the template, its includes, the folders of functions
 * and layers. An edit that cannot be read or built leaves the running application in place and says why.
 */
export const watchSources = (
  application: () => Application,
  reload: () => Promise<void>,
  clock: Clock,
  observer: Observer,
): (() => void) => {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;

  const run = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      await reload();
      observer.emit({ kind: 'notice', at: clock.now(), level: 'info', text: 'Reloaded.' });
    } catch (error) {
      const text = `Not reloaded; the last good version goes on.\n${(error as Error).message}`;
      observer.emit({ kind: 'notice', at: clock.now(), level: 'error', text });
    }
    running = false;
    look();
    if (again) {
      again = false;
      void run();
    }
  };
  const changed = (directory: string, file: string | null): void => {
    if (file !== null && (ignoredFiles.test(file) || ignoredFolders.has(file))) return;
    const sources = application();
    const isSource = sources.sourceFiles.some((source) => file === null || source === join(directory, file));
    if (!isSource && !codeFolders(sources).includes(directory)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), settleMs);
    timer.unref();
  };
  const look = (): void => {
    const sources = application();
    for (const directory of new Set([...sources.sourceFiles.map((file) => dirname(file)), ...codeFolders(sources)])) {
      if (watchers.has(directory)) continue;
      try {
        const watcher = watch(directory, { persistent: false }, (_, file) => changed(directory, file));
        watcher.on('error', () => watchers.delete(directory));
        watchers.set(directory, watcher);
      } catch {
        // A folder that has gone is looked for again after the next reload.
      }
    }
  };

  look();
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
};

/** Every folder that holds code of a function or layer. Watched one by one: a recursive watch would walk node_modules. */
const codeFolders = (application: Application): readonly string[] => {
  const roots = [
    ...application.functions.flatMap((fn) => (fn.code.kind === 'directory' ? [fn.code.dir] : [])),
    ...application.layers.flatMap((layer) => (layer.mount ? [layer.mount.dir] : [])),
  ];
  const found = new Set<string>();
  const walk = (directory: string): void => {
    if (found.has(directory)) return;
    found.add(directory);
    for (const entry of entriesOf(directory)) {
      if (entry.isDirectory() && !ignoredFolders.has(entry.name)) walk(join(directory, entry.name));
    }
  };
  for (const root of roots) walk(root);
  return [...found];
};

const entriesOf = (directory: string): Dirent[] => {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
};
