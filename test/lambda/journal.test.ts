import { appendFileSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { journalFile } from '#gateway/lambda/event-invocations/journal.ts';
import { temporaryFolder } from '../commands/gavel.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'events.jsonl');
});
afterEach(() => folder.remove());

const event = (requestId: string, payload = '{}') => ({
  requestId,
  function: { name: 'work', qualifier: null },
  payload,
  acceptedAt: 0,
  runs: 0,
  throttles: 0,
  dueAt: null,
});

test('a journal that could not be written refuses the event, and loses none that comes after', async () => {
  const journal = journalFile(file);
  await journal.keep(event('before'));
  const text = readFileSync(file, 'utf8');
  // A folder in the file's place fails as a full disk does; half a line is what such a disk leaves.
  rmSync(file);
  mkdirSync(file);
  await expect(journal.keep(event('refused'))).rejects.toThrow('EISDIR');
  rmdirSync(file);
  writeFileSync(file, `${text}{"keep":{"requestId":"refu`);
  await journal.keep(event('after'));
  expect(journalFile(file).left).toEqual([event('before'), event('after')]);
});

test('a journal that never runs empty does not grow for ever', async () => {
  const journal = journalFile(file);
  await journal.keep(event('waits'));
  const megabyte = 'x'.repeat(1 << 20);
  for (let i = 0; i < 40; i++) {
    await journal.keep(event(`e${i}`, megabyte));
    journal.done(`e${i}`);
  }
  await journal.flush();
  expect(statSync(file).size).toBeLessThan(20 << 20);
  expect(journalFile(file).left).toEqual([event('waits')]);
});

test('a journal reads what a crash has left, half a line at the end included', async () => {
  const journal = journalFile(file);
  for (const id of ['a', 'b', 'c']) await journal.keep(event(id));
  await journal.keep({ ...event('a'), runs: 1 });
  journal.done('b');
  await journal.flush();
  appendFileSync(file, '{"keep":{"requestId":"d');
  const again = journalFile(file);
  expect(again.left).toEqual([{ ...event('a'), runs: 1 }, event('c')]);
  await again.keep(event('e'));
  expect(journalFile(file).left.map(({ requestId }) => requestId)).toEqual(['a', 'c', 'e']);
  for (const id of ['a', 'c', 'e']) again.done(id);
  await again.flush();
  expect(readFileSync(file, 'utf8')).toBe('');
});
