import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, realpath, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Copies a folder, which may lie above the place that it is copied to. Where the disk can share blocks between files it
 * does, and a copy costs nothing.
 */
export const copyFolder = async (from: string, to: string, takes: (path: string) => boolean): Promise<void> => {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (!takes(source)) continue;
    if (entry.isDirectory()) await copyFolder(source, target, takes);
    else if (entry.isSymbolicLink()) await copyLink(source, target);
    else if (entry.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE);
  }
};

/** A linked file is copied, a linked folder stays a link; what leads nowhere is left out. */
const copyLink = async (source: string, target: string): Promise<void> => {
  const found = await stat(source).catch(() => null);
  if (found?.isDirectory()) await symlink(await realpath(source), target, 'junction');
  else if (found?.isFile()) await copyFile(source, target, constants.COPYFILE_FICLONE);
};
