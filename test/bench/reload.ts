import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Gate, gate } from './report.ts';
import { startServer } from './server-process.ts';

const root = path.dirname(path.dirname(import.meta.dirname));

export type Reloads = {
  readonly what: string;
  /** From the write of a file to the first answer that shows it, ascending. */
  readonly ms: readonly number[];
  /** null: for comparison. */
  readonly limitMs: number | null;
};

type Edit = {
  readonly what: string;
  readonly limitMs: number | null;
  readonly file: string;
  readonly api: string;
  readonly path: string;
  change(text: string, count: number): string;
  /** What the answer to the edit with that number holds. */
  shown(count: number): string;
};

type Subject = { readonly stage: string; makeFolder(): string; readonly edits: readonly Edit[] };

const small: Subject = {
  stage: '$default',
  makeFolder() {
    const folder = mkdtempSync(path.join(tmpdir(), 'gavel-bench-'));
    mkdirSync(path.join(folder, 'code'));
    writeFileSync(path.join(folder, 'code/hello.ts'), handlerText(0));
    writeFileSync(path.join(folder, 'template.yaml'), templateText);
    return folder;
  },
  edits: [
    {
      what: 'an edited handler in TypeScript',
      limitMs: 150,
      file: 'code/hello.ts',
      api: 'ServerlessHttpApi',
      path: '/hello',
      change: (_, count) => handlerText(count),
      shown: (count) => `edit ${count}.`,
    },
    {
      what: 'an edited template',
      limitMs: 400,
      file: 'template.yaml',
      api: 'ServerlessHttpApi',
      path: '/hello',
      change: (text, count) => text.replace('WORD: word', `WORD: "word ${count}."`),
      shown: (count) => `word ${count}.`,
    },
  ],
};

const handlerText = (count: number): string => `
export const handler = async (): Promise<object> => ({ statusCode: 200, body: \`edit ${count}. \${process.env.WORD}\` });
`;
const templateText = `Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [hello.ts], Format: esm } }
    Properties:
      Runtime: nodejs24.x
      Handler: hello.handler
      CodeUri: code
      Environment: { Variables: { WORD: word } }
      Events: { Get: { Type: HttpApi, Properties: { Path: /hello, Method: get } } }
`;

const sources = ['template.yaml', 'openapi', 'functions', 'layers', 'samconfig.toml', 'package.json', 'tsconfig.json'];

/** The application in a folder of its own, so that its sources may be edited. */
const application: Subject = {
  stage: 'dev',
  makeFolder() {
    const folder = mkdtempSync(path.join(tmpdir(), 'gavel-bench-'));
    for (const name of sources) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    return folder;
  },
  edits: [
    {
      what: 'an edited handler of the application, which loads the AWS SDK anew',
      limitMs: null,
      file: 'functions/market/list-lots.ts',
      api: 'Market',
      path: '/lots?limit=1',
      change: (text, count) => text.replace('lots: page.entries', `edit: ${count}, lots: page.entries`),
      shown: (count) => `"edit":${count},`,
    },
    {
      what: 'an edited OpenAPI definition of the application',
      limitMs: 400,
      file: 'openapi/market.yaml',
      api: 'Market',
      path: '/status',
      change: (text, count) => text.replace('"status":"ok"', `"status":"ok","edit":${count}`),
      shown: (count) => `"edit":${count}}`,
    },
  ],
};

/** `gavel start` as users run it: it watches. */
export const measureReloads = async (count: number, say: (text: string) => void): Promise<readonly Reloads[]> => {
  const results: Reloads[] = [];
  for (const { stage, makeFolder, edits } of [small, application]) {
    const folder = makeFolder();
    const command = ['start', '--template', path.join(folder, 'template.yaml'), '--json', '--port', '0'];
    const config = stage === 'dev' ? ['--config-env', 'dev'] : [];
    const server = await startServer([path.join(root, 'bin/gavel.mjs'), ...command, ...config], /^\{"ready":true/);
    try {
      const { apis } = JSON.parse(server.line) as { apis: { logicalId: string; stages: Record<string, string> }[] };
      for (const edit of edits) {
        const url = apis.find(({ logicalId }) => logicalId === edit.api)!.stages[stage]! + edit.path;
        const ms = await measureEdits(path.join(folder, edit.file), url, edit, count);
        say(`${edit.what}: ${ms.map((each) => each.toFixed(0)).join(' ')} ms`);
        results.push({ what: edit.what, ms, limitMs: edit.limitMs });
      }
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return results;
};

const measureEdits = async (file: string, url: string, edit: Edit, count: number): Promise<readonly number[]> => {
  const original = readFileSync(file, 'utf8');
  const answer = async (): Promise<string> => (await fetch(url)).text();
  const ms: number[] = [];
  // The first one is not counted: it finds nothing compiled.
  for (let at = 1; at <= count + 1; at++) {
    await answer();
    const began = performance.now();
    writeFileSync(file, edit.change(original, at));
    while (!(await answer()).includes(edit.shown(at))) {
      if (performance.now() - began > 10_000) throw new Error(`${edit.what} shows nowhere`);
    }
    if (at > 1) ms.push(performance.now() - began);
  }
  return ms.toSorted((one, other) => one - other);
};

export const p95 = (ms: readonly number[]): number => ms[Math.ceil(ms.length * 0.95) - 1]!;

export const reloadGates = (results: readonly Reloads[]): readonly Gate[] =>
  results.flatMap(({ what, ms, limitMs }) =>
    limitMs === null ? [] : [gate(`to the first new answer, p95: ${what}`, p95(ms), 'at most', limitMs, 'ms')],
  );
