import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { eventually } from '../cloud/eventually.ts';
import { temporaryFolder } from '../commands/gavel.ts';

let folder: ReturnType<typeof temporaryFolder>;
let gateway: Gateway;
let notices: string[];

beforeEach(() => {
  folder = temporaryFolder();
  notices = [];
});
afterEach(async () => {
  await gateway?.stop();
  folder.remove();
});

const write = (file: string, text: string): void => writeFileSync(`${folder.path}/${file}`, text);
const handler = (text: string): string =>
  `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} });`;
/** A template of functions by name, each with a route `/NAME` on the implicit API or on one of its own. */
const template = (functions: readonly string[], more = '', apis: readonly string[] = []): void =>
  write(
    'template.yaml',
    `Transform: AWS::Serverless-2016-10-31
Resources:
${apis.map((api) => `  ${api}: { Type: AWS::Serverless::HttpApi }\n`).join('')}${functions
  .map((name, i) => {
    const api = apis[i] ? `, ApiId: !Ref ${apis[i]}` : '';
    return `  ${name}:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: ${name}.handler
      CodeUri: src/
      Events: { R: { Type: HttpApi, Properties: { Path: /${name}, Method: get${api} } } }
`;
  })
  .join('')}${more}`,
  );
const start = async (options: { port?: number; watch?: boolean } = {}): Promise<void> => {
  const observer = createObserver();
  observer.subscribe((seen) => seen.kind === 'notice' && notices.push(seen.text));
  gateway = await startGateway({ template: `${folder.path}/template.yaml`, observer, ...options });
};
const get = async (path: string, api = 'ServerlessHttpApi'): Promise<string> => {
  const response = await gateway.fetch(api, path);
  return `${response.status} ${await response.text()}`;
};

const table = `  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: items
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;

test('a new route finds its new function from its first request on', async () => {
  mkdirSync(`${folder.path}/src`);
  write('src/One.ts', handler('one'));
  template(['One']);
  await start();
  expect(await get('/One')).toBe('200 one');
  write('src/Two.ts', handler('two'));
  template(['One', 'Two']);
  const seen = new Set<string>();
  let over = false;
  const reloading = gateway.reload().finally(() => {
    over = true;
  });
  while (!over) {
    seen.add(await get('/Two'));
    await new Promise(setImmediate);
  }
  await reloading;
  expect(await get('/Two')).toBe('200 two');
  expect([...seen].filter((answer) => !/^(200 two|404 )/.test(answer))).toEqual([]);
});

test('code is followed when its folder is removed and made anew', async () => {
  mkdirSync(`${folder.path}/src`);
  write('src/One.mjs', handler('one'));
  template(['One']);
  await start({ watch: true });
  expect(await get('/One')).toBe('200 one');
  rmSync(`${folder.path}/src`, { recursive: true });
  await eventually('the loss is noticed', () => notices.length > 0);
  mkdirSync(`${folder.path}/src`);
  write('src/One.mjs', handler('two'));
  await eventually('the new folder is read', async () => (await get('/One')) === '200 two');
  write('src/One.mjs', handler('three'));
  await eventually('an edit in it is noticed', async () => (await get('/One')) === '200 three');
});

test('the first table of a template needs a start, and that is said', async () => {
  mkdirSync(`${folder.path}/src`);
  write('src/One.mjs', handler('one'));
  template(['One']);
  await start();
  template(['One'], table);
  await gateway.reload();
  expect(notices).toEqual([expect.stringMatching(/no DynamoDB is running for items\. Start again\.$/)]);
});

test('an API that is added takes the next port that is free; a stop waits for the reload and closes that one too', async () => {
  mkdirSync(`${folder.path}/src`);
  write('src/One.mjs', handler('one'));
  write('src/Two.mjs', handler('two'));
  template(['One'], '', ['First']);
  const holder = createServer();
  const base = await freeRun(4);
  holder.listen(base + 2, '127.0.0.1');
  await once(holder, 'listening');
  await start({ port: base });
  template(['One', 'Two'], '', ['First', 'Second']);
  await gateway.reload();
  holder.close();
  expect(gateway.url('Second')).toBe(`http://127.0.0.1:${base + 3}`);
  expect(await get('/Two', 'Second')).toBe('200 two');

  template(['One', 'Two', 'Three'], '', ['First', 'Second', 'Third']);
  write('src/Three.mjs', handler('three'));
  const reloads = [gateway.reload(), gateway.reload()];
  await gateway.stop();
  await Promise.all(reloads);
  const third = gateway.url('Third');
  if (third) await expect(fetch(third)).rejects.toThrow('fetch failed');
});

/** The first of so many ports in a row that nobody uses now. */
const freeRun = async (length: number): Promise<number> => {
  for (;;) {
    const first = createServer().listen(0, '127.0.0.1');
    await once(first, 'listening');
    const { port } = first.address() as AddressInfo;
    const servers = [first];
    try {
      for (let i = 1; i < length; i++) {
        const server = createServer().listen(port + i, '127.0.0.1');
        await once(server, 'listening');
        servers.push(server);
      }
      return port;
    } catch {
      // Somebody sits in between.
    } finally {
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    }
  }
};
