import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { startGavel, temporaryFolder } from './gavel.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
mkdirSync(`${folder.path}/src`);
writeFileSync(
  `${folder.path}/src/app.mjs`,
  'export const handler = async () => { console.log("x".repeat(400_000)); return "said"; };',
);
const template = `${folder.path}/template.yaml`;
writeFileSync(
  template,
  `Transform: AWS::Serverless-2016-10-31
Resources:
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: app.handler
      CodeUri: src/
      Events: { R: { Type: HttpApi, Properties: { Path: /, Method: get } } }
`,
);

test.skipIf(process.platform === 'win32')('a signal while it starts ends it with 0 too', async () => {
  const words = ['start', '--json', '--port', '0', '-t', template, '--data-dir', `${folder.path}/early`];
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/gavel.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(announceSignals)}` },
  });
  const exited = once(child, 'exit');
  // Ready to be ended as soon as it listens for signals, long before it is ready to serve.
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await exited).toEqual([0, null]);
});

const announceSignals = `process.on('newListener', (name) => { if (name === 'SIGHUP') process.stdout.write('listens\\n'); });`;

test('it ends although nobody reads what it says', async () => {
  const started = await startGavel(['--port', '0', '-t', template, '--data-dir', `${folder.path}/unread`], {
    readsErrors: false,
  });
  const url = started.readiness.apis[0]!.stages.$default!;
  for (let i = 0; i < 5; i++) expect(await (await fetch(url)).text()).toBe('said');
  started.child.kill('SIGTERM');
  expect(await Promise.race([started.exited, delay(8000, 'still there', { ref: false })])).toBe(0);
});
