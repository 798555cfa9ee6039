import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { Admission } from '#gateway/lambda/concurrency.ts';
import type { InvocationResult } from '#gateway/lambda/invocation.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

/** Waits until it is let go by the file that it watches for; so a test decides how long it runs. */
const held = `
  import { existsSync } from 'node:fs';
  let runs = 0;
  export const handler = async ({ until }) => {
    while (until && !existsSync(until)) await new Promise((done) => setTimeout(done, 5));
    return ++runs;
  };`;

const start = (name: string, event: unknown = {}, qualifier: string | null = null): Promise<InvocationResult> =>
  bench!.runtime.invoke({ function: { name, qualifier }, payload: JSON.stringify(event) });

const statusOf = (name: string) => bench!.runtime.status().find((status) => status.function === name)!;

describe('a function at its limit', () => {
  test('lets events wait, and takes them in turn', async () => {
    bench = await openBench({
      files: { 'held.mjs': held },
      functions: (folder) => [functionIn(folder, 'held', { reservedConcurrency: 2 })],
    });
    const until = `${bench.folder}/go`;
    const all = Array.from({ length: 6 }, () => bench!.call('held', { until }));
    await eventually(() => statusOf('held').busy === 2, 'two at work');
    expect(statusOf('held').queued).toBe(4);
    bench.write({ go: '' });
    expect((await Promise.all(all)).reduce((sum, n) => sum + n)).toBeGreaterThanOrEqual(6);
    expect(statusOf('held').environments).toBe(2);
  });

  test('throttles with --strict-concurrency as Lambda does, by whose limit it is', async () => {
    bench = await openBench({
      files: { 'held.mjs': held },
      functions: (folder) => [
        functionIn(folder, 'reserved', { handler: 'held.handler', reservedConcurrency: 1 }),
        functionIn(folder, 'shared', { handler: 'held.handler', timeoutSeconds: 30 }),
        functionIn(folder, 'off', { handler: 'held.handler', reservedConcurrency: 0 }),
      ],
      strictConcurrency: true,
      concurrency: 2,
    });
    const until = `${bench.folder}/go`;
    const running = [start('reserved', { until }), start('shared', { until }), start('shared', { until })];
    await bench.runtime.ready();
    const throttled = { kind: 'throttled', reason: 'Rate Exceeded.' };
    const reserved = { ...throttled, limit: 'ReservedFunctionConcurrentInvocationLimitExceeded' };
    expect(await start('reserved')).toEqual(reserved);
    expect(await start('shared')).toEqual({ ...throttled, limit: 'ConcurrentInvocationLimitExceeded' });
    expect(await start('off')).toEqual(reserved);
    bench.write({ go: '' });
    expect((await Promise.all(running)).map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered']);
    expect(await start('reserved')).toMatchObject({ kind: 'answered' });
    expect(await start('shared')).toMatchObject({ kind: 'answered' });
  });

  test('shares with all that reserve nothing what the account has left', () => {
    const unreserved = { maximum: 2, inFlight: 0 };
    const [one, other, reserved] = [0, 0, 5].map((most) => {
      const admission = new Admission(unreserved);
      admission.reserved = most || null;
      admission.maximum = most || 10;
      return admission;
    }) as [Admission, Admission, Admission];
    const leave = one.enter() as () => void;
    expect(other.enter()).toBeTypeOf('function');
    expect(one.enter()).toBe('ConcurrentInvocationLimitExceeded');
    expect(other.enter()).toBe('ConcurrentInvocationLimitExceeded');
    expect(reserved.enter()).toBeTypeOf('function');
    leave();
    expect(other.enter()).toBeTypeOf('function');
  });

  test('says when functions reserve more than AWS would let them', async () => {
    bench = await openBench({
      files: { 'held.mjs': held },
      functions: (folder) => [
        functionIn(folder, 'greedy', { handler: 'held.handler', reservedConcurrency: 950 }),
        functionIn(folder, 'shared', { handler: 'held.handler' }),
      ],
    });
    await bench.runtime.ready();
    expect(bench.notices()).toEqual([
      'The functions reserve a concurrency of 950 together; AWS lets an account of 1000 reserve 900 and refuses the deployment.',
    ]);
  });

  test('has fewer or more environments when a reload changes it', async () => {
    const functions = (folder: string, reservedConcurrency: number) => [
      functionIn(folder, 'held', { reservedConcurrency }),
    ];
    bench = await openBench({ files: { 'held.mjs': held }, functions: (folder) => functions(folder, 3) });
    const until = `${bench.folder}/go`;
    const three = Array.from({ length: 3 }, () => start('held', { until }));
    await eventually(() => statusOf('held').busy === 3, 'three at work');
    const waiting = start('held');
    await bench.runtime.replace(functions(bench.folder, 1), []);
    bench.write({ go: '' });
    await Promise.all([...three, waiting]);
    await eventually(() => statusOf('held').environments === 1, 'the end of those that are too many');

    await bench.runtime.replace(functions(bench.folder, 0), []);
    expect(await start('held')).toMatchObject({ kind: 'throttled' });
    await bench.runtime.replace(functions(bench.folder, 2), []);
    expect(await start('held')).toMatchObject({ kind: 'answered' });
  });

  test('answers what waits when it is turned off', async () => {
    const functions = (folder: string, reservedConcurrency: number) => [
      functionIn(folder, 'held', { reservedConcurrency }),
    ];
    bench = await openBench({ files: { 'held.mjs': held }, functions: (folder) => functions(folder, 1) });
    const until = `${bench.folder}/go`;
    const running = start('held', { until });
    await eventually(() => statusOf('held').busy === 1, 'one at work');
    const waiting = start('held');
    await bench.runtime.replace(functions(bench.folder, 0), []);
    expect(await waiting).toMatchObject({ kind: 'throttled' });
    bench.write({ go: '' });
    expect(await running).toMatchObject({ kind: 'answered' });
  });
});

describe('hosts', () => {
  test('share environments, and one that dies answers its own events, harms no other’s, and comes back', async () => {
    bench = await openBench({
      files: {
        'pid.mjs': `
          import { existsSync, writeFileSync } from 'node:fs';
          export const handler = async ({ until, tell }) => {
            if (tell) writeFileSync(tell, String(process.pid));
            while (until && !existsSync(until)) await new Promise((done) => setTimeout(done, 5));
            return process.pid;
          };`,
      },
      functions: (folder) => [functionIn(folder, 'pid', { reservedConcurrency: 2, timeoutSeconds: 30 })],
      hosts: 2,
    });
    const { folder } = bench;
    const running = ['a', 'b'].map((name) => start('pid', { until: `${folder}/go`, tell: `${folder}/${name}` }));
    const pidIn = (name: string): number =>
      existsSync(`${folder}/${name}`) ? Number(readFileSync(`${folder}/${name}`)) : 0;
    await eventually(() => pidIn('a') > 0 && pidIn('b') > 0, 'both at work');
    expect(pidIn('a')).not.toBe(pidIn('b'));
    process.kill(pidIn('a'), 'SIGKILL');
    expect(await running[0]).toMatchObject({
      functionError: 'Unhandled',
      payload: expect.stringMatching(
        /^{"errorType":"Runtime.ExitError","errorMessage":"RequestId: \S+ Error: Runtime exited with error: signal: killed"/,
      ),
    });
    bench.write({ go: '' });
    expect(await running[1]).toMatchObject({ functionError: null, payload: String(pidIn('b')) });
    const after = await Promise.all([bench.call('pid', { tell: `${folder}/c` }), bench.call('pid')]);
    expect(after).not.toContain(pidIn('a'));
  });
});

describe('an environment that rests', () => {
  test('ends after its time, by the clock; the next event starts another', async () => {
    const clock = adjustableClock();
    bench = await openBench({
      files: { 'held.mjs': held },
      functions: (folder) => [functionIn(folder, 'held')],
      clock,
      idleMinutes: 10,
    });
    expect(await bench.call('held')).toBe(1);
    clock.advance(4 * 60_000);
    expect(await bench.call('held')).toBe(2);
    clock.advance(4 * 60_000);
    expect(await bench.call('held')).toBe(3);
    expect(statusOf('held').environments).toBe(1);
    clock.advance(10 * 60_000);
    expect(statusOf('held').environments).toBe(0);
    expect(await bench.call('held')).toBe(1);
  });

  test('is kept where the option says so', async () => {
    const clock = adjustableClock();
    bench = await openBench({
      files: { 'held.mjs': held },
      functions: (folder) => [functionIn(folder, 'held')],
      clock,
      idleMinutes: 0,
    });
    await bench.call('held');
    clock.advance(24 * 3_600_000);
    expect(await bench.call('held')).toBe(2);
  });
});

test('a host that holds too much and runs nothing is replaced, and nobody is answered an error for it', async () => {
  bench = await openBench({
    files: { 'pid.mjs': 'export const handler = async () => process.pid;' },
    functions: (folder) => [functionIn(folder, 'pid')],
    hostMegabytes: 1,
  });
  await bench.call('pid');
  await eventually(() => statusOf('pid').environments === 0, 'the replacement');
  expect(bench.notices().at(-1)).toMatch(/^Function host 0 held \d+ MB with nothing to do and was replaced\.$/);
  expect(await bench.call('pid')).toBeGreaterThan(0);
  expect(bench.notices().some((text) => text.includes('ended'))).toBe(false);
});
