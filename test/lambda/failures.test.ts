import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench;
const misbehaving = {
  'throws.mjs': `
    class BidTooLow extends Error { name = 'BidTooLow'; }
    export const handler = async () => { throw new BidTooLow('too low'); };`,
  'string.mjs': 'export const handler = async () => { throw "just text"; };',
  'circular.mjs': 'export const handler = async () => { const a = {}; a.a = a; return a; };',
  'bigint.mjs': 'export const handler = async () => ({ n: 1n });',
  'unexported.mjs': 'export const other = 1;',
  'broken.cjs': 'exports.handler = async () => {',
  'requires.cjs': 'require("no-such-package"); exports.handler = async () => 1;',
  'brokenModule.mjs': 'export const handler = async () => {',
  'number.mjs': 'export const handler = 7;',
  'imports.mjs': 'import "no-such-package"; export const handler = async () => 1;',
  'frozen.mjs': 'throw Object.freeze(new RangeError("frozen")); export const handler = async () => 1;',
  'init.mjs': 'throw new TypeError("no table name"); export const handler = async () => 1;',
  'flaky.mjs': `
    import { existsSync, writeFileSync } from 'node:fs';
    console.log('loading');
    if (!existsSync('/tmp/tried')) { writeFileSync('/tmp/tried', ''); throw new RangeError('first try'); }
    export const handler = async () => 'second try';`,
  'exitsInInit.mjs': 'process.exit(7); export const handler = async () => 1;',
  'rejectsInInit.mjs':
    'Promise.reject(new Error("in the init phase")); await new Promise((done) => setTimeout(done, 5000)); export const handler = async () => 1;',
  'waitsInInit.mjs': 'await new Promise(() => {}); export const handler = async () => 1;',
  'exits.mjs':
    'export const handler = async ({ status }) => { if (status === undefined) return "alive"; console.log("last words"); process.exit(status); };',
  'aborts.mjs': 'export const handler = async () => process.abort();',
  'uncaught.mjs':
    'export const handler = async () => { setTimeout(() => { throw new Error("later"); }, 1); await new Promise(() => setTimeout(() => {}, 5000)); };',
  'rejects.mjs':
    'export const handler = async () => { Promise.reject(new Error("nobody waits")); await new Promise(() => setTimeout(() => {}, 5000)); };',
  'loops.mjs':
    'export const handler = async ({ loop }) => { if (!loop) return "alive"; console.log("before the loop"); for (;;); };',
  'sleeps.mjs':
    'export const handler = async ({ ms }) => { await new Promise((done) => setTimeout(done, ms)); return "slept"; };',
  'kills.mjs':
    'import { execSync } from "node:child_process"; export const handler = async ({ now }) => { if (now) execSync(`kill -ABRT ${process.pid}`); return "alive"; };',
  'buffers.mjs':
    'const kept = []; export const handler = async ({ megabytes }) => { for (let i = 0; i < megabytes; i++) kept.push(Buffer.alloc(1 << 20, 1)); await new Promise((done) => setTimeout(done, megabytes ? 4000 : 0)); return "alive"; };',
  'grows.mjs':
    'export const handler = async ({ grow }) => { const kept = []; while (grow) kept.push({ a: new Array(100).fill(kept.length) }); return "alive"; };',
};

beforeAll(async () => {
  bench = await openBench({
    files: misbehaving,
    functions: (folder) => [
      ...Object.keys(misbehaving).map((file) => functionIn(folder, file.split('.')[0]!, { timeoutSeconds: 10 })),
      functionIn(folder, 'missing'),
      functionIn(folder, 'climbs', { handler: '../climbs.handler' }),
      functionIn(folder, 'unnamed', { handler: 'noexport' }),
      functionIn(folder, 'looping', { handler: 'loops.handler', timeoutSeconds: 1 }),
    ],
  });
});
afterAll(() => bench.stop());

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever a failure tells.
const failure = async (name: string, event?: unknown): Promise<any> => {
  const result = await bench.invoke(name, event);
  expect(result.functionError).toBe('Unhandled');
  return { ...JSON.parse(result.payload), requestId: result.requestId };
};

