import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { type CompiledSchema, compileSchema } from '#gateway/mapping/json-schema/compile-schema.ts';
import { parseJsonText } from '#gateway/mapping/json-schema/json-text.ts';
import { SchemaError } from '#gateway/mapping/json-schema/schema-error.ts';
import { SchemaLoopError } from '#gateway/mapping/json-schema/schema-node.ts';

type DocumentAnswer = readonly string[] | { readonly loop: true } | { readonly unreadable: true };
type Answer =
  | readonly DocumentAnswer[]
  | { readonly invalid: readonly (readonly [pointer: string, message: string])[] };

type Outcome = {
  readonly schema: string;
  /** Null for what is said of the schema itself. */
  readonly document: string | null;
  readonly own: unknown;
  readonly theirs: unknown;
};

const read = <Content>(file: string): Content =>
  JSON.parse(readFileSync(new URL(`../oracle/json-schema/${file}`, import.meta.url), 'utf8'));

const { models, cases } = read<{
  readonly models: Readonly<Record<string, unknown>>;
  readonly cases: readonly { readonly schema: string; readonly documents: readonly string[] }[];
}>('cases.json');

const answer = (schema: string, documents: readonly string[]): Answer => {
  try {
    const compiled = compileSchema(parseJsonText(schema), (address) => models[address]);
    return documents.map((document) => documentAnswer(compiled, document));
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { invalid: error.problems.map(({ pointer, message }) => [pointer, message] as const) };
  }
};

const documentAnswer = ({ validate }: CompiledSchema, document: string): DocumentAnswer => {
  try {
    return validate(parseJsonText(document));
  } catch (error) {
    if (error instanceof SchemaLoopError) return { loop: true };
    if (error instanceof SyntaxError) return { unreadable: true };
    throw error;
  }
};

const differences: ReadonlyMap<string, string> = new Map([
  ['"Ada: a@c.de;"', 'Java Mail takes a group of addresses for one'],
]);

test('values are wrong by the words, and in the order, of the Java validator', () => {
  const answers = read<readonly Answer[]>('answers.json');
  expect(answers).toHaveLength(cases.length);
  const outcomes = cases.flatMap(({ schema, documents }, n): readonly Outcome[] => {
    const own = answer(schema, documents);
    const theirs = answers[n]!;
    if ('invalid' in own || 'invalid' in theirs) return [{ schema, document: null, own, theirs }];
    return documents.map((document, at) => ({ schema, document, own: own[at], theirs: theirs[at] }));
  });
  const different = outcomes.filter(({ own, theirs }) => !isDeepStrictEqual(own, theirs));
  console.info(
    `JSON Schema: ${outcomes.length} cases of the Java validator, ${different.length} of them different by name`,
  );
  expect(different.filter(({ document }) => document === null || !differences.has(document))).toEqual([]);
  expect(different.map(({ document }) => document)).toEqual([...differences.keys()]);
});
