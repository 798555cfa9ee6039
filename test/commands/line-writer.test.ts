import { expect, test } from 'vitest';
import { lineWriter } from '#gateway/commands/line-writer.ts';
import { eventually } from '../cloud/eventually.ts';

test('what nobody reads is left out, and told of when somebody reads again', async () => {
  const written: string[] = [];
  const out = { writableLength: 0, write: (text: string) => written.push(text) };
  const lines = lineWriter(out);
  lines.write('one\n');
  lines.write('two\n');
  await eventually('the first lines', () => written.length === 1);
  out.writableLength = 2_000_000;
  lines.write('lost\n');
  await new Promise((next) => setTimeout(next, 20));
  out.writableLength = 0;
  lines.write('three\n');
  await eventually('the next line', () => written.length === 2);
  expect(written).toEqual(['one\ntwo\n', '(5 characters were left out: nobody read them)\nthree\n']);
});
