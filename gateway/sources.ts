import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from './model/application.ts';

/** What an application was made from, as it lies on the disk. */
export type Sources = {
  /** Those that count by themselves: the template, what it includes, archives, and each root of code as a name. */
  readonly files: ReadonlySet<string>;
  /** Every folder that holds code: whatever changes in one counts. */
  readonly folders: ReadonlySet<string>;
};

/** Installed packages, and what tools write. */
export const ignoredFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.gavel', '.aws-sam']);

/** Folders are listed one by one: a recursive watch would walk node_modules. */
export const sourcesOf = (application: Application, ignored: string | null): Sources => {
  const { functions, layers, sourceFiles } = application;
  const roots = [
    ...functions.flatMap(({ code }) => (code.kind === 'directory' ? [code.dir] : [])),
    ...layers.flatMap(({ mount }) => (mount && mount.kind !== 'zip' ? [mount.dir] : [])),
  ];
  const archives = [
    ...functions.flatMap(({ code }) => (code.kind === 'zip' || code.kind === 'file' ? [code.file] : [])),
    ...layers.flatMap(({ mount }) => (mount?.kind === 'zip' ? [mount.file] : [])),
  ];
  const folders = new Set<string>();
  const walk = (directory: string): void => {
    if (folders.has(directory) || directory === ignored) return;
    folders.add(directory);
    for (const entry of entriesOf(directory)) {
      if (entry.isDirectory() && !ignoredFolders.has(entry.name)) walk(join(directory, entry.name));
    }
  };
  for (const root of roots) walk(root);
  // A root that is removed and made anew is news to the folder around it alone.
  return { files: new Set([...sourceFiles, ...archives, ...roots]), folders };
};

const entriesOf = (directory: string): Dirent[] => {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
};
