import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { residentMegabytes } from '../bench/memory.ts';
import { startServer } from '../bench/server-process.ts';
import { root } from './machine.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gavel-long-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const template = (word: string): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [hello.ts], Format: esm } }
    Properties:
      Runtime: nodejs24.x
      Handler: hello.handler
      CodeUri: code
      Layers: [!Ref Words]
      Environment: { Variables: { WORD: ${word} } }
      Events: { Get: { Type: HttpApi, Properties: { Path: /hello, Method: get } } }
  Words: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layer } }
`;
const handler = (word: string): string =>
  `export const handler = async (): Promise<object> => ({ statusCode: 200, body: '${word} ' + process.env.WORD });`;

test.skipIf(process.platform === 'win32')('two hundred reloads leave no memory behind', async () => {
  for (const name of ['code', 'layer']) mkdirSync(path.join(folder, name));
  const write = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
  write('code/hello.ts', handler('a0'));
  write('layer/words.txt', '0');
  write('template.yaml', template('b0'));
  const command = ['start', '--template', path.join(folder, 'template.yaml'), '--json', '--port', '0'];
  const server = await startServer([path.join(root, 'bin/gavel.mjs'), ...command], /^\{"ready":true/);
  try {
    const { apis } = JSON.parse(server.line) as { apis: { stages: Record<string, string> }[] };
    const url = `${apis[0]!.stages.$default}/hello`;
    const reload = async (count: number): Promise<void> => {
      const word = count % 4 === 3 ? `a${count - 1}` : `a${count}`;
      if (count % 4 === 3) write('template.yaml', template(`b${count}`));
      else write('code/hello.ts', handler(word));
      if (count % 4 === 2) write('layer/words.txt', String(count));
      const deadline = performance.now() + 10_000;
      const wanted = count % 4 === 3 ? ` b${count}` : `a${count} `;
      while (!(await (await fetch(url)).text()).includes(wanted)) {
        if (performance.now() > deadline) throw new Error(`edit ${count} shows nowhere`);
      }
    };
    for (let count = 1; count <= 60; count++) await reload(count);
    const before = residentMegabytes(server.pid)!;
    for (let count = 61; count <= 260; count++) await reload(count);
    const after = residentMegabytes(server.pid)!;
    process.stdout.write(`${before.toFixed(0)} MB after 60 reloads, ${after.toFixed(0)} MB after 260\n`);
    expect(after - before).toBeLessThan(60);
  } finally {
    await server.stop();
  }
});
