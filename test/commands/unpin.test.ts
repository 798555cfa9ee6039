import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { lambdaClient } from '../lambda/lambda-client.ts';
import { gavel, temporaryFolder } from './gavel.ts';

const folder = temporaryFolder();
let gateway: Gateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  folder.remove();
});

test('unpin gives functions back to the template, in a running gateway and in what one has left', async () => {
  const template = `${folder.path}/template.yaml`;
  const dataDirectory = `${folder.path}/data`;
  mkdirSync(`${folder.path}/code`);
  writeFileSync(`${folder.path}/code/echo.mjs`, 'export const handler = async () => 1;');
  writeFileSync(
    template,
    `Transform: AWS::Serverless-2016-10-31
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: code, Handler: echo.handler, Runtime: nodejs24.x, AutoPublishAlias: live }
`,
  );
  const notices: string[] = [];
  const start = async (): Promise<Gateway> => {
    const observer = createObserver();
    observer.subscribe((seen) => seen.kind === 'notice' && notices.push(seen.text));
    gateway = await startGateway({ template, dataDirectory, stackName: 'pins', observer });
    return gateway;
  };
  const name = (await start()).application().functions[0]!.name;
  const pin = () =>
    lambdaClient(gateway!)('PUT', `/2015-03-31/functions/${name}/aliases/live`, { body: { FunctionVersion: '1' } });
  const unpin = (...words: string[]) =>
    gavel(['unpin', ...words, '-t', template, '--stack-name', 'pins', '--data-dir', dataDirectory]);

  expect((await pin()).status).toBe(200);
  expect(await unpin('Echo')).toMatchObject({ code: 0, stdout: `Unpinned: ${name}\n` });
  expect(notices.at(-1)).toBe(`${name}: as in the template again.`);
  expect(await unpin('Nobody')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("no function 'Nobody'; it has Echo"),
  });

  await pin();
  await gateway!.stop();
  notices.length = 0;
  await start();
  expect(notices).toEqual([
    `${name}: alias live is frozen at version 1; it stays so over reloads and restarts until \`gavel unpin\`.`,
  ]);
  await gateway!.stop();
  expect(await unpin()).toMatchObject({ code: 0, stdout: `Unpinned: ${name}\n` });
  expect(await unpin()).toMatchObject({ code: 0, stdout: 'Nothing was pinned.\n' });
  notices.length = 0;
  await start();
  expect(notices).toEqual([]);
});
