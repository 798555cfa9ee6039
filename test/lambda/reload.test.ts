import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';
import { esbuild, layerIn } from './parts-of-functions.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe('a reload', () => {
  test('runs what was edited, keeps what was not, and the last good build of what no longer compiles', async () => {
    const code = (text: string) => `let n = 0; export const handler = async (): Promise<unknown> => ['${text}', ++n];`;
    const functions = (folder: string) =>
      ['edited', 'kept'].map((name) => functionIn(join(folder, 'code'), name, { build: esbuild(`${name}.ts`) }));
    bench = await openBench({ files: { 'code/edited.ts': code('one'), 'code/kept.ts': code('kept') }, functions });
    const reload = () => bench!.runtime.replace(functions(bench!.folder), []);
    expect(await bench.call('edited')).toEqual(['one', 1]);
    expect(await bench.call('kept')).toEqual(['kept', 1]);

    bench.write({ 'code/edited.ts': code('two') });
    await reload();
    expect(await bench.call('edited')).toEqual(['two', 1]);
    expect(await bench.call('kept')).toEqual(['kept', 2]);

    bench.write({ 'code/edited.ts': 'export const handler = async (' });
    await reload();
    expect(await bench.call('edited')).toEqual(['two', 2]);
    expect(bench.notices().at(-1)).toContain('edited does not build; its last good version goes on.');
    expect(bench.notices().at(-1)).toContain('edited.ts:1:31');

    bench.write({ 'code/edited.ts': code('three') });
    await reload();
    expect(await bench.call('edited')).toEqual(['three', 1]);
    expect(await bench.call('kept')).toEqual(['kept', 3]);
  });

  test('that was anticipated runs in an environment like any other, and starts it before the next event', async () => {
    const code = (text: string) =>
      `export const handler = async () => ['${text}', process.env, process.argv, process.cwd(), performance.now() - process.uptime() > 0];`;
    const functions = (folder: string) => [functionIn(join(folder, 'code'), 'same', { environment: { MINE: 'yes' } })];
    bench = await openBench({ files: { 'code/same.mjs': code('one') }, functions });
    const [one, variables, ...before] = await bench.call('same');
    bench.runtime.anticipate();
    bench.write({ 'code/same.mjs': code('two') });
    await bench.runtime.replace(functions(bench.folder), []);
    expect(bench.runtime.status()[0]!.environments).toBe(1);
    const [two, variablesAfter, ...after] = await bench.call('same');
    const varying = { AWS_LAMBDA_LOG_STREAM_NAME: '', _X_AMZN_TRACE_ID: '' };
    expect([one, two]).toEqual(['one', 'two']);
    expect({ ...variablesAfter, ...varying }).toEqual({ ...variables, ...varying });
    expect(after).toEqual(before);
  });

  test('lets events in flight finish on the old, and sends those that wait to the new', async () => {
    const code = (text: string) =>
      `export const handler = async ({ ms }) => { await new Promise((done) => setTimeout(done, ms)); return '${text}'; };`;
    const functions = (folder: string) => [functionIn(join(folder, 'code'), 'slow', { reservedConcurrency: 1 })];
    bench = await openBench({ files: { 'code/slow.mjs': code('old') }, functions });
    await bench.call('slow', { ms: 0 });
    const inFlight = bench.call('slow', { ms: 300 });
    const waiting = bench.call('slow', { ms: 0 });
    bench.write({ 'code/slow.mjs': code('new') });
    await bench.runtime.replace(functions(bench.folder), []);
    expect(await Promise.all([inFlight, waiting])).toEqual(['old', 'new']);
    await eventually(() => bench!.runtime.status()[0]!.environments === 1, 'the end of the old environment');
  });

  test('answers events that come back from an environment when their function is no longer there', async () => {
    const functions = (folder: string) => [functionIn(folder, 'busy', { reservedConcurrency: 1 })];
    const code = (text: string) =>
      `export const handler = async ({ ms }) => { const end = Date.now() + ms; while (Date.now() < end); return '${text}'; };`;
    bench = await openBench({ files: { 'busy.mjs': code('old') }, functions });
    // Swift as it is, it is handed events ahead.
    for (let i = 0; i < 30; i++) await bench.call('busy', { ms: 0 });
    const calls = [300, 1, 1].map((ms) => bench!.call('busy', { ms }).catch((error: Error) => error.message));
    bench.write({ 'busy.mjs': code('new') });
    await bench.runtime.replace(functions(bench.folder), []);
    await bench.runtime.replace([], []);
    const [first, ...others] = await Promise.all(calls);
    expect(first).toBe('old');
    for (const other of others) expect(other).toMatch(/^not-found: busy:\$LATEST was removed|^old$/);
  });

  test('follows a layer, settings and removal', async () => {
    const layers = (folder: string) => [layerIn(folder, 'words', 'opt/nodejs')];
    const user = (folder: string, mood: string) =>
      functionIn(join(folder, 'code'), 'user', { layers: [layers(folder)[0]!.arn], environment: { MOOD: mood } });
    bench = await openBench({
      files: {
        'code/user.mjs':
          'import { word } from "/opt/nodejs/word.mjs"; export const handler = async () => [word, process.env.MOOD];',
        'words/word.mjs': 'export const word = "one";',
      },
      layers,
      functions: (folder) => [user(folder, 'calm')],
    });
    expect(await bench.call('user')).toEqual(['one', 'calm']);
    bench.write({ 'words/word.mjs': 'export const word = "two";' });
    await bench.runtime.replace([user(bench.folder, 'calm')], layers(bench.folder));
    expect(await bench.call('user')).toEqual(['two', 'calm']);
    await bench.runtime.replace([user(bench.folder, 'wild')], layers(bench.folder));
    expect(await bench.call('user')).toEqual(['two', 'wild']);
    await bench.runtime.replace([], []);
    await expect(bench.call('user')).rejects.toThrow('not-found');
  });
});

