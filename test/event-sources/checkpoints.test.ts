import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointFile } from '#gateway/lambda/event-sources/checkpoints.ts';
import { eventually } from '../cloud/eventually.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gavel-checkpoints-'));
  file = join(dir, 'checkpoints.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

const checkpoint = (position: number) => ({ stream: 's', since: 1, positions: { shard: String(position) } });

test('are remembered at once, and on the disk soon after', async () => {
  const store = checkpointFile(file);
  expect(store.get('a')).toBeUndefined();
  store.set('a', checkpoint(1));
  expect(store.get('a')).toEqual(checkpoint(1));
  expect(await eventually('the file', () => checkpointFile(file).get('a'))).toEqual(checkpoint(1));
});

test('are all there after a flush, with nothing beside them', async () => {
  const store = checkpointFile(file);
  for (let i = 1; i <= 1_000; i++) store.set(`mapping ${i % 3}`, checkpoint(i));
  await store.flush();
  const reopened = checkpointFile(file);
  expect([0, 1, 2].map((i) => reopened.get(`mapping ${i}`)?.positions.shard)).toEqual(['999', '1000', '998']);
  expect(readdirSync(dir)).toEqual(['checkpoints.json']);
});

test('that cannot be read are named, not begun anew', () => {
  writeFileSync(file, '{"a":');
  expect(() => checkpointFile(file)).toThrow(/checkpoints.json: .*\n {2}Remove the file/);
});

test('that cannot be written are said by a flush', async () => {
  const store = checkpointFile(join(dir, 'missing', 'checkpoints.json'));
  store.set('a', checkpoint(1));
  await expect(store.flush()).rejects.toThrow('ENOENT');
});
