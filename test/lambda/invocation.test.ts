import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench;

beforeAll(async () => {
  bench = await openBench({
    files: {
      'counter.mjs': `
        let events = 0; let open = 0; let most = 0;
        export const handler = async ({ ms = 0 }) => {
          open++; most = Math.max(most, open);
          if (ms > 0) await new Promise((done) => setTimeout(done, ms));
          open--;
          return { events: ++events, most };
        };`,
      'single.mjs': `
        let events = 0;
        export const handler = async (order) => ({ order, at: events++ });`,
      'shape.mjs': `
        export const handler = async (event, context) => ({
          event, context, left: context.getRemainingTimeInMillis(),
          environment: { ...process.env }, cwd: process.cwd(), zone: new Date().getTimezoneOffset(),
        });`,
      'src/nested/app.cjs': 'exports.routes = { list: async () => "listed" };',
      'zone.cjs': `
        exports.handler = async () => {
          const date = new Date(Date.UTC(2031, 6, 1));
          const local = date.toLocaleString('sv').replace(' ', 'T').slice(0, 16);
          return [Intl.DateTimeFormat().resolvedOptions().timeZone, local, -date.getTimezoneOffset() / 60];
        };`,
      'process.cjs': `
        const { execFileSync } = require('node:child_process');
        const { isMainThread, parentPort, workerData } = require('node:worker_threads');
        exports.handler = async () => ({
          argv: process.argv[1], main: typeof require.main, taskRoot: process.env.LAMBDA_TASK_ROOT, cwd: process.cwd(),
          ppid: process.ppid, thread: [isMainThread, parentPort, workerData], tmp: require('node:os').tmpdir(), execArgv: process.execArgv,
          forked: execFileSync(process.execPath, ['-p', '"forked"'], { encoding: 'utf8' }).trim(),
        });`,
      'olden.cjs': `
        const answer = (context, way) => ({ way, waits: context.callbackWaitsForEmptyEventLoop });
        exports.handler = ({ way }, context, callback) => {
          const error = new RangeError(way);
          let late = false;
          const ways = {
            done: () => context.done(null, answer(context, way)),
            succeed: () => context.succeed(answer(context, way)),
            fail: () => context.fail(error),
            doneWith: () => context.done(error),
            callbackError: () => callback(error),
            thrown: () => { throw error; },
            waits: () => { const result = { way, late }; setTimeout(() => { result.late = true; }, 20); callback(null, result); },
            hastes: () => { context.callbackWaitsForEmptyEventLoop = false; const result = { way, late }; setTimeout(() => { result.late = true; }, 20); callback(null, result); },
            twice: () => { context.callbackWaitsForEmptyEventLoop = false; callback(null, 'first'); callback(null, 'second'); },
          };
          ways[way]();
        };`,
      'default.mjs': 'export default { handler: async () => "by default" };',
      'nothing.mjs': 'export const handler = async () => {};',
      'sync.mjs': 'export const handler = () => 7;',
      'echo.mjs': 'export const handler = async (event) => event;',
      'wide.mjs': 'export const handler = async ({ bytes }) => "x".repeat(bytes);',
      'callback.cjs': 'exports.handler = (event, context, callback) => setTimeout(() => callback(null, "called"), 5);',
      'mute.cjs': 'exports.handler = (event, context) => { setTimeout(() => {}, 5); return "not a promise"; };',
      'streams.mjs': `
        export const handler = awslambda.streamifyResponse(async (event, stream) => {
          stream.write('one '); stream.write('two'); stream.end();
        });`,
    },
    functions: (folder) => [
      functionIn(folder, 'counter', { reservedConcurrency: 3 }),
      functionIn(folder, 'single', { reservedConcurrency: 1 }),
      functionIn(folder, 'shape', {
        memorySize: 256,
        environment: { TABLE: 'lots', PATH: '/mine' },
        versions: [{ version: '4', logicalId: 'V' }],
        aliases: [
          { name: 'live', logicalId: 'L', version: '4', routing: {}, provisionedConcurrency: 0, followsLatest: true },
        ],
      }),
      functionIn(folder, 'berlin', { handler: 'zone.handler', environment: { TZ: 'Europe/Berlin' } }),
      functionIn(folder, 'tokyo', { handler: 'zone.handler', environment: { TZ: ':Asia/Tokyo' } }),
      functionIn(folder, 'zone'),
      functionIn(folder, 'process'),
      functionIn(folder, 'olden', { runtime: 'nodejs22.x' }),
      functionIn(folder, 'nested', { handler: 'src/nested/app.routes.list' }),
      functionIn(folder, 'default'),
      functionIn(folder, 'nothing'),
      functionIn(folder, 'sync'),
      functionIn(folder, 'echo'),
      functionIn(folder, 'wide'),
      functionIn(folder, 'callback', { runtime: 'nodejs22.x' }),
      functionIn(folder, 'mute', { runtime: 'nodejs20.x' }),
      functionIn(folder, 'deprecated', { handler: 'callback.handler' }),
      functionIn(folder, 'streams'),
      functionIn(folder, 'off', { handler: 'echo.handler', reservedConcurrency: 0 }),
      functionIn(folder, 'snake', { runtime: 'python3.13', unsupported: 'Python does not run here.' }),
    ],
  });
});
afterAll(() => bench.stop());

