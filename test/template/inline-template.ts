import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GavelError, type Problem } from '#gateway/problem.ts';
import { type ReadOptions, type ReadResult, readApplication } from '#gateway/template/read-application.ts';

type Options = Omit<ReadOptions, 'templateFile'> & {
  readonly files?: Readonly<Record<string, string>>;
  readonly name?: string;
};

/** Reads a template that the test writes out, in a folder of its own that is gone afterwards. */
export const readInline = (
  text: string,
  { files = {}, name = 'template.yaml', ...options }: Options = {},
): ReadResult => {
  const folder = mkdtempSync(join(tmpdir(), 'gavel-template-'));
  try {
    for (const [path, content] of Object.entries({ [name]: text, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return readApplication({ templateFile: join(folder, name), stackName: 'test', ...options });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The problems of a template that must not read. */
export const problemsOf = (text: string, options?: Options): readonly Problem[] => {
  try {
    readInline(text, options);
  } catch (error) {
    if (error instanceof GavelError) return error.problems;
    throw error;
  }
  throw new Error('The template was read without a problem.');
};

/** `line:column what` of each problem, the folder's name taken out. */
export const shown = (problems: readonly Problem[]): readonly string[] =>
  problems.map(
    ({ what, place }) =>
      `${place ? `${place.line}:${place.column} ` : ''}${what.replace(/\S*gavel-template-\w+\//g, '')}`,
  );

/** The outputs of a template whose values are under test. */
export const outputsOf = (outputs: string, rest = ''): Readonly<Record<string, string>> =>
  readInline(`${rest}
Resources:
  Topic: { Type: AWS::SNS::Topic }
Outputs:
${outputs
  .trim()
  .split('\n')
  .map((line) => {
    const colon = line.indexOf(':');
    return `  ${line.slice(0, colon).trim()}: { Value: ${line.slice(colon + 1).trim()} }`;
  })
  .join('\n')}
`).application.outputs;

/** A template with a mark « where a problem must stand, the mark taken out, and its `line:column`. */
export const atMark = (text: string): { readonly template: string; readonly place: string } => {
  const before = text.slice(0, text.indexOf('«')).split('\n');
  return { template: text.replace('«', ''), place: `${before.length}:${before.at(-1)!.length + 1}` };
};
