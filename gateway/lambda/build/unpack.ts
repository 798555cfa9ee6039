import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { hashOf } from './content-hash.ts';
import { readZip, unpackEntry } from './zip-archive.ts';

export type Unpacked =
  | { readonly kind: 'unpacked'; readonly folder: string; readonly identity: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Unpacks an archive into a folder below `directory` that is named by its content; one that is there already is taken. */
export const unpack = async (file: string, directory: string): Promise<Unpacked> => {
  try {
    const archive = await readFile(file);
    const identity = hashOf(archive);
    const folder = join(directory, identity);
    if (!existsSync(folder)) {
      // A folder of that name is whole: what fails halfway never gets it.
      const making = `${folder}.making`;
      try {
        await unpackInto(making, archive);
        await rename(making, folder);
      } finally {
        await rm(making, { recursive: true, force: true });
      }
    }
    return { kind: 'unpacked', folder, identity };
  } catch (error) {
    return { kind: 'refused', reason: `${file} cannot be unpacked: ${(error as Error).message}` };
  }
};

const unpackInto = async (folder: string, archive: Buffer): Promise<void> => {
  const entries = readZip(archive);
  for (const { name } of entries) {
    if (!isWithin(folder, resolve(folder, name)) || name.includes('\0'))
      throw new Error(`it holds a file outside its folder: ${name}`);
  }
  const folders = new Set<string>();
  const makeFolder = async (path: string): Promise<void> => {
    if (folders.has(path)) return;
    folders.add(path);
    await mkdir(path, { recursive: true });
  };
  await makeFolder(folder);
  const files = entries.filter(({ isLink, name }) => !isLink && !name.endsWith('/'));
  for (const { name, isLink } of entries) {
    if (!isLink) await makeFolder(name.endsWith('/') ? resolve(folder, name) : dirname(resolve(folder, name)));
  }
  await together(files, async (entry) => {
    const content = await unpackEntry(archive, entry);
    await writeFile(resolve(folder, entry.name), content, { mode: entry.isExecutable ? 0o755 : 0o644 });
  });
  const links = entries.filter(({ isLink }) => isLink);
  // Last, so that nothing is ever written through one.
  for (const entry of links) {
    const at = resolve(folder, entry.name);
    const target = (await unpackEntry(archive, entry)).toString('utf8');
    if (!isWithin(folder, resolve(dirname(at), target)))
      throw new Error(`it holds a link to outside its folder: ${entry.name} → ${target}`);
    await makeFolder(dirname(at));
    await symlink(target, at);
  }
};

/** Several at once: the disk is waited for, and an archive may hold thousands of small files. */
const together = async <Item>(items: readonly Item[], each: (item: Item) => Promise<void>): Promise<void> => {
  const left = items.values();
  const work = async (): Promise<void> => {
    for (const item of left) await each(item);
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 16 }, work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
};

const isWithin = (folder: string, path: string): boolean => path === folder || path.startsWith(folder + sep);
