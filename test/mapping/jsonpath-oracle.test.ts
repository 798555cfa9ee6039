import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { compilePath } from '#gateway/mapping/jsonpath/compile-path.ts';
import { type JsonPathDialect, jayway24, jayway210 } from '#gateway/mapping/jsonpath/dialect.ts';
import { JsonPathError, JsonPathSyntaxError } from '#gateway/mapping/jsonpath/errors.ts';
import { jsonText } from '#gateway/mapping/vtl/values/json.ts';
import type { Value } from '#gateway/mapping/vtl/values/value.ts';

type Answer =
  | { readonly syntax: true }
  | { readonly definite: boolean; readonly missing: true }
  | { readonly definite: boolean; readonly error: string }
  | { readonly definite: boolean; readonly value: unknown };

const read = <Content>(file: string): Content =>
  JSON.parse(readFileSync(new URL(`../oracle/jsonpath/${file}`, import.meta.url), 'utf8'));

const { documents, cases } = read<{
  readonly documents: Readonly<Record<string, unknown>>;
  readonly cases: readonly (readonly [document: string, path: string])[];
}>('cases.json');

const answer = (document: unknown, path: string, dialect: JsonPathDialect): Answer => {
  try {
    const { definite, read: readFrom } = compilePath(path, dialect);
    try {
      const value = readFrom(document);
      return value === undefined
        ? { definite, missing: true }
        : { definite, value: JSON.parse(jsonText(value as Value)) };
    } catch (error) {
      if (error instanceof JsonPathError) return { definite, error: error.message };
      throw error;
    }
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) return { syntax: true };
    throw error;
  }
};

/** An error is the same by whatever name: what API Gateway shows of it says no more. */
const isSame = (own: Answer, theirs: Answer): boolean =>
  'error' in own && 'error' in theirs ? own.definite === theirs.definite : isDeepStrictEqual(own, theirs);

/** Where the dialect of 2.4 is not followed: API Gateway's is the other one. */
const reasons24: Readonly<Record<string, readonly string[]>> = {
  'a parameter that is a list counts as its elements since then': [
    '$.concat($.tags)',
    '$.sum($.lots[0].bids[*].amount)',
    '$.sum($.lots[0,1].car.year)',
    '$.sum($.lots[0:2].car.year)',
    '$.sum($..year)',
    '$.avg($.lots[*].car.year)',
  ],
  'what was appended got lost when a path was read': ['$.bids.append(5)', '$.ints.append(9).sum()'],
  'parentheses were read otherwise': ['$.lots.sum(1', '$.lots.length().length()'],
  'empty took objects': ['$.items[?(@.o empty true)].id', '$.items[?(@.id < 3 && @.o empty true)].id'],
};
const differences24 = new Set(Object.values(reasons24).flat());

test.each([
  ['2.10.0', jayway210, new Set<string>()],
  ['2.4.0', jayway24, differences24],
])('paths mean what Jayway %s makes of them', (version, dialect, differences) => {
  const answers = read<readonly Answer[]>(`answers-${version}.json`);
  expect(answers).toHaveLength(cases.length);
  const different = cases.flatMap(([name, path], n) => {
    const own = answer(documents[name], path, dialect);
    return isSame(own, answers[n]!) ? [] : [{ name, path, own, theirs: answers[n] }];
  });
  console.info(`JSONPath: ${cases.length} cases of Jayway ${version}, ${different.length} of them different by name`);
  expect(different.filter(({ path }) => !differences.has(path))).toEqual([]);
  expect(different.map(({ path }) => path).sort()).toEqual([...differences].sort());
});
