import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDataDirectory } from '#gateway/cloud/data-directory.ts';
import { GavelError } from '#gateway/problem.ts';

let parent: string;
let dir: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'gavel-data-'));
  dir = join(parent, '.gavel', 'auction');
});
afterEach(() => rmSync(parent, { recursive: true }));

test('is made, held by one at a time, and free again after its release', () => {
  const first = openDataDirectory(dir);
  expect(first.file('x.json')).toBe(join(dir, 'x.json'));
  expect(() => openDataDirectory(dir)).toThrow(GavelError);
  expect(() => openDataDirectory(dir)).toThrow(
    new RegExp(`in use by process ${process.pid} \\(.+\\), since \\d{4}-.*\\n.*--data-dir`),
  );
  first.release();
  expect(readdirSync(dir)).toEqual([]);
  // Nothing of it belongs into a repository.
  expect(readFileSync(join(dir, '..', '.gitignore'), 'utf8')).toBe('*\n');
  openDataDirectory(dir).release();
});

test('a dead holder is followed by the next', () => {
  openDataDirectory(dir);
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  rewriteLock({ pid: dead, birth: null });
  const next = openDataDirectory(dir);
  expect(readLock().pid).toBe(process.pid);
  next.release();
});

test('a lock that cannot be read belongs to nobody', () => {
  openDataDirectory(dir).release();
  writeFileSync(join(dir, 'lock'), '');
  openDataDirectory(dir).release();
});

test.runIf(process.platform === 'linux')('a later process with the number of a dead holder is not taken for it', () => {
  openDataDirectory(dir);
  rewriteLock({ birth: 'another boot:1' });
  openDataDirectory(dir).release();
});

test('a release leaves alone what another holds by now', () => {
  const first = openDataDirectory(dir);
  rewriteLock({ token: 'of another' });
  first.release();
  expect(existsSync(join(dir, 'lock'))).toBe(true);
});

test('a place where no directory can be made is named', () => {
  writeFileSync(join(parent, 'file'), '');
  expect(() => openDataDirectory(join(parent, 'file', 'data'))).toThrow(/file.data cannot be made: .*\n.*--data-dir/);
});

const readLock = () => JSON.parse(readFileSync(join(dir, 'lock'), 'utf8'));
const rewriteLock = (change: object): void =>
  writeFileSync(join(dir, 'lock'), JSON.stringify({ ...readLock(), ...change }));
