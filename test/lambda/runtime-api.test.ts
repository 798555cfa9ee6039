import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { gatewayOptions } from '#gateway/commands/gateway-flags.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

const runtimes = join(import.meta.dirname, 'runtimes');
const commands = {
  ruby: `"${process.execPath}" "${join(runtimes, 'runtime.mjs')}"`,
  python: `python3 "${join(runtimes, 'runtime.py')}"`,
  'provided.al2023': './bootstrap',
};
const has = (...command: [string, ...string[]]): boolean => {
  try {
    execFileSync(command[0], command.slice(1), { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

/** A function of a language that Node.js plays. */
const ruby = async (
  code: string,
  changes: Parameters<typeof functionIn>[2] = {},
  options: Partial<Parameters<typeof openBench>[0]> = {},
): Promise<Bench> => {
  bench = await openBench({
    files: { 'code/main.mjs': code },
    functions: (folder) => [
      functionIn(join(folder, 'code'), 'other', { runtime: 'ruby3.4', handler: 'main.run', ...changes }),
    ],
    runtimes: commands,
    ...options,
  });
  return bench;
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a function of another runtime', () => {
  test('gets events one by one from the Runtime API, with Lambda’s headers and variables', async () => {
    const { call, logs } = await ruby(
      `let n = 0;
       export const run = async (event, headers) => {
         console.log('working');
         return { n: ++n, event, headers, cwd: process.cwd(), variables: process.env };
       };`,
      { environment: { MINE: 'yes' } },
    );
    const first = await call('other', { a: 1 });
    expect(first).toMatchObject({ n: 1, event: { a: 1 }, cwd: join(bench!.folder, 'code') });
    expect(first.headers).toMatchObject({
      'lambda-runtime-aws-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:other',
      'lambda-runtime-trace-id': expect.stringMatching(/^Root=1-/),
    });
    const left = Number(first.headers['lambda-runtime-deadline-ms']) - Date.now();
    expect(left).toBeGreaterThan(1000);
    expect(left).toBeLessThanOrEqual(3000);
    expect(first.variables).toMatchObject({
      MINE: 'yes',
      _HANDLER: 'main.run',
      AWS_LAMBDA_FUNCTION_NAME: 'other',
      AWS_EXECUTION_ENV: 'AWS_Lambda_ruby3.4',
      LAMBDA_TASK_ROOT: join(bench!.folder, 'code'),
      AWS_ACCESS_KEY_ID: 'AKIDLOCAL',
    });
    expect(Object.keys(first.variables)).not.toContain('PYTHONPATH');
    expect(Object.keys(first.variables).filter((name) => /vitest|npm_|NODE_/i.test(name))).toEqual([]);
    expect(await call('other')).toMatchObject({ n: 2 });
    const lines = logs('other').map((line) => line.split(' ')[0]);
    expect(lines).toEqual(['INIT_START', 'START', 'working', 'END', 'REPORT', 'START', 'working', 'END', 'REPORT']);
    expect(logs('other')[4]).toMatch(/Duration: [\d.]+ ms.*Max Memory Used: \d+ MB\tInit Duration: [\d.]+ ms$/);
  });

  test('fails as it says, and as it ends: the next event is answered all the same', async () => {
    const { invoke, call, notices } = await ruby(
      `export const run = async ({ what }) => {
         if (what === 'throw') throw new TypeError('wrong');
         if (what === 'exit') process.exit(7);
         if (what === 'large') return 'x'.repeat(6_300_000);
         return 'well';
       };`,
    );
    expect(JSON.parse((await invoke('other', { what: 'throw' })).payload)).toEqual({
      errorType: 'TypeError',
      errorMessage: 'wrong',
      stackTrace: [],
    });
    const ended = await invoke('other', { what: 'exit' });
    expect(ended.functionError).toBe('Unhandled');
    expect(JSON.parse(ended.payload)).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${ended.requestId} Error: Runtime exited with error: exit status 7`,
    });
    expect(await call('other')).toBe('well');
    const large = await invoke('other', { what: 'large' });
    expect(JSON.parse(large.payload).errorType).toBe('Function.ResponseSizeTooLarge');
    expect(await call('other')).toBe('well');
    expect(notices()).toEqual([]);
  });

  test('is timed out by the gateway’s clock, with all that it started', async () => {
    const clock = adjustableClock(Date.now(), 0);
    const { invoke, call, logs } = await ruby(
      `import { spawn } from 'node:child_process';
       export const run = async ({ hang }) => {
         if (!hang) return 'well';
         const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
         console.log('pids ' + process.pid + ' ' + pid);
         await new Promise(() => setInterval(() => {}, 1000));
       };`,
      {},
      { clock },
    );
    const hanging = invoke('other', { hang: true });
    await eventually(() => logs('other').some((line) => line.startsWith('pids')), 'the hang');
    const pids = logs('other')
      .find((line) => line.startsWith('pids'))!
      .split(' ')
      .slice(1)
      .map(Number);
    clock.advance(3000);
    expect(JSON.parse((await hanging).payload).errorMessage).toContain('Task timed out after 3.00 seconds');
    await eventually(() => !pids.some(isAlive), 'the end of its processes');
    expect(await call('other', {})).toBe('well');
  });

  test('that reports an error of its init phase is tried once more, then answers with it', async () => {
    const { invoke, logs } = await ruby(`throw new RangeError('no beginning');`);
    const failed = await invoke('other');
    expect(JSON.parse(failed.payload)).toEqual({
      errorType: 'RangeError',
      errorMessage: 'no beginning',
      stackTrace: [],
    });
    expect(logs('other').filter((line) => line.startsWith('INIT_REPORT'))).toEqual([
      expect.stringContaining('Phase: init\tStatus: error\tError Type: RangeError'),
      expect.stringContaining('Phase: invoke\tStatus: error\tError Type: RangeError'),
    ]);
  });

  test('streams its answer piece by piece, and whole to a caller that wants it whole', async () => {
    const { runtime, call } = await ruby(
      `export const run = async ({ error }) => ({ pieces: ['"one ', 'two"'], error });`,
    );
    const stream = (event: unknown) =>
      runtime.invokeStreaming({ function: { name: 'other', qualifier: null }, payload: JSON.stringify(event) });
    const good = await stream({});
    if (good.kind !== 'streaming') throw new Error(good.kind);
    expect(good.contentType).toBe('text/plain');
    expect(Buffer.concat(await good.body.toArray()).toString()).toBe('"one two"');
    expect(await good.outcome).toMatchObject({ functionError: null });
    const bad = await stream({ error: 'halfway' });
    if (bad.kind !== 'streaming') throw new Error(bad.kind);
    bad.body.resume();
    expect(await bad.outcome).toMatchObject({
      functionError: 'Unhandled',
      payload: expect.stringContaining('halfway'),
    });
    expect(await call('other')).toBe('one two');
  });

  test('shares its function’s concurrency, and ends with the gateway', async () => {
    const { call, logs } = await ruby(
      `console.log('pid ' + process.pid);
       export const run = async () => { await new Promise((done) => setTimeout(done, 150)); return process.pid; };`,
      { reservedConcurrency: 2 },
    );
    const pids: number[] = await Promise.all(Array.from({ length: 6 }, () => call('other')));
    expect(new Set(pids).size).toBe(2);
    const started = logs('other')
      .filter((line) => line.startsWith('pid '))
      .map((line) => Number(line.slice(4)));
    await bench!.stop();
    bench = undefined;
    await eventually(() => !started.some(isAlive), 'the end of its processes');
  });

  test('reaches what is embedded under AWS_ENDPOINT_URL_…, and is refused everything else, extensions too', async () => {
    const { call, logs } = await ruby(
      `export const run = async () => {
         const asked = await fetch(process.env.AWS_ENDPOINT_URL + '/bucket/key', { method: 'PUT' });
         const extension = await fetch('http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension/register', { method: 'POST' });
         return [process.env.AWS_ENDPOINT_URL_DYNAMODB, asked.status, extension.status];
       };`,
      {},
      { routes: () => [{ hostPattern: 'dynamodb.*.amazonaws.com', origin: 'http://127.0.0.1:8000' }] },
    );
    expect(await call('other')).toEqual(['http://127.0.0.1:8000', 501, 501]);
    expect(logs('other').join('\n')).toContain('Nothing here stands for the AWS service');
    expect(logs('other').join('\n')).toContain('Extensions do not run here: POST /2020-01-01/extension/register');
  });

  test('answers why it does not run, where no command is given or the command cannot be started', async () => {
    const { runtime } = await ruby('', {}, { runtimes: {} });
    const invoked = { function: { name: 'other', qualifier: null }, payload: '{}' };
    expect(await runtime.invoke(invoked)).toEqual({
      kind: 'unsupported',
      reason: expect.stringContaining('--runtime ruby3.4='),
    });
    await bench!.stop();
    const { invoke, logs } = await ruby('', {}, { runtimes: { ruby: 'no-such-program --now' } });
    expect(JSON.parse((await invoke('other')).payload).errorType).toBe('Runtime.ExitError');
    expect(logs('other').join('\n')).toContain(
      'cannot be started: no-such-program --now main.run: spawn no-such-program ENOENT',
    );
  });
});

describe.skipIf(!has('python3', '--version'))('Python', () => {
  test('runs by a prefix of its runtime’s name, from a folder and from the template itself', async () => {
    const handler =
      'import os\ndef run(event, context):\n    print("in python")\n    return [event["a"], os.environ["AWS_REGION"]]\n';
    bench = await openBench({
      files: { 'code/app.py': handler },
      functions: (folder) => [
        functionIn(join(folder, 'code'), 'python', { runtime: 'python3.13', handler: 'app.run' }),
        functionIn(folder, 'inline', {
          runtime: 'python3.12',
          handler: 'index.run',
          code: { kind: 'inline', text: handler },
        }),
      ],
      runtimes: commands,
    });
    expect(await bench.call('python', { a: 1 })).toEqual([1, 'us-east-1']);
    expect(await bench.call('inline', { a: 2 })).toEqual([2, 'us-east-1']);
    expect(JSON.parse((await bench.invoke('python', {})).payload)).toMatchObject({ errorType: 'KeyError' });
  });
});

describe.skipIf(process.platform === 'win32' || !has('curl', '--version'))('provided.al2023', () => {
  test('runs the bootstrap that lies with the code', async () => {
    bench = await openBench({
      files: { 'code/README': 'with a bootstrap' },
      functions: (folder) => {
        copyFileSync(join(runtimes, 'bootstrap'), join(folder, 'code', 'bootstrap'));
        return [functionIn(join(folder, 'code'), 'shell', { runtime: 'provided.al2023', handler: 'hello' })];
      },
      runtimes: commands,
    });
    expect(await bench.call('shell', { a: 1 })).toEqual({ said: { a: 1 }, by: 'hello' });
    expect(await bench.call('shell', [2])).toEqual({ said: [2], by: 'hello' });
    expect(bench.logs('shell')).toContain('shell saw [2]');
  });
});

test('--runtime is read as NAME=COMMAND, and nothing else', () => {
  const read = (...runtime: string[]) => gatewayOptions({ runtime }, 4500).runtimes;
  expect(read('python3.13=python3 -m awslambdaric', 'provided=./bootstrap -x=1')).toEqual({
    'python3.13': 'python3 -m awslambdaric',
    provided: './bootstrap -x=1',
  });
  for (const wrong of ['python', '=x', 'python=', 'nodejs24.x=node']) expect(() => read(wrong)).toThrow('--runtime');
});
