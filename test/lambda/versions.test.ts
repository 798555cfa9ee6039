import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { pinFile } from '#gateway/lambda/versions/pin-store.ts';
import type { FunctionAlias, LambdaFunction } from '#gateway/model/lambda-function.ts';
import { type Bench, functionIn, openBench } from './bench-of-functions.ts';
import { esbuild, layerIn } from './parts-of-functions.ts';

let bench: Bench | undefined;
const folders: string[] = [];
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const live: FunctionAlias = {
  name: 'live',
  logicalId: 'Live',
  version: '1',
  routing: {},
  provisionedConcurrency: 0,
  followsLatest: true,
};
const sold = (dir: string, changes: Partial<LambdaFunction> = {}): LambdaFunction =>
  functionIn(dir, 'sold', { versions: [{ version: '1', logicalId: 'V' }], aliases: [live], ...changes });

const code = (text: string) => `
  export const handler = async (event, { functionVersion }) => ['${text}', functionVersion, process.env.MOOD];`;

const open = (options: Partial<Parameters<typeof openBench>[0]> = {}): Promise<Bench> =>
  openBench({
    files: { 'code/sold.mjs': code('one') },
    functions: (folder) => [sold(join(folder, 'code'))],
    ...options,
  });

const edit = async (text: string, changes: Partial<LambdaFunction> = {}): Promise<void> => {
  bench!.write({ 'code/sold.mjs': code(text) });
  await bench!.runtime.replace([sold(join(bench!.folder, 'code'), changes)], []);
};

describe('a published version', () => {
  test('keeps code and settings of its moment, of plain JavaScript too', async () => {
    bench = await open({
      functions: (folder) => [sold(join(folder, 'code'), { environment: { MOOD: 'calm' } })],
    });
    const { control } = bench.runtime;
    expect(await control.publishVersion('sold', 'the first')).toBe('2');
    await edit('two', { environment: { MOOD: 'wild' } });
    expect(await bench.call('sold', {}, '2')).toEqual(['one', '2', 'calm']);
    expect(await bench.call('sold', {}, 'live')).toEqual(['two', '1', 'wild']);
    expect(await bench.call('sold')).toEqual(['two', '$LATEST', 'wild']);
    expect(await control.publishVersion('sold', '')).toBe('3');
    // Nothing has changed since.
    expect(await control.publishVersion('sold', '')).toBe('3');
    expect(await bench.call('sold', {}, '3')).toEqual(['two', '3', 'wild']);
  });

  test('keeps its bundle, and its layers', async () => {
    const layers = (folder: string) => [layerIn(folder, 'words', 'opt/nodejs')];
    const functions = (folder: string) => [
      functionIn(join(folder, 'code'), 'user', {
        build: esbuild('user.ts', { external: ['/opt/*'] }),
        layers: [layers(folder)[0]!.arn],
      }),
    ];
    const text = (word: string) =>
      `import { word } from '/opt/nodejs/word.mjs'; export const handler = async (): Promise<string[]> => ['${word}', word];`;
    bench = await openBench({
      files: { 'code/user.ts': text('one'), 'words/word.mjs': 'export const word = "one";' },
      layers,
      functions,
    });
    expect(await bench.runtime.control.publishVersion('user', '')).toBe('1');
    bench.write({ 'code/user.ts': text('two'), 'words/word.mjs': 'export const word = "two";' });
    await bench.runtime.replace(functions(bench.folder), layers(bench.folder));
    expect(await bench.call('user')).toEqual(['two', 'two']);
    expect(await bench.call('user', {}, '1')).toEqual(['one', 'one']);
  });

  test('finds the packages that were installed beside its code', async () => {
    bench = await open({
      files: {
        'code/sold.mjs':
          'import { word } from "word"; import { near } from "./near.mjs"; export const handler = async () => [word, near];',
        'code/near.mjs': 'export const near = "near";',
        'code/node_modules/word/package.json': '{"name":"word","type":"module","exports":"./word.js"}',
        'code/node_modules/word/word.js': 'export const word = "installed";',
      },
    });
    await bench.runtime.control.publishVersion('sold', '');
    bench.write({ 'code/near.mjs': 'export const near = "far";' });
    await bench.runtime.replace([sold(join(bench.folder, 'code'))], []);
    expect(await bench.call('sold', {}, '2')).toEqual(['installed', 'near']);
    expect(await bench.call('sold')).toEqual(['installed', 'far']);
  });
});

