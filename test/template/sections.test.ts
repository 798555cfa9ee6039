import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLines } from '#gateway/template/text/lines.ts';
import type { Plain } from '#gateway/template/text/plain.ts';
import { isList, isMap } from '#gateway/template/text/plain.ts';
import { placeOf } from '#gateway/template/text/positions.ts';
import { createSectionReader } from '#gateway/template/text/section-reader.ts';
import { topSections } from '#gateway/template/text/sections.ts';
import { readYaml } from '#gateway/template/text/yaml.ts';
import { mutantOf, randomFrom } from './mutants.ts';

const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/oracle/sam-translator/fixtures');
const files = [
  ...['template.yaml', 'openapi/market.yaml', 'openapi/bidding.yaml'].map((file) => join(root, file)),
  ...readdirSync(fixtures)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => join(fixtures, file)),
];

/** Every value with the place of each key and item beside it. */
const placed = (value: Plain): unknown => {
  if (isList(value)) return [placeOf(value), value.map((item, i) => [placeOf(value, i), placed(item)])];
  if (!isMap(value)) return value;
  return [placeOf(value), Object.entries(value).map(([key, item]) => [key, placeOf(value, key), placed(item)])];
};

const whole = (text: string): unknown => {
  const slips: unknown[] = [];
  const read = readYaml(text, createLines('a.yaml', text), 200, (...slip) => slips.push(slip));
  return slips.length > 0 || read === null ? null : placed(read.value);
};

const read = (sections: ReturnType<typeof createSectionReader>, text: string): unknown => {
  const value = sections('a.yaml', text)?.value;
  return value === undefined ? null : placed(value);
};

test('a file read by its sections is the file read as a whole, places and all', () => {
  let parted = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const bySections = read(createSectionReader(200), text);
    if (bySections === null) continue;
    parted++;
    expect(bySections, file).toEqual(whole(text));
  }
  expect(parted).toBeGreaterThan(files.length * 0.8);
});

test('after any change of one line, what was remembered changes nothing', () => {
  const text = readFileSync(join(fixtures, 'function-globals.yaml'), 'utf8');
  const lines = text.split('\n');
  const sections = createSectionReader(200);
  for (const [i, line] of lines.entries()) {
    for (const changed of [
      '',
      `${line}\n# more`,
      ` ${line}`,
      line.trimStart(),
      `${line} x`,
      `- ${line}`,
      line.replace(':', ''),
    ]) {
      const edited = lines.with(i, changed).join('\n');
      const bySections = read(sections, edited);
      if (bySections !== null) expect(bySections, `line ${i + 1}: ${changed}`).toEqual(whole(edited));
    }
  }
  expect(read(sections, text)).toEqual(whole(text));
});

test('a slip anywhere changes nothing in how the rest is read', () => {
  const random = randomFrom(7);
  let parted = 0;
  for (let i = 0; i < 400; i++) {
    const { what, text } = mutantOf(readFileSync(files[1 + (i % (files.length - 1))]!, 'utf8'), random);
    const bySections = read(createSectionReader(200), text);
    if (bySections === null) continue;
    parted++;
    expect(bySections, what).toEqual(whole(text));
  }
  expect(parted).toBeGreaterThan(100);
});

test.each([
  ['a quote that goes on', "A: 'b\n  c'\nD: 1\n"],
  ['a word that goes on', 'A: b\n  c\nD: 1\n'],
  ['a folded text', 'A: >\n  b\n  c\n\nD: 1\n'],
  ['a literal text with more inside', 'A: |\n  b\n    c\n\n  d\n\n\nD: |-\n  e\n\nF: 1\n'],
  ['a literal text that begins with a blank line', 'A: |\n\n  b\nD: 1\n'],
  ['white space in a literal text', 'A: |\n  b\n     \n  c\nD: 1\n'],
  ['escapes', "A: \"b\\tc\"\nD: 'it''s'\n"],
  ['comments everywhere', '# a\nA: b # c\n# d\nE: [f, "g # h"] # i\nJ: k#l\n'],
  ['braces in words', 'A: a{b}c\nD: ${e}\n"/f/{g}": h\n/i/{j}: k\n'],
  ['lists at the margin of their key', 'A:\n- b\n- C: d\n  E: f\n- [g]\nH: 1\n'],
  ['lists in lists', 'A:\n  - - b\n    - c\n  - [d, [e]]\n'],
  [
    'tags of all kinds',
    'A: !Sub "${b}"\nC: !If\n  - d\n  - !Ref e\n  - !GetAtt f.g\nH: !Join [",", [!Ref i, j]]\nK: !Sub |\n  l\n',
  ],
  ['empty things', 'A: {}\nB: []\nC:\nD: ""\nE:\n  F:\nG:\n'],
  ['words that mean something', 'A: yes\nB: [no, 012, 1.0, ~, null]\nC: !Ref yes\nD: 2012-10-17\n'],
  ['colons in words', 'A: a:b\nC: http://d\nE: [arn:aws:f, g]\n'],
  ['no line at the end', 'A: b\nC: d'],
  ['a literal text at the end, without a line break', 'A: b\nC: |\n  d'],
])('what is read quickly is read right: %s', (_, text) => {
  const bySections = read(createSectionReader(200), text);
  expect(whole(text)).not.toBeNull();
  if (bySections !== null) expect(bySections).toEqual(whole(text));
});

test.each([
  ['an anchor', 'A: &a 1\nB: *a\n'],
  ['a directive', '%YAML 1.1\n---\nA: 1\n'],
  ['two documents', '---\nA: 1\n---\nB: 1\n'],
  ['an end of the document', 'A: 1\n...\nB: 2\n'],
  ['a tab', 'A:\n\tB: 1\n'],
  ['a line separator', 'A: 1\u2028B: 2\n'],
])('a text with %s is read as a whole', (_, text) => {
  expect(topSections(text)).toBeNull();
});

test('what is written at the margin stays with its key', () => {
  const text = `---
# A comment before.
Description: >-
  folded
  text
# Between.

Transform:
- AWS::LanguageExtensions
- AWS::Serverless-2016-10-31
Globals: {
  Function: { Timeout: 3 }
  }
Resources: # All of them.
  # The first.
  A:
    Type: AWS::SNS::Topic
# At the margin.
  "B":
    Type: AWS::Lambda::LayerVersion
    Properties:
      Description: |

        two lines

        # no comment
      CompatibleRuntimes:
      - nodejs24.x
  ? C
  : Type: AWS::SNS::Topic
Outputs: {}
`;
  const sections = topSections(text)!;
  expect(sections.map((section) => section.firstLine)).toEqual([1, 8, 11, 14, 31]);
  expect(read(createSectionReader(200), text)).toBeNull();
  const plain = text.replace('  ? C\n  : Type: AWS::SNS::Topic\n', '');
  expect(read(createSectionReader(200), plain)).toEqual(whole(plain));
});