describe('what a handler gets', () => {
  test('context, environment and time as on Lambda, and nothing of the gateway', async () => {
    process.env.GATEWAY_ONLY = 'secret';
    const seen = await bench.call('shape', { a: 1 }, 'live');
    delete process.env.GATEWAY_ONLY;
    expect(seen.event).toEqual({ a: 1 });
    expect(seen.context).toMatchObject({
      functionName: 'shape',
      functionVersion: '4',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:shape:live',
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/shape',
    });
    expect(seen.context).not.toHaveProperty('callbackWaitsForEmptyEventLoop');
    expect(seen.context.awsRequestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(seen.context.logStreamName).toMatch(/^\d{4}\/\d{2}\/\d{2}\/\[4\][0-9a-f]{32}$/);
    expect(seen.left).toBeGreaterThan(2000);
    expect(seen.left).toBeLessThanOrEqual(3000);
    expect(seen.cwd).toBe(bench.folder);
    expect(seen.zone).toBe(0);
    expect(seen.environment).toMatchObject({ TABLE: 'lots', PATH: '/mine', TZ: ':UTC', _HANDLER: 'shape.handler' });
    expect(Object.keys(seen.environment).sort()).toEqual(
      [
        ...['AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
        ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE'],
        ...['AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY'],
        ...['AWS_SESSION_TOKEN', 'AWS_XRAY_CONTEXT_MISSING', 'AWS_XRAY_DAEMON_ADDRESS', 'LAMBDA_RUNTIME_DIR'],
        ...[
          'LAMBDA_TASK_ROOT',
          'LANG',
          'LD_LIBRARY_PATH',
          'NODE_PATH',
          'PATH',
          'TABLE',
          'TZ',
          '_HANDLER',
          '_X_AMZN_TRACE_ID',
        ],
      ].sort(),
    );
    expect(seen.environment.AWS_EXECUTION_ENV).toBe('AWS_Lambda_nodejs24.x');
  });

  test('the time zone that its function asks for, and no other does', async () => {
    const [own, usual, older] = await Promise.all(['berlin', 'zone', 'tokyo'].map((name) => bench.call(name)));
    expect(own).toEqual(['Europe/Berlin', '2031-07-01T02:00', 2]);
    expect(usual).toEqual(['UTC', '2031-07-01T00:00', 0]);
    expect(older).toEqual(['Asia/Tokyo', '2031-07-01T09:00', 9]);
  });

  test('a process that looks like its own', async () => {
    const seen = await bench.call('process');
    expect(seen).toEqual({
      argv: '/var/runtime/index.mjs',
      main: 'undefined',
      taskRoot: bench.folder,
      cwd: bench.folder,
      ppid: 1,
      thread: [true, null, null],
      tmp: '/tmp',
      execArgv: [],
      forked: 'forked',
    });
  });

  test('until nodejs22 the ways to answer of old', async () => {
    expect(await bench.call('olden', { way: 'done' })).toEqual({ way: 'done', waits: true });
    expect(await bench.call('olden', { way: 'succeed' })).toEqual({ way: 'succeed', waits: true });
    for (const way of ['fail', 'doneWith', 'callbackError', 'thrown']) {
      expect(JSON.parse((await bench.invoke('olden', { way })).payload)).toMatchObject({
        errorType: 'RangeError',
        errorMessage: way,
      });
    }
    // The callback waits for an empty event loop, unless it is told not to; only the first call of it counts.
    expect(await bench.call('olden', { way: 'waits' })).toEqual({ way: 'waits', late: true });
    expect(await bench.call('olden', { way: 'hastes' })).toEqual({ way: 'hastes', late: false });
    expect(await bench.call('olden', { way: 'twice' })).toBe('first');
  });

  test('its trace id and client context', async () => {
    const clientContext = Buffer.from('{"custom":{"a":"b"}}').toString('base64');
    const result = await bench.runtime.invoke({
      function: { name: 'arn:aws:lambda:us-east-1:123456789012:function:shape', qualifier: null },
      payload: '{}',
      traceId: 'Root=1-2-3',
      clientContext,
    });
    const seen = JSON.parse(result.kind === 'answered' ? result.payload : '{}');
    expect(seen.environment._X_AMZN_TRACE_ID).toMatch(/^Root=1-2-3;Parent=[0-9a-f]{16};Sampled=0$/);
    expect(seen.context.clientContext).toEqual({ custom: { a: 'b' } });
    expect(seen.context.functionVersion).toBe('$LATEST');
  });
});

describe('environments', () => {
  test('run one event at a time, keep their state, and are no more than the concurrency allows', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => bench.call('counter', { ms: 15 })));
    expect(answers.every(({ most }) => most === 1)).toBe(true);
    const environments = answers.filter(({ events }) => events === 1).length;
    expect(environments).toBeGreaterThan(1);
    expect(environments).toBeLessThanOrEqual(3);
    const counted = bench.runtime.status().find((status) => status.function === 'counter');
    expect(counted).toMatchObject({ environments, busy: 0, queued: 0, host: 0 });
  });

  test('take events in order of arrival where there is one', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, order) => bench.call('single', order)));
    expect(answers).toEqual(answers.map((_, order) => ({ order, at: order })));
  });

  test('start for an event that another one holds up', async () => {
    // Fast answers first, so that events are handed ahead; the one behind a slow event must still not wait for it.
    for (let i = 0; i < 20; i++) await bench.call('counter');
    const begun = performance.now();
    const slow = bench.invoke('counter', { ms: 1500 });
    const rest = await Promise.all([bench.call('counter'), bench.call('counter')]);
    expect(rest).toHaveLength(2);
    expect(performance.now() - begun).toBeLessThan(1000);
    await slow;
  });

  test('tell their init time with the first answer only', async () => {
    const first = await bench.invoke('nothing');
    const second = await bench.invoke('nothing');
    expect(first).toMatchObject({ payload: 'null', functionError: null, executedVersion: '$LATEST' });
    expect(first.initMs).toBeGreaterThan(0);
    expect(second.initMs).toBeNull();
    expect(second.durationMs).toBeGreaterThanOrEqual(0);
  });
});

