import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { hexId } from '../ids.ts';

/** Who holds a lock; the file's content. */
export type LockHolder = {
  readonly pid: number;
  readonly startedAt: string;
  readonly command: string;
  /** Tells this process from a later one with the same number; null where the system does not say. */
  readonly birth: string | null;
  readonly token: string;
};

export type Lock = { readonly taken: true; release(): void } | { readonly taken: false; readonly holder: LockHolder };

/** Takes a lock that outlives no process: one whose holder is dead is taken over. */
export const takeLock = (file: string): Lock => {
  const mine: LockHolder = {
    pid: process.pid,
    startedAt: new Date(performance.timeOrigin).toISOString(),
    command: process.argv.slice(1).join(' '),
    birth: birthOf(process.pid),
    token: hexId(8),
  };
  for (;;) {
    if (create(file, mine)) return { taken: true, release: () => release(file, mine) };
    const holder = read(file);
    if (holder && lives(holder)) return { taken: false, holder };
    removeStale(file, holder);
  }
};

/** Written beside and linked in, so that nobody ever reads half a lock. */
const create = (file: string, holder: LockHolder): boolean => {
  const draft = `${file}.${holder.token}`;
  writeFileSync(draft, `${JSON.stringify(holder)}\n`);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return createWithoutLink(file, holder, error);
  } finally {
    unlinkSync(draft);
  }
};

/** Some file systems (exFAT, some network drives) have no links. */
const createWithoutLink = (file: string, holder: LockHolder, cause: unknown): boolean => {
  try {
    writeFileSync(file, `${JSON.stringify(holder)}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
};

const read = (file: string): LockHolder | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/** Two may find the same stale lock; the slower one must not take away what the faster one has just made. */
const removeStale = (file: string, stale: LockHolder | null): void => {
  const aside = `${file}.${hexId(8)}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved && moved.token !== stale?.token) {
    try {
      linkSync(aside, file);
    } catch {
      // Somebody else holds it by now.
    }
  }
  rmSync(aside, { force: true });
};

const release = (file: string, mine: LockHolder): void => {
  if (read(file)?.token === mine.token) rmSync(file, { force: true });
};

const lives = ({ pid, birth }: LockHolder): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = birthOf(pid);
  return birth === null || now === null || birth === now;
};

/** On Linux: which boot, and the tick of it at which the process started. */
const birthOf = (pid: number): string | null => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name, may hold spaces and parentheses; the start time is the twentieth after it.
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return null;
  }
};