describe('an alias', () => {
  test('that is moved to $LATEST follows the code as $LATEST does', async () => {
    bench = await open();
    await bench.runtime.control.updateAlias('sold', 'live', { version: '$LATEST' });
    await edit('two');
    expect((await bench.call('sold', {}, 'live')).slice(0, 2)).toEqual(['two', '$LATEST']);
    expect((await bench.call('sold')).slice(0, 2)).toEqual(['two', '$LATEST']);
  });

  test('runs its version in a project that was moved, and whose source is broken', async () => {
    const data = mkdtempSync(join(tmpdir(), 'gavel-pins-'));
    folders.push(data);
    const start = async (project: string): Promise<Bench> => {
      const stack = join(data, project, '.gavel', 'stack');
      mkdirSync(stack, { recursive: true });
      bench = await open({
        files: {},
        pins: pinFile(join(stack, 'functions.json')),
        versionsDirectory: join(stack, 'versions'),
        functions: () => [sold(join(data, project, 'code'), { build: esbuild('sold.ts') })],
      });
      return bench;
    };
    const write = (project: string, path: string, text: string): void => {
      mkdirSync(dirname(join(data, project, path)), { recursive: true });
      writeFileSync(join(data, project, path), text);
    };
    write('old', 'node_modules/word/index.js', 'exports.word = "installed";');
    write('old', 'code/sold.ts', 'import { word } from "word"; export const handler = async () => ["one", word];');
    bench = await start('old');
    const { control } = bench.runtime;
    await control.updateAlias('sold', 'live', { version: await control.publishVersion('sold', '') });
    await control.provisionConcurrency('sold', 'live', 1);
    await bench.stop();

    renameSync(join(data, 'old'), join(data, 'new'));
    write('new', 'code/sold.ts', 'export const handler = async (');
    bench = await start('new');
    expect(await bench.call('sold', {}, 'live')).toEqual(['one', 'installed']);
    expect(JSON.parse((await bench.invoke('sold')).payload).errorType).toBe('Gavel.BuildFailed');
    write('new', 'code/sold.ts', 'export const handler = async () => ["two"];');
    await bench.runtime.replace([sold(join(data, 'new', 'code'), { build: esbuild('sold.ts') })], []);
    expect(await bench.call('sold')).toEqual(['two']);
    expect(await bench.call('sold', {}, 'live')).toEqual(['one', 'installed']);
  });

  test('that a control plane moves is frozen, and says so; one that nobody moves follows the code', async () => {
    bench = await open();
    const { control } = bench.runtime;
    await control.updateAlias('sold', 'live', { version: '1' });
    await edit('two');
    expect(await bench.call('sold', {}, 'live')).toEqual(['one', '1', null]);
    expect(bench.notices()).toEqual([
      'sold: alias live is frozen at version 1; it stays so over reloads and restarts until `gavel unpin`.',
    ]);
    expect(await control.unpin(null)).toEqual(['sold']);
    expect((await bench.call('sold', {}, 'live')).slice(0, 2)).toEqual(['two', '1']);
    expect(await control.unpin(null)).toEqual([]);
  });

  test('shares events out by weight, by draws that a test gives', async () => {
    const draws = [0.05, 0.5, 0.09, 0.1, 0.99];
    bench = await open({ draw: () => draws.shift()! });
    const { control } = bench.runtime;
    await control.publishVersion('sold', '');
    await control.updateAlias('sold', 'live', { version: '1', routing: { 2: 0.1 } });
    const versions = [];
    for (let i = 0; i < 5; i++) versions.push((await bench.invoke('sold', {}, 'live')).executedVersion);
    expect(versions).toEqual(['2', '1', '2', '1', '1']);
  });

  test('survives a restart with its version, and `unpin` ends that too', async () => {
    const data = mkdtempSync(join(tmpdir(), 'gavel-pins-'));
    folders.push(data);
    const start = async (): Promise<Bench> => {
      bench = await open({
        files: {},
        pins: pinFile(join(data, 'functions.json')),
        versionsDirectory: join(data, 'versions'),
        functions: () => [sold(data)],
      });
      return bench;
    };
    writeFileSync(join(data, 'sold.mjs'), code('one'));
    bench = await start();
    await bench.runtime.control.publishVersion('sold', 'kept');
    await bench.runtime.control.updateAlias('sold', 'live', { version: '2' });
    await bench.runtime.control.createAlias('sold', 'candidate', { version: '$LATEST' });
    await bench.stop();

    writeFileSync(join(data, 'sold.mjs'), code('two'));
    bench = await start();
    expect(bench.notices()).toEqual([
      'sold: alias live is frozen at version 2, alias candidate is frozen at version $LATEST; it stays so over reloads and restarts until `gavel unpin`.',
    ]);
    expect((await bench.call('sold', {}, 'live')).slice(0, 2)).toEqual(['one', '2']);
    expect((await bench.call('sold', {}, 'candidate')).slice(0, 2)).toEqual(['two', '$LATEST']);
    const snapshots = (): number => readdirSync(join(data, 'versions', 'sold')).length;
    // Of the template's version 1, held only for the alias, nothing is left after the next start.
    await bench.runtime.control.updateAlias('sold', 'live', { version: '1' });
    expect(snapshots()).toBe(2);
    await bench.runtime.control.unpin('sold');
    await bench.stop();

    bench = await start();
    await bench.runtime.ready();
    expect(bench.notices()).toEqual([]);
    expect((await bench.call('sold', {}, 'live')).slice(0, 2)).toEqual(['two', '1']);
    // What was published stays.
    expect(snapshots()).toBe(1);
    expect((await bench.call('sold', {}, '2')).slice(0, 2)).toEqual(['one', '2']);
  });

  test.each([
    [
      { version: '7' },
      'ResourceNotFoundException',
      'Function not found: arn:aws:lambda:us-east-1:123456789012:function:sold:7',
    ],
    [{ version: '1', routing: { 1: 0.5 } }, 'InvalidParameterValueException', 'already included in routing'],
    [{ version: '$LATEST', routing: { 1: 0.5 } }, 'InvalidParameterValueException', '$LATEST is not supported'],
    [{ version: '1', routing: { 2: 1.5 } }, 'InvalidParameterValueException', 'between 0.0 and 1.0'],
  ])('is not moved to %j', async (change, errorCode, message) => {
    bench = await open();
    await bench.runtime.control.publishVersion('sold', '');
    const refused = await bench.runtime.control.updateAlias('sold', 'live', change).catch((error) => error);
    expect(refused).toMatchObject({ code: errorCode, message: expect.stringContaining(message) });
  });
});

test('concurrency that a control plane sets is over the template’s, and over a reload', async () => {
  bench = await open();
  const { control } = bench.runtime;
  await control.reserveConcurrency('sold', 0);
  await edit('two');
  const invoked = await bench.runtime.invoke({ function: { name: 'sold', qualifier: null }, payload: '{}' });
  expect(invoked).toMatchObject({ kind: 'throttled' });
  await control.reserveConcurrency('sold', null);
  expect((await bench.call('sold'))[0]).toBe('two');
  await expect(control.reserveConcurrency('sold', 901)).rejects.toThrow('below its minimum value of [100]');
});
