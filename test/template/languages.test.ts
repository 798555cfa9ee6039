import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { GavelError } from '#gateway/problem.ts';
import { readApplication } from '#gateway/template/read-application.ts';
import { outputsOf, problemsOf, readInline, shown } from './inline-template.ts';

const folder = mkdtempSync(join(tmpdir(), 'gavel-template-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refusal = (bytes: Uint8Array | string, name = 'template.yaml'): string => {
  writeFileSync(join(folder, name), bytes);
  try {
    readApplication({ templateFile: join(folder, name) });
  } catch (error) {
    if (error instanceof GavelError) return shown(error.problems).join('\n');
    throw error;
  }
  return 'none';
};
const topic = 'Resources:\n  A: { Type: AWS::SNS::Topic }\n';

describe('files that are no text', () => {
  test.each([
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0), '1:1 The file is not text: it holds zero bytes.'],
    ['UTF-16', Buffer.from(`\uFEFF${topic}`, 'utf16le'), '1:1 The file is UTF-16.'],
    ['Latin-1', Buffer.from('A: \xe9', 'latin1'), '1:1 The file is not UTF-8 text.'],
    ['nothing', '', '1:1 The file is empty.'],
    ['white space', ' \n\n', '1:1 The file is empty.'],
    ['only a marker', '---\n', '1:1 The file is empty.'],
    ['one word', 'hello', '1:1 The template must be a map.'],
  ])('%s', (_, bytes, refused) => {
    expect(refusal(bytes)).toBe(refused);
  });

  test('a byte order mark and line ends of Windows change nothing, and no place', () => {
    expect(refusal(`\uFEFF${topic}`)).toBe('none');
    expect(refusal(topic.replaceAll('\n', '\r\n'))).toBe('none');
    expect(refusal(`\uFEFF${topic}  B: 1\n`.replaceAll('\n', '\r\n'))).toBe(
      '3:3 The resource B must be a map, not a number.',
    );
  });
});

describe('JSON', () => {
  const json = (text: string): string => refusal(text, 'template.json');

  test.each([
    ['a comment', '{\n  // all\n  "Resources": {}\n}', '2:3 JSON takes no comments.'],
    [
      'a comma too many before a colon',
      '{ "Resources": { "A" "Type": 1 } }',
      '1:22 "\\"" stands where JSON wants : after a name.',
    ],
    ['no comma', '{\n  "Resources": { "A": 1 "B": 2 }\n}', '2:25 "\\"" stands where JSON wants , or }.'],
    ['an open map', '{\n  "Resources": {\n', '2:16 The text ends where JSON wants a name in double quotes.'],
    ['an open text', '{ "Resources: { } }', '1:3 A text is not closed on its line.'],
    ['a word', '{ "Resources": True; }', '1:16 "T" stands where JSON wants a value.'],
    ['something after it', '{} {}', '1:4 "{" stands where JSON wants the end of the text.'],
    ['single quotes', "{ 'Resources': { 'A': { 'Type': ] } }", '1:3 JSON takes no single quotes.'],
  ])('%s is refused with its place', (_, text, refused) => {
    expect(json(text)).toBe(refused);
  });

  test.each([
    ['a comma too many', '{ "Resources": { "A": { "Type": "AWS::SNS::Topic", } } }', '1:50 A comma stands before }.'],
    ['a comment of YAML', '{ "Resources": {} } # all', '1:21 JSON takes no comments.'],
  ])('%s is a slip in a file that is called .json, and fine in YAML', (_, text, refused) => {
    expect(json(text)).toBe(refused);
    expect(refusal(text)).toMatch(/^none$|no Resources/);
  });

  test('problems further on have places too', () => {
    expect(json('{\n\t"Resources": {\n\t\t"A": { "Type": "AWS::SNS::Topic", "Properties": [] }\n\t}\n}')).toBe(
      '3:37 The Properties of A must be a map, not a list.',
    );
  });

  test('escapes and numbers mean what they mean', () => {
    const value = { text: 'a\n"b"\\\u00e9', whole: 12, part: 1.5e3, yes: true, nothing: null, list: [1, []] };
    const { application } = readInline(
      JSON.stringify({ Metadata: value, Resources: { A: { Type: 'AWS::SNS::Topic' } } }),
    );
    expect(application.metadata).toEqual(value);
  });
});

describe('YAML', () => {
  test('words of YAML 1.1 mean what they mean to SAM', () => {
    expect(outputsOf('A: yes\nB: off\nC: "yes"\nD: 1_000\nE: 22:22')).toEqual({
      A: 'true',
      B: 'false',
      C: 'yes',
      D: '1000',
      E: '22:22',
    });
  });

  test('aliases that stand for more than anything holds are refused, quickly', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [i, name] of [...'bcdefghij'].entries())
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[i]}`).join(', ')}]`);
    const began = performance.now();
    expect(shown(problemsOf(`${bomb.join('\n')}\n${topic}`))).toEqual([
      expect.stringMatching(/^\d+:\d+ With \*\w the file stands for more than a million values\.$/),
    ]);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test.each([
    ['lists', '['],
    ['maps', '{a: '],
    ['JSON', '[['],
  ])('nesting without end is refused: %s', (_, open) => {
    expect(refusal(`A: ${open.repeat(4_000)}`)).toMatch(/This is nested more than 200 levels deep\./);
    expect(
      refusal(`A: ${open.repeat(300)}${open === '{a: ' ? '}'.repeat(300) : ']'.repeat(300 * open.length)}`),
    ).toMatch(/This is nested more than 200 levels deep\.$/);
  });

  test('merge keys take a list of anchors; the earlier one wins', () => {
    const { application } = readInline(`
Metadata:
  One: &one { A: 1, B: 1 }
  Two: &two { B: 2, C: 2 }
  Both: { <<: [*one, *two], D: 3 }
  Quoted: { "<<": 4 }
${topic}`);
    expect(application.metadata).toMatchObject({ Both: { A: 1, B: 1, C: 2, D: 3 }, Quoted: { '<<': 4 } });
  });

  test.each([
    ['A: "x\nB: y\n', '1:4 This is not valid YAML: Missing closing "quote.'],
    ['A: { B: 1\nC: 2\n', /^1:4 /],
    ['Resources:\n  A: [x, {y: 1]\n', /^2:\d+ /],
    ['A: *nobody\n', '1:4 The alias *nobody has no anchor.'],
    ['A: &a [*a]\n', '1:8 The alias *a stands inside its own anchor.'],
    ['A: 1\nB: @x\n', /^2:4 This is not valid YAML: Plain value cannot start with reserved character @\.$/],
    ['A: { Path: /orders/{id} }\n', '1:20 A bracket stands inside a text without quotes.'],
    ['A: x: y\n', /^1:\d+ This is not valid YAML: Nested mappings/],
    ['? [a]\n: 1\n', '1:3 A key of a map must be text.'],
    ['<<: 3\n', '1:1 A merge key (<<) takes a map or a list of maps.'],
  ])('a slip is shown where it is: %j', (text, expected) => {
    const told = refusal(text);
    if (typeof expected === 'string') expect(told).toBe(expected);
    else expect(told).toMatch(expected);
  });
});
