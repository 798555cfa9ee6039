import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { eventually } from '../cloud/eventually.ts';
import { temporaryFolder } from '../commands/gavel.ts';

const folder = temporaryFolder();
const notices: string[] = [];
let gateway: Gateway;

const handler = (text: string): void =>
  writeFileSync(
    `${folder.path}/src/app.mjs`,
    `export const handler = async () => ({ statusCode: 200, body: ${text} });`,
  );
const template = (paths: readonly string[]): void =>
  writeFileSync(
    `${folder.path}/template.yaml`,
    `Transform: AWS::Serverless-2016-10-31
Resources:
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: app.handler
      CodeUri: src/
      Events:
${paths.map((path, i) => `        R${i}: { Type: HttpApi, Properties: { Path: ${path}, Method: get } }`).join('\n')}
`,
  );
const get = async (path: string): Promise<string> => {
  const response = await gateway.fetch('ServerlessHttpApi', path);
  return `${response.status} ${await response.text()}`;
};

beforeAll(async () => {
  mkdirSync(`${folder.path}/src`);
  handler("'one'");
  template(['/a']);
  const observer = createObserver();
  observer.subscribe((observation) => {
    if (observation.kind === 'notice') notices.push(observation.text);
  });
  gateway = await startGateway({ template: `${folder.path}/template.yaml`, watch: true, observer });
});
afterAll(async () => {
  await gateway?.stop();
  folder.remove();
});

test('an edited handler answers without a restart', async () => {
  expect(await get('/a')).toBe('200 one');
  handler("'two'");
  await eventually('the edit answers', async () => (await get('/a')) === '200 two');
});

test('an edited template has its new route, on the same port', async () => {
  const url = gateway.url('ServerlessHttpApi');
  template(['/a', '/b']);
  await eventually('the route is there', async () => (await get('/b')) === '200 two');
  expect(gateway.url('ServerlessHttpApi')).toBe(url);
});

test('a template that cannot be read leaves the last good one in place and says where it is wrong', async () => {
  notices.length = 0;
  writeFileSync(`${folder.path}/template.yaml`, 'Resources: [\n');
  await eventually('it is told', () => notices.some((text) => /Not reloaded[\s\S]*template\.yaml:\d+:\d+/.test(text)));
  expect(await get('/a')).toBe('200 two');
  template(['/a']);
  await eventually('the route has gone', async () => (await get('/b')) === '404 {"message":"Not Found"}');
});
