import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { eventually } from '../cloud/eventually.ts';
import { temporaryFolder } from '../commands/gavel.ts';

let folder: ReturnType<typeof temporaryFolder>;
let notices: string[];
let gateway: Gateway;

const write = (file: string, text: string): void => {
  mkdirSync(dirname(`${folder.path}/${file}`), { recursive: true });
  writeFileSync(`${folder.path}/${file}`, text);
};
const read = (file: string): string => readFileSync(`${folder.path}/${file}`, 'utf8');
const handler = (text: string, more = ''): string =>
  `${more}\nexport const handler = async (): Promise<object> => ({ statusCode: 200, body: ${text} });\n`;
const template = (more = ''): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts], Format: esm } }
    Properties:
      Runtime: nodejs24.x
      Handler: app.handler
      CodeUri: src/
      Layers: [!Ref Words]
      Events: { A: { Type: HttpApi, Properties: { Path: /a, Method: get } } }
  Words:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layer }
${more}`;
const answers = async (text: string): Promise<void> => {
  await eventually(
    `the answer ${text}`,
    async () => (await (await gateway.fetch('ServerlessHttpApi', '/a')).text()) === text,
  );
};
const reloads = (): number => notices.filter((text) => text.startsWith('Reloaded.')).length;

beforeEach(async () => {
  folder = temporaryFolder();
  notices = [];
  write('src/app.ts', handler("'one'"));
  write('layer/nodejs/word.mjs', "export const word = 'layer one';");
  write('template.yaml', template());
  const observer = createObserver();
  observer.subscribe((seen) => seen.kind === 'notice' && notices.push(seen.text));
  gateway = await startGateway({ template: `${folder.path}/template.yaml`, watch: true, observer });
  await answers('one');
});
afterEach(async () => {
  await gateway.stop();
  folder.remove();
});

test('a touch, and a file written as it was, reload nothing', async () => {
  // What the sources hold is looked at after the start; an edit that was seen says that it was.
  write('src/app.ts', handler("'seen'"));
  await answers('seen');
  await eventually('the reload', () => reloads() === 1);
  utimesSync(`${folder.path}/src/app.ts`, new Date(), new Date());
  utimesSync(`${folder.path}/template.yaml`, new Date(), new Date());
  write('layer/nodejs/word.mjs', read('layer/nodejs/word.mjs'));
  write('src/app.ts', read('src/app.ts'));
  write('src/new.ts', 'export const text = "new";');
  await eventually('the reload of the new file', () => reloads() === 2);
  write('src/app.ts', handler("'last'"));
  await answers('last');
  await eventually('the reload of the last edit', () => reloads() === 3);
});

test('code that does not compile is told, and not called a reload', async () => {
  write('src/app.ts', 'export const handler = async (');
  await eventually('it is told', () => notices.some((text) => /Hello does not build.*\n.*app\.ts:1:31/.test(text)));
  await answers('one');
  write('src/app.ts', handler("'mended'"));
  await answers('mended');
  await eventually('the reload', () => reloads() === 1);
});

test('edits of all kinds are seen: atomic saves, renames, folders made anew, layers, many files at once', async () => {
  write('src/app.ts.tmp', handler("'saved'"));
  renameSync(`${folder.path}/src/app.ts.tmp`, `${folder.path}/src/app.ts`);
  await answers('saved');

  write('src/parts/a.ts', "export const part = 'part';");
  write('src/app.ts', handler('part', "import { part } from './parts/a.ts';"));
  await answers('part');
  write('src/parts/a.ts', "export const part = 'another part';");
  await answers('another part');

  renameSync(`${folder.path}/src/parts/a.ts`, `${folder.path}/src/parts/b.ts`);
  write('src/app.ts', handler('part', "import { part } from './parts/b.ts';"));
  await answers('another part');

  rmSync(`${folder.path}/src`, { recursive: true });
  await eventually('it is told', () => notices.some((text) => /does not build|Not reloaded/.test(text)));
  write('src/app.ts', handler("'made anew'"));
  await answers('made anew');
  write('src/app.ts', handler("'edited anew'"));
  await answers('edited anew');

  write('src/app.ts', handler('word', "// @ts-ignore\nimport { word } from '/opt/nodejs/word.mjs';"));
  write('template.yaml', template().replace('EntryPoints: [app.ts]', "EntryPoints: [app.ts], External: ['/opt/*']"));
  await answers('layer one');
  write('layer/nodejs/word.mjs', "export const word = 'layer two';");
  await answers('layer two');

  for (let i = 0; i < 200; i++) write(`src/many/m${i}.ts`, `export const m${i} = ${i};`);
  write('src/app.ts', handler('`${m199}`', "import { m199 } from './many/m199.ts';"));
  await answers('199');
});

test('an API that a reload adds is told with its address', async () => {
  const more = `  Own:
    Type: AWS::Serverless::HttpApi
    Properties: { StageName: dev, DefinitionBody: { openapi: 3.0.1, info: { title: own }, paths: {} } }
`;
  write('template.yaml', template(more));
  await eventually('the address', () => notices.some((text) => /Own dev {2}http:\/\/127\.0\.0\.1:\d+\/dev/.test(text)));
  expect(notices.find((text) => text.includes('Own dev'))).toBe(`Reloaded.\n  Own dev  ${gateway.url('Own')}`);
});
