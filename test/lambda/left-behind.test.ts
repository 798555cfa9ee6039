import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EarlyDeaths } from '#gateway/lambda/environments/early-deaths.ts';
import { temporaryFolder } from '../commands/gavel.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

const parent = `
  import { spawn } from 'node:child_process';
  import { existsSync } from 'node:fs';
  if (process.env.HOLD) while (existsSync(process.env.HOLD)) await new Promise((done) => setTimeout(done, 5));
  export const handler = async ({ exit, ms }) => {
    if (exit) process.exit(1);
    if (ms) return new Promise((done) => setTimeout(done, ms, 'slept'));
    const alone = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
    // It tells the process that it has started itself, and goes.
    const shell = spawn('sh', ['-c', 'sleep 600 > /dev/null 2>&1 & echo $!'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const grandchild = await new Promise((done) => shell.stdout.on('data', (text) => done(Number(text))));
    return { host: process.pid, processes: [alone.pid, grandchild] };
  };`;

type Started = { readonly host: number; readonly processes: readonly number[] };

/** One that has ended and whose end nobody has asked for is still listed, as a zombie. */
const runs = (pid: number): boolean =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]).stdout.toString());

describe.skipIf(process.platform === 'win32')('what a handler has started, detached or by another, ends', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench({
      files: { 'parent.mjs': parent },
      functions: (folder) => [
        functionIn(folder, 'parent'),
        functionIn(folder, 'held', { handler: 'parent.handler', environment: { HOLD: join(folder, 'hold') } }),
      ],
    });
  });
  afterAll(() => bench.stop());

  test('with its environment', async () => {
    const { processes }: Started = await bench.call('parent');
    expect(processes.every(runs)).toBe(true);
    await bench.invoke('parent', { exit: true });
    await eventually(() => !processes.some(runs), 'the end of the processes');
  });

  test('with its host', async () => {
    const { host, processes }: Started = await bench.call('parent');
    process.kill(host, 'SIGKILL');
    await eventually(() => !processes.some(runs), 'the end of the processes');
  });

  test('and a host that ends takes no event along that waits for environments which were starting there', async () => {
    const { host }: Started = await bench.call('parent');
    await bench.call('held', { ms: 50 });
    const inFlight = bench.invoke('held', { ms: 3000 });
    const held = () => bench.runtime.status().find((status) => status.function === 'held')!;
    await eventually(() => held().busy === 1, 'the event in flight');
    bench.write({ hold: '' });
    const waiting = [1, 2, 3].map(() => bench.call('held', { ms: 1 }));
    await eventually(() => held().environments === 4, 'three more environments');
    process.kill(host, 'SIGKILL');
    expect((await inFlight).functionError).toBe('Unhandled');
    rmSync(join(bench.folder, 'hold'));
    expect(await Promise.all(waiting)).toEqual(['slept', 'slept', 'slept']);
  });
});

test('one end of a host is one, however many were starting there', () => {
  const deaths = new EarlyDeaths();
  const killed = { kind: 'signal', signal: 'SIGKILL' } as const;
  expect([killed, killed, killed].map((reason) => deaths.blames(reason))).toEqual([false, false, false]);
  expect(deaths.blames({ ...killed })).toBe(true);
});

describe.skipIf(process.platform === 'win32')('of a gateway that is killed nothing stays', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  test.each([
    ['which never ran a function', false],
    ['with what handlers have started', true],
  ])('%s', async (_, invokes) => {
    const temporary = join(folder.path, invokes ? 'a' : 'b');
    mkdirSync(temporary);
    writeFileSync(join(folder.path, 'parent.mjs'), parent);
    writeFileSync(
      join(folder.path, 'template.yaml'),
      `
Transform: AWS::Serverless-2016-10-31
Resources:
  Parent:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: parent.handler, Runtime: nodejs24.x, FunctionName: parent }
`,
    );
    const args = ['bin/gavel.mjs', 'start', '--port', '0', '--json', '--no-watch'];
    const gateway = spawn(process.execPath, [...args, '--template', join(folder.path, 'template.yaml')], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let processes: readonly number[] = [];
    for await (const line of createInterface(gateway.stdout)) {
      const { control, credentials } = JSON.parse(line);
      if (invokes) {
        const user = Buffer.from(`${credentials.accessKeyId}:${credentials.secretAccessKey}`).toString('base64');
        const headers = { authorization: `Basic ${user}` };
        const url = `${control}/2015-03-31/functions/parent/invocations`;
        const started = (await (await fetch(url, { method: 'POST', headers })).json()) as Started;
        processes = [started.host, ...started.processes];
        expect(processes.every(runs)).toBe(true);
      }
      break;
    }
    gateway.kill('SIGKILL');
    const folders = () => readdirSync(temporary).filter((name) => name.startsWith('gavel-'));
    await eventually(() => folders().length === 0 && !processes.some(runs), 'the end of all that it had begun');
  });
});
