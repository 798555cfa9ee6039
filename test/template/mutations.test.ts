import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GavelError } from '#gateway/problem.ts';
import { readApplication } from '#gateway/template/read-application.ts';
import { type Mutant, mutantOf, randomFrom } from './mutants.ts';

/** Five hundred templates with a slip each: every one reads, or is refused with a message that leads to the slip. */
const count = 500;
const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/oracle/sam-translator/fixtures');
const sources = [
  join(root, 'template.yaml'),
  ...[
    'conditions',
    'function-alias',
    'function-globals',
    'function-roles',
    'function-sources',
    'http-auth-jwt',
    'http-definition-body',
    'rest-auth-lambda',
    'rest-definition-body',
    'rest-stage',
    'simple-tables',
    'websocket-stage',
  ].map((name) => join(fixtures, `${name}.yaml`)),
];

const folder = mkdtempSync(join(tmpdir(), 'gavel-template-'));
beforeAll(() => {
  for (const name of ['functions', 'layers', 'node_modules', 'tsconfig.json'])
    symlinkSync(join(root, name), join(folder, name));
  cpSync(join(root, 'openapi'), join(folder, 'openapi'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linesOf = new Map<string, readonly string[]>();
const expectInside = (
  place: { readonly file: string; readonly line: number; readonly column: number },
  of: string,
): void => {
  const file = resolve(place.file);
  const lines = linesOf.get(file) ?? readFileSync(file, 'utf8').split('\n');
  linesOf.set(file, lines);
  expect(place.line, of).toBeLessThanOrEqual(lines.length);
  expect(place.column, of).toBeLessThanOrEqual((lines[place.line - 1]?.length ?? 0) + 1);
};

/** First and last line of a resource. */
const extentOf = (text: string, resource: string): readonly [number, number] => {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trimStart().startsWith(`${resource}:`) && /^ {0,4}\w/.test(line));
  const after = lines.findIndex((line, i) => i > first && /^( {2})?\S/.test(line) && !/^ *#/.test(line));
  return [first + 1, after < 0 ? lines.length : after];
};

/** Null where it reads. */
const read = (file: string, { what, text, resource }: Mutant): 'near' | 'far' | null => {
  writeFileSync(file, text);
  linesOf.delete(file);
  const began = performance.now();
  try {
    const { support } = readApplication({ templateFile: file, stackName: 'x' });
    for (const line of support) {
      expectInside(line.place, what);
      if (!line.note.startsWith('not known')) continue;
      const name = line.property.split('.').at(-1)!;
      expect(linesOf.get(resolve(line.place.file))![line.place.line - 1], what).toContain(name);
    }
    return null;
  } catch (error) {
    if (!(error instanceof GavelError)) throw new Error(`${what}: ${(error as Error).stack}\n${text}`);
    expect(error.problems.length).toBeGreaterThan(0);
    for (const problem of error.problems) {
      expect(problem.place, `${what}: ${problem.what}`).not.toBeNull();
      expectInside(problem.place!, what);
      expect(problem.what, what).toMatch(/\S.*[.?]$/s);
      expect(problem.remedy, `${what}: ${problem.what}`).toMatch(/\S/);
      expect(problem.what + problem.remedy, what).not.toMatch(/\n\s+at |undefined|\[object|NaN/);
    }
    if (resource === null) return 'near';
    const [first, last] = extentOf(text, resource);
    return error.problems.some(({ place }) => place!.line >= first && place!.line <= last) ? 'near' : 'far';
  } finally {
    expect(performance.now() - began, what).toBeLessThan(2000);
  }
};

test(`${count} slips each read, or are refused where they are`, () => {
  const random = randomFrom(20_261_124);
  const far: string[] = [];
  let refused = 0;
  for (let i = 0; i < count; i++) {
    const source = i % 8 === 0 ? sources[0]! : sources[1 + Math.floor(random() * (sources.length - 1))]!;
    const mutant = mutantOf(readFileSync(source, 'utf8'), random);
    const outcome = read(join(folder, 'template.yaml'), mutant);
    if (outcome !== null) refused++;
    if (outcome === 'far') far.push(`${source.slice(root.length + 1)}: ${mutant.what}`);
  }
  expect(refused).toBeGreaterThan(count / 2);
  expect(far.length / refused, far.join('\n')).toBeLessThan(0.03);
});
