import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sources } from './sources.ts';

/** Larger files are taken by size and time: nobody edits them by hand, and reading them would slow every reload. */
const readWholeBytes = 1_048_576;

/** What sources hold, so that a write that changes nothing is no edit. */
export type SourceContents = {
  knows(file: string): boolean;
  /** Which of these files hold something else than when they were last looked at. */
  changed(files: Iterable<string>): Promise<readonly string[]>;
  /** Looks at those that are new here; one of which nothing is known counts as changed. */
  learn(sources: Sources): Promise<void>;
};

export const sourceContents = (): SourceContents => {
  /** null: there is no such file. */
  const known = new Map<string, string | null>();
  const learnFile = async (file: string): Promise<void> => {
    if (known.has(file)) return;
    const content = await contentOf(file);
    // What was seen in the meantime is newer.
    if (!known.has(file)) known.set(file, content);
  };
  return {
    knows: (file) => typeof known.get(file) === 'string',
    async changed(files) {
      const found: string[] = [];
      for (const file of files) {
        const content = await contentOf(file);
        if (!known.has(file) || known.get(file) !== content) found.push(file);
        known.set(file, content);
      }
      return found;
    },
    async learn({ files, folders }) {
      for (const file of files) await learnFile(file);
      for (const folder of folders) {
        const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
        for (const entry of entries) if (entry.isFile()) await learnFile(join(folder, entry.name));
      }
    },
  };
};

const contentOf = async (file: string): Promise<string | null> => {
  const found = await stat(file).catch(() => null);
  if (!found) return null;
  // A folder of that name is another one once it was made anew.
  if (!found.isFile()) return `folder ${found.ino}`;
  if (found.size > readWholeBytes) return `${found.size} ${found.mtimeMs}`;
  const content = await readFile(file).catch(() => null);
  return content && createHash('sha256').update(content).digest('base64');
};
