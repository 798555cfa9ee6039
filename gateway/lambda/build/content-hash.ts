import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Larger files are taken by size and time: nobody edits them by hand, and reading them would slow every reload. */
const readWholeBytes = 1_048_576;

export const hashOf = (...texts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex').slice(0, 16);
};

/** A hash over the content of a folder's files, without installed packages and hidden folders. */
export const folderHash = async (folder: string): Promise<string> => {
  const hash = createHash('sha256');
  await addFolder(hash, folder, '');
  return hash.digest('hex').slice(0, 16);
};

const addFolder = async (hash: Hash, folder: string, shown: string): Promise<void> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const file = join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(hash, file, `${shown}${entry.name}/`);
    else await addFile(hash, file, `${shown}${entry.name}`);
  }
};

const addFile = async (hash: Hash, file: string, shown: string): Promise<void> => {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return;
  hash.update(`${shown}\0${found.size}\0`);
  hash.update(found.size > readWholeBytes ? String(found.mtimeMs) : await readFile(file).catch(() => ''));
};
