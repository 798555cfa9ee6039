import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Dialect, VELOCITY_1_7, VELOCITY_2 } from '#gateway/mapping/vtl/dialect.ts';
import { VtlRenderError, VtlSyntaxError } from '#gateway/mapping/vtl/errors.ts';
import { readJson } from '#gateway/mapping/vtl/read-json.ts';
import { compileTemplate, type Scope } from '#gateway/mapping/vtl/template.ts';

type Case = { readonly template: string; readonly context?: Record<string, unknown> };
type Answer = { readonly output?: string; readonly error?: 'syntax' | 'render' | 'fault' };

const oracle = new URL('../oracle/velocity/', import.meta.url);
const text = (file: string): string => readFileSync(new URL(file, oracle), 'utf8');
const read = <T>(file: string): T => JSON.parse(text(file));
const files = readdirSync(new URL('cases/', oracle)).map((file) => file.replace('.json', ''));
const data = text('data.json');

/** Where our engine means to differ, by template or by its place among the generated ones. */
const differences: readonly { readonly why: string; readonly versions: string; readonly cases: readonly string[] }[] = [
  {
    why: 'a #foreach with too few arguments is refused when it is read',
    versions: '1.7',
    cases: ['#foreach($i $list)$i#end', '#foreach($i in)$i#end', '#foreach()x#end'],
  },
  {
    why: 'there are no files to include: refused when it is read',
    versions: '1.7 2.4',
    cases: ['#include("x")', '#parse("x")'],
  },
  {
    why: "Java's streams are not there",
    versions: '1.7 2.4',
    cases: ['$text.chars().count()', '$text.lines().count()'],
  },
  { why: 'Velocity loses the rest of such a reference', versions: '1.7 2.4', cases: ['$\\!{x}'] },
  {
    why: 'a sum that has no value, in a text, shows as a part of how it was written',
    versions: '1.7',
    cases: ['generated 144'],
  },
  {
    why: 'with conversions two methods of that name are as good as each other, and Velocity calls none',
    versions: '2.4',
    cases: ['generated 754'],
  },
  { why: 'dollars before a block that is nested too deeply show twice', versions: '2.4', cases: ['generated 607'] },
];

const rendered = ({ template, context }: Case, dialect: Dialect): Answer => {
  try {
    const compiled = compileTemplate(template, dialect);
    const scope = (context ?? readJson(data)) as Scope;
    return { output: compiled.render(scope) };
  } catch (error) {
    if (error instanceof VtlSyntaxError) return { error: 'syntax' };
    if (error instanceof VtlRenderError) return { error: 'render' };
    throw error;
  }
};

describe.each([
  ['1.7', VELOCITY_1_7],
  ['2.4', VELOCITY_2],
] as const)('as Apache Velocity %s', (version, dialect) => {
  const meant = new Set(differences.filter(({ versions }) => versions.includes(version)).flatMap(({ cases }) => cases));
  const met = new Set<string>();
  let compared = 0;

  test.each(files)('%s', (file) => {
    const cases = readJson(text(`cases/${file}.json`)) as unknown as Case[];
    const answers = read<Answer[]>(`answers/${file}.${version}.json`);
    const wrong: unknown[] = [];
    expect(answers).toHaveLength(cases.length);
    for (const [at, each] of cases.entries()) {
      const answer = answers[at]!;
      if (answer.error === 'fault') continue;
      compared++;
      const ours = rendered(each, dialect);
      if (ours.output === answer.output && ours.error === answer.error) continue;
      const name = [each.template, `${file} ${at}`].find((known) => meant.has(known));
      if (name) met.add(name);
      else wrong.push({ template: each.template, at, velocity: answer, ours });
    }
    expect(wrong).toEqual([]);
  });

  test('differs just where it means to', () => {
    expect([...meant].filter((each) => !met.has(each))).toEqual([]);
    expect(compared).toBeGreaterThan(2000);
    process.stdout.write(`${compared} templates as Velocity ${version} shows them, ${met.size} otherwise\n`);
  });
});