describe('versions', () => {
  test('share the concurrency of their function: one that has none gets the next place that comes free', async () => {
    const version = { version: '1', logicalId: 'V1' };
    bench = await openBench({
      files: {
        'shared.mjs':
          'export const handler = async ({ ms }, { functionVersion }) => { await new Promise((done) => setTimeout(done, ms)); return functionVersion; };',
      },
      functions: (folder) => [functionIn(folder, 'shared', { reservedConcurrency: 1, versions: [version] })],
    });
    await bench.call('shared', { ms: 0 });
    const [first, last] = [100, 0].map((ms) => bench!.call('shared', { ms }));
    expect(await Promise.all([first, bench.call('shared', { ms: 0 }, '1'), last])).toEqual(['$LATEST', '1', '$LATEST']);
  });
});

describe('aliases', () => {
  test('share calls between versions by weight, and one that is pinned stays at its build', async () => {
    const alias = (name: string, version: string, routing: Record<string, number>, followsLatest: boolean) => ({
      name,
      logicalId: name,
      version,
      routing,
      provisionedConcurrency: 0,
      followsLatest,
    });
    const functions = (folder: string) => [
      functionIn(join(folder, 'code'), 'sold', {
        build: esbuild('sold.ts'),
        versions: ['1', '2', '3'].map((version) => ({ version, logicalId: `V${version}` })),
        aliases: [alias('live', '1', { 2: 0.25 }, true), alias('held', '3', {}, false)],
      }),
    ];
    const code = (text: string) =>
      `export const handler = async (event: unknown, { functionVersion }: { functionVersion: string }) => ['${text}', functionVersion];`;
    bench = await openBench({ files: { 'code/sold.ts': code('old') }, functions });
    const drawn = new Map<string, number>();
    for (let i = 0; i < 400; i++) {
      const { executedVersion } = await bench.invoke('sold', {}, 'live');
      drawn.set(executedVersion, (drawn.get(executedVersion) ?? 0) + 1);
    }
    expect([...drawn.keys()].sort()).toEqual(['1', '2']);
    expect(drawn.get('2')).toBeGreaterThan(50);
    expect(drawn.get('2')).toBeLessThan(160);
    expect(await bench.call('sold', {}, 'held')).toEqual(['old', '3']);

    bench.write({ 'code/sold.ts': code('new') });
    await bench.runtime.replace(functions(bench.folder), []);
    expect(await bench.call('sold', {}, '1')).toEqual(['new', '1']);
    expect(await bench.call('sold')).toEqual(['new', '$LATEST']);
    expect(await bench.call('sold', {}, 'held')).toEqual(['old', '3']);
  });
});
