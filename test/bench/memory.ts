import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

type ProcessMemory = { readonly pid: number; readonly parent: number; readonly megabytes: number };

/** Linux tells by files; other systems by `ps`, which minimal Linux images lack. */
const fromProc = (): readonly ProcessMemory[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const number = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
        return [{ pid: Number(name), parent: number('PPid'), megabytes: number('VmRSS') / 1024 }];
      } catch {
        // It ended between the listing and the look.
        return [];
      }
    });

const fromPs = (): readonly ProcessMemory[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid, parent, kilobytes]) => ({ pid: pid!, parent: parent!, megabytes: kilobytes! / 1024 }));

/** Resident memory of a process and all below it, in MB; null where the system does not tell. */
export const residentMegabytes = (pid: number): number | null => {
  if (process.platform === 'win32') return null;
  const all = process.platform === 'linux' ? fromProc() : fromPs();
  const family = new Set([pid]);
  // A child may stand before its parent in the list: go on until nobody joins.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const each of all) if (family.has(each.parent)) family.add(each.pid);
  }
  return all.filter((each) => family.has(each.pid)).reduce((sum, each) => sum + each.megabytes, 0);
};
