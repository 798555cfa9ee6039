import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root, sourceFiles } from './imports.ts';

const files = sourceFiles();

test('no file is longer than 250 lines: one that is holds two ideas', () => {
  const long = files
    .map((file) => ({ file, lines: readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 250);
  expect(long).toEqual([]);
});

test('files are named in kebab-case, by what they hold', () => {
  const names = files.map((file) => ({ file, name: path.posix.basename(file).replace(/(\.d)?\.(ts|tsx|mts)$/, '') }));
  expect(names.filter(({ name }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)).map(({ file }) => file)).toEqual([]);
  expect(files.filter((file) => /\b(utils?|helpers?|common|misc)\b/.test(file))).toEqual([]);
});
