import fs from 'node:fs';
import os from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { findInLayers } from './resolve-modules.ts';

type Lead = (path: unknown) => unknown;

const onePath = (
  'access appendFile chmod chown createReadStream createWriteStream exists lchown lstat lutimes mkdir mkdtemp open openAsBlob ' +
  'opendir readFile readdir readlink realpath rm rmdir stat statfs truncate unlink unwatchFile utimes watch watchFile writeFile'
).split(' ');
const twoPaths = ['copyFile', 'cp', 'link', 'rename', 'symlink'];

/**
 * Leads the file system's calls as on Lambda: `/tmp` is a folder of this environment's own, `/opt` shows its layers,
 * `/var/task` its code, and relative paths begin at the working folder.
 */
export const leadFiles = (spec: EnvironmentSpec, scratch: string): Lead => {
  fs.mkdirSync(scratch, { recursive: true });
  const lead = leader(spec, scratch);
  for (const module of [fs, fs.promises] as unknown as Record<string, unknown>[]) {
    for (const name of onePath) {
      for (const method of [name, `${name}Sync`]) wrap(module, method, (path, ...rest) => [lead(path), ...rest]);
    }
    for (const name of twoPaths) {
      // What a symbolic link says stays as it is, if it is relative.
      const first: Lead = name === 'symlink' ? (path) => (String(path).startsWith('/') ? lead(path) : path) : lead;
      for (const method of [name, `${name}Sync`]) {
        wrap(module, method, (from, to, ...rest) => [first(from), lead(to), ...rest]);
      }
    }
  }
  os.tmpdir = () => '/tmp';
  return lead;
};

const wrap = (module: Record<string, unknown>, name: string, led: (...given: unknown[]) => unknown[]): void => {
  const original = module[name];
  if (typeof original !== 'function') return;
  const wrapped = function (this: unknown, ...given: unknown[]): unknown {
    return original.apply(this, led(...given));
  };
  // `realpath.native` and what `promisify` looks for.
  module[name] = Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original));
};

const leader = ({ code, layers }: EnvironmentSpec, scratch: string): Lead => {
  const known = [scratch, code.taskRoot, code.resolveFrom ?? '', ...layers.map(({ dir }) => dir), import.meta.dirname];
  // An application, or this gateway itself, may lie below one of these on this machine and must find its own files there.
  const real = new Set(known.map(topOf).filter((top) => top !== null));
  const newestFirst = layers.toReversed();
  const roots: Readonly<Record<string, (rest: string, path: string) => string>> = {
    '/tmp': (rest) => join(scratch, rest),
    '/opt': (rest, path) => findInLayers(newestFirst, join('/opt/', rest)) ?? path,
    '/var/task': (rest) => join(code.taskRoot, rest),
  };
  return (path) => {
    if (typeof path === 'number' || path === null || path === undefined) return path;
    const text = textOf(path);
    if (text === null) return path;
    const absolute = isAbsolute(text) ? text : resolve(process.cwd(), text);
    const root = /^\/(?:tmp|opt|var\/task)(?=\/|$)/.exec(absolute)?.[0];
    if (root !== undefined && !real.has(topOf(absolute) ?? ''))
      return roots[root]!(absolute.slice(root.length), absolute);
    return absolute === text ? path : absolute;
  };
};

const textOf = (path: unknown): string | null => {
  if (typeof path === 'string') return path;
  if (path instanceof URL) return path.protocol === 'file:' ? fileURLToPath(path) : null;
  return path instanceof Uint8Array ? Buffer.from(path).toString('utf8') : null;
};

/** `/tmp/name` of that and of what lies below it. */
const topOf = (path: string): string | null => /^\/(?:tmp|opt|var\/task)\/[^/]+/.exec(path)?.[0] ?? null;