describe('what a handler answers', () => {
  test.each([
    ['nested', '"listed"'],
    ['default', '"by default"'],
    ['sync', '7'],
    ['callback', '"called"'],
    ['mute', 'null'],
    ['streams', 'one two'],
  ])('%s → %s', async (name, payload) => {
    expect(await bench.invoke(name)).toMatchObject({ payload, functionError: null });
    expect(await bench.invoke(name)).toMatchObject({ payload, functionError: null });
  });

  test('text of every kind comes back as it went', async () => {
    const event = { text: 'ä 漢 🚗 \u0000 \u2028', long: 'é'.repeat(300_000) };
    expect(await bench.call('echo', event)).toEqual(event);
  });

  test('six megabytes pass, more do not, either way', async () => {
    const fits = 'x'.repeat(6_291_456 - 2);
    expect(await bench.call('echo', fits)).toBe(fits);
    expect(await bench.invoke('echo', `${fits}x`)).toMatchObject({
      functionError: 'Unhandled',
      payload: expect.stringContaining('RequestTooLargeException'),
    });
    const wide = await bench.invoke('wide', { bytes: 6_291_556 });
    expect(JSON.parse(wide.payload)).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: expect.stringContaining('6291558 bytes'),
    });
  });

  test('a callback handler is refused from nodejs24 on', async () => {
    expect(await bench.invoke('deprecated')).toMatchObject({
      functionError: 'Unhandled',
      payload: expect.stringContaining('"errorType":"Runtime.CallbackHandlerDeprecated"'),
    });
  });

  test('what is not there, not for this machine or turned off is told apart', async () => {
    const kind = async (name: string, qualifier: string | null = null) =>
      (await bench.runtime.invoke({ function: { name, qualifier }, payload: '{}' })).kind;
    expect(await kind('nobody')).toBe('not-found');
    expect(await kind('echo', 'live')).toBe('not-found');
    expect(await kind('snake')).toBe('unsupported');
    expect(await kind('off')).toBe('throttled');
  });
});