describe('a handler that fails', () => {
  test('by an error: its name, message and trace', async () => {
    const told = await failure('throws');
    expect(told).toMatchObject({ errorType: 'BidTooLow', errorMessage: 'too low' });
    expect(told.trace[1]).toContain('throws.mjs:3');
  });

  test.each([
    ['string', 'string', 'just text'],
    ['circular', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['bigint', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['unexported', 'Runtime.HandlerNotFound', 'unexported.handler is undefined or not exported'],
    ['missing', 'Runtime.ImportModuleError', "Error: Cannot find module 'missing'"],
    ['unnamed', 'Runtime.MalformedHandlerName', 'Bad handler'],
    ['broken', 'Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected end of input'],
    ['imports', 'Error', "Cannot find package 'no-such-package'"],
    ['requires', 'Runtime.ImportModuleError', "Error: Cannot find module 'no-such-package'"],
    ['brokenModule', 'Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected end of input'],
    ['climbs', 'Runtime.MalformedHandlerName', "'../climbs.handler' is not a valid handler name."],
    ['number', 'Runtime.HandlerNotFound', 'number.handler is not a function'],
    ['init', 'TypeError', 'no table name'],
    ['frozen', 'RangeError', 'frozen'],
    ['uncaught', 'Error', 'later'],
    ['rejects', 'Runtime.UnhandledPromiseRejection', 'Error: nobody waits'],
  ])('%s → %s', async (name, errorType, errorMessage) => {
    expect(await failure(name)).toMatchObject({ errorType, errorMessage: expect.stringContaining(errorMessage) });
  });

  test('in its init phase: all that waited get the error, later ones start anew', async () => {
    const answers = await Promise.all([failure('init'), failure('init'), failure('init')]);
    expect(answers.map(({ errorType }) => errorType)).toEqual(['TypeError', 'TypeError', 'TypeError']);
    expect(await failure('init')).toMatchObject({ errorType: 'TypeError' });
  });
});

describe('an init phase that fails', () => {
  const reports = (of: Bench, name: string): string[] =>
    of.logs(name).filter((line) => /^(?:INIT_REPORT|REPORT)/.test(line));

  test('is tried once more, within the invocation', async () => {
    expect(await bench.call('flaky')).toBe('second try');
    const [init, report] = reports(bench, 'flaky');
    expect(init).toMatch(/^INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error\tError Type: RangeError$/);
    expect(report).not.toContain('Init Duration');
    expect(bench.logs('flaky').filter((line) => line.endsWith('loading'))).toHaveLength(2);
  });

  test('for good: its error, told by both tries and by the event', async () => {
    await failure('requires');
    const lines = reports(bench, 'requires').slice(-3).join('\n');
    const type = 'Status: error\tError Type: Runtime.ImportModuleError';
    expect(lines.split(type)).toHaveLength(4);
    expect(lines).toMatch(/Phase: init.*Phase: invoke.*\nREPORT RequestId/s);
  });

  test.each([
    ['exitsInInit', 'Runtime.ExitError', 'Runtime exited with error: exit status 7'],
    ['rejectsInInit', 'Runtime.UnhandledPromiseRejection', 'Error: in the init phase'],
    ['waitsInInit', 'Runtime.ExitError', 'Runtime exited without providing a reason'],
  ])('%s → %s', async (name, errorType, errorMessage) => {
    expect(await failure(name)).toMatchObject({ errorType, errorMessage: expect.stringContaining(errorMessage) });
  });

  test('by taking longer than ten seconds, and then longer than the function may', async () => {
    const clock = adjustableClock(Date.UTC(2031, 0, 1), 1);
    const slow = await openBench({
      clock,
      files: {
        'slow.mjs':
          'console.log("loading"); await new Promise((done) => setTimeout(done, 60_000)); export const handler = async () => 1;',
      },
      functions: (folder) => [functionIn(folder, 'slow')],
    });
    const loadings = (): number => slow.logs('slow').filter((line) => line.endsWith('loading')).length;
    const answer = slow.invoke('slow');
    await eventually(() => loadings() === 1, 'the first try');
    clock.advance(10_000);
    await eventually(() => loadings() === 2, 'the second try');
    clock.advance(3000);
    const { payload, requestId } = await answer;
    expect(JSON.parse(payload)).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 3.00 seconds`,
    });
    expect(reports(slow, 'slow').map((line) => line.replace(/Duration: ([\d]+)\d\d\.\d+ ms/g, 'about $1'))).toEqual([
      'INIT_REPORT Init about 100\tPhase: init\tStatus: timeout',
      'INIT_REPORT Init about 30\tPhase: invoke\tStatus: timeout',
      expect.stringMatching(/^REPORT .*\tStatus: timeout$/),
    ]);
    await slow.stop();
  });
});

describe('an environment that ends', () => {
  test.each([
    [1, 'Runtime exited with error: exit status 1'],
    [0, 'Runtime exited without providing a reason'],
  ])('by process.exit(%i), its log kept', async (status, text) => {
    const told = await failure('exits', { status });
    expect(told).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${told.requestId} Error: ${text}`,
    });
    expect(await bench.call('exits')).toBe('alive');
    expect(bench.logs('exits').some((line) => line.endsWith('last words'))).toBe(true);
  });

  test('by abort', async () => {
    expect((await failure('aborts')).errorMessage).toContain('signal: aborted');
  });

  test('by a time-out that stops even an endless loop', async () => {
    expect(await bench.call('looping')).toBe('alive');
    const told = await failure('looping', { loop: true });
    expect(told).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${told.requestId} Error: Task timed out after 1.00 seconds`,
    });
    expect(await bench.call('looping')).toBe('alive');
    const log = bench.logs('looping').join('\n');
    expect(log).toContain('before the loop');
    expect(log).toContain('Status: timeout');
  });

  test('with its host: what was in flight there fails, what comes next runs', async () => {
    expect(await bench.call('kills')).toBe('alive');
    const neighbour = failure('sleeps', { ms: 8000 });
    await eventually(
      () => bench.runtime.status().some((s) => s.function === 'sleeps' && s.busy === 1),
      'the neighbour',
    );
    const [told, other] = await Promise.all([failure('kills', { now: true }), neighbour]);
    expect(told.errorMessage).toContain('Runtime exited with error: signal: aborted');
    expect(other).toMatchObject({ errorType: 'Runtime.ExitError' });
    expect(await bench.call('sleeps', { ms: 1 })).toBe('slept');
    expect(await bench.call('kills')).toBe('alive');
    expect(bench.notices().some((text) => text.startsWith('Function host 0 ended'))).toBe(true);
  });

  test('with the gateway: what is in flight is answered', async () => {
    const ending = await openBench({
      files: { 'waits.mjs': misbehaving['sleeps.mjs'] },
      functions: (folder) => [functionIn(folder, 'waits', { timeoutSeconds: 900 })],
    });
    const answer = ending.invoke('waits', { ms: 600_000 });
    await eventually(() => ending.runtime.status()[0]!.busy === 1, 'the event');
    await ending.stop();
    expect(JSON.parse((await answer).payload).errorType).toBe('Runtime.ExitError');
  });

  test('over its memory: a heap that grows', async () => {
    const told = await failure('grows', { grow: true });
    expect(told.errorType).toMatch(/^Runtime\.(?:OutOfMemory|ExitError)$/);
    expect(await bench.call('grows')).toBe('alive');
  });

  test('over its memory: buffers, which no heap limit counts', async () => {
    const told = await failure('buffers', { megabytes: 400 });
    expect(told).toMatchObject({ errorType: 'Runtime.OutOfMemory' });
    expect(told.errorMessage).toContain('signal: killed');
    expect(await bench.call('buffers', { megabytes: 0 })).toBe('alive');
  });
});
