import { expect, test } from 'vitest';
import { createLines } from '#gateway/template/text/lines.ts';
import type { PlainMap } from '#gateway/template/text/plain.ts';
import { readYaml } from '#gateway/template/text/yaml.ts';
import words from '../oracle/yaml/words.json' with { type: 'json' };

/** Where the gateway means to differ from SAM's own reader, and why. A test fails when one of these differs no more. */
const choices: readonly (readonly [RegExp, string])[] = [
  [/^-?0[0-7]+$/, 'an octal number to SAM; CloudFormation keeps digits such as those of an account id as they are'],
  [/^\d+(:\d+)+$/, 'a number of base 60 to SAM; a clock time or a port mapping to its author'],
  [/^\d{4}-\d/, 'a date to Python; CloudFormation knows no dates'],
  [/^[-+]?\.(inf|nan)$/i, 'JSON, which templates become, has no such number'],
  [/^01\.5$/, 'digits with a leading zero stay as they are'],
  [/^9007199254740991\d/, 'a number that JavaScript cannot hold'],
];

const read = (word: string): unknown => {
  const text = `key: ${word}\n`;
  const slips: unknown[] = [];
  const found = readYaml(text, createLines('words', text), 200, (...slip) => slips.push(slip));
  expect(slips, word).toEqual([]);
  return (found!.value as PlainMap).key;
};
const oracle = ({ kind, value }: (typeof words)[number]): unknown => (kind === 'float' ? Number(value) : value);
const chosen = (word: string): boolean => choices.some(([pattern]) => pattern.test(word));

test('an unquoted word means what it means to SAM', () => {
  for (const record of words) {
    if (!chosen(record.word)) expect(read(record.word), record.word).toEqual(oracle(record));
  }
});

test.each(words.filter(({ word, kind }) => chosen(word) && kind !== 'str'))('$word stays text', (record) => {
  expect(read(record.word)).toBe(record.word);
});

test('tags of YAML that CloudFormation does not read are refused', () => {
  for (const [tag, value] of [
    ['binary', 'aGVsbG8='],
    ['timestamp', '2012-10-17'],
    ['set', '{ a, b }'],
    ['omap', '[ a: 1 ]'],
    ['pairs', '[ a: 1 ]'],
  ]) {
    const text = `key: !!${tag} ${value}\n`;
    const slips: string[] = [];
    readYaml(text, createLines('a', text), 200, (what) => slips.push(what));
    expect(slips).toEqual([`CloudFormation reads no !!${tag}.`]);
  }
});
