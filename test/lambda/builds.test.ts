import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { FunctionBuild, LambdaFunction, LayerVersion } from '#gateway/model/lambda-function.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

const esbuild = (entry: string, changes: Partial<FunctionBuild> = {}): FunctionBuild => ({
  method: 'esbuild',
  entryPoints: [entry],
  format: 'esm',
  target: 'es2022',
  external: [],
  mainFields: ['module', 'main'],
  banner: {},
  define: {},
  loader: {},
  minify: true,
  sourcemap: true,
  ...changes,
});

const layerIn = (dir: string, name: string, kind: 'opt' | 'opt/nodejs'): LayerVersion => ({
  logicalId: name,
  name,
  arn: `arn:aws:lambda:us-east-1:123456789012:layer:${name}:1`,
  mount: { kind, dir: join(dir, name) },
  unsupported: null,
  place: { file: 'template.yaml', line: 1, column: 1 },
});

const packageFiles = (folder: string, name: string, text: string): Record<string, string> => ({
  [`${folder}/node_modules/${name}/package.json`]: JSON.stringify({ name, type: 'module', exports: './index.js' }),
  [`${folder}/node_modules/${name}/index.js`]: text,
});

describe('builds', () => {
  test('TypeScript by the settings of the template, packages found from the source', async () => {
    bench = await openBench({
      files: {
        'package.json': '{"type":"module"}',
        'code/bids/place.ts': `
          import { price } from '../domain/price.ts';
          import { name } from 'from-source';
          declare const STAGE: string;
          type Event = { readonly cents: number };
          export const handler = async (event: Event) => {
            if (event.cents < 0) throw new Error('below zero');
            return [price(event.cents), name, STAGE, (globalThis as any).banner];
          };`,
        'code/bids/legacy.ts': `
          const { sep } = require('node:path');
          export const handler = async () => [sep, module.exports !== undefined];`,
        'code/domain/price.ts': 'export const price = (cents: number): string => (cents / 100).toFixed(2);',
        'code/bare.ts': 'export const handler = async (event: unknown) => ({ event });',
        ...packageFiles('code', 'from-source', 'export const name = "from-source";'),
      },
      functions: (folder) => [
        functionIn(join(folder, 'code'), 'place', {
          build: esbuild('bids/place.ts', {
            banner: { js: 'globalThis.banner = "kept";' },
            define: { STAGE: '"dev"' },
          }),
        }),
        functionIn(join(folder, 'code'), 'legacy', { build: esbuild('bids/legacy.ts', { format: 'cjs' }) }),
        functionIn(join(folder, 'code'), 'bare'),
      ],
    });
    expect(await bench.call('place', { cents: 1250 })).toEqual(['12.50', 'from-source', 'dev', 'kept']);
    expect(await bench.call('legacy')).toEqual(['/', true]);
    expect(await bench.call('bare', 1)).toEqual({ event: 1 });
    const failed = JSON.parse((await bench.invoke('place', { cents: -1 })).payload);
    expect(failed.trace[1]).toContain(join('code', 'bids', 'place.ts:7'));
  });

  test('inline code and archives', async () => {
    bench = await openBench({
      files: {},
      functions: (folder) => {
        writeFileSync(
          join(folder, 'code.zip'),
          zip({
            'app.js': 'exports.handler = async () => require("./lib/words").hello;',
            'lib/words.js': 'exports.hello = "zipped";',
          }),
        );
        writeFileSync(join(folder, 'evil.zip'), zip({ '../../evil.js': '' }));
        const zipped = (name: string, file: string): LambdaFunction =>
          functionIn(folder, name, { handler: 'app.handler', code: { kind: 'zip', file: join(folder, file) } });
        return [
          functionIn(folder, 'inline', {
            handler: 'index.handler',
            code: { kind: 'inline', text: 'exports.handler = async () => "inline";' },
          }),
          zipped('zipped', 'code.zip'),
          zipped('evil', 'evil.zip'),
          zipped('absent', 'absent.zip'),
          functionIn(folder, 'remote', { code: { kind: 'remote', uri: 's3://bucket/key' } }),
        ];
      },
    });
    expect(await bench.call('inline')).toBe('inline');
    expect(await bench.call('zipped')).toBe('zipped');
    const { runtime } = bench;
    const refusal = async (name: string) => {
      const result = await runtime.invoke({ function: { name, qualifier: null }, payload: '{}' });
      return result.kind === 'unsupported' ? result.reason : result.kind;
    };
    expect(await refusal('evil')).toContain('outside its folder');
    expect(await refusal('absent')).toContain('absent.zip');
    expect(await refusal('remote')).toContain('s3://bucket/key');
  });

  test('one that fails says where, and harms no other', async () => {
    bench = await openBench({
      files: {
        'code/good.ts': 'export const handler = async () => "good";',
        'code/bad.ts': 'export const handler = async () => {\n  return 1 +;\n};',
      },
      functions: (folder) =>
        ['good', 'bad'].map((name) => functionIn(join(folder, 'code'), name, { build: esbuild(`${name}.ts`) })),
    });
    expect(await bench.call('good')).toBe('good');
    const told = JSON.parse((await bench.invoke('bad')).payload);
    expect(told).toMatchObject({
      errorType: 'Gavel.BuildFailed',
      errorMessage: expect.stringContaining(`${join(bench.folder, 'code', 'bad.ts')}:2:13: Unexpected ";"`),
    });
    expect(bench.notices().some((text) => text.startsWith('bad does not build.'))).toBe(true);
  });
});

describe('layers', () => {
  test('lie under /opt for import and require, later ones over earlier ones', async () => {
    bench = await openBench({
      files: {
        'code/modern.mjs': `
          import { who } from '/opt/nodejs/who.mjs';
          import { shared } from 'in-layer';
          import { dependency } from '/opt/nodejs/tools.js';
          export const handler = async () => [who, shared, dependency];`,
        'code/classic.cjs': `
          const { who } = require('/opt/nodejs/who.mjs');
          exports.handler = async () => [who, require('in-layer').shared];`,
        'code/bundled.ts': `
          import { shared } from 'in-layer';
          import { dependency } from '/opt/nodejs/tools.js';
          export const handler = async () => [shared, dependency];`,
        'below/nodejs/who.mjs': 'export const who = "below";',
        'above/nodejs/who.mjs': 'export const who = "above";',
        ...packageFiles('above/nodejs', 'in-layer', 'export const shared = "from the layer";'),
        ...packageFiles('code', 'in-layer', 'export const shared = "from the source";'),
        'built/tools.ts': 'import { d } from "of-layer"; export const dependency: string = d;',
        ...packageFiles('built', 'of-layer', 'export const d = "its own";'),
      },
      layers: (folder) => [
        layerIn(folder, 'below', 'opt'),
        layerIn(folder, 'above', 'opt'),
        layerIn(folder, 'built', 'opt/nodejs'),
      ],
      functions: (folder) => {
        const layers = ['below', 'above', 'built'].map((name) => layerIn(folder, name, 'opt').arn);
        return [
          functionIn(join(folder, 'code'), 'modern', { layers }),
          functionIn(join(folder, 'code'), 'classic', { layers }),
          functionIn(join(folder, 'code'), 'bundled', {
            layers: [...layers, 'arn:aws:lambda:us-east-1:1:layer:elsewhere:3'],
            build: esbuild('bundled.ts', { external: ['in-layer', '/opt/*'] }),
          }),
        ];
      },
    });
    expect(await bench.call('modern')).toEqual(['above', 'from the source', 'its own']);
    expect(await bench.call('classic')).toEqual(['above', 'from the source']);
    expect(await bench.call('bundled')).toEqual(['from the layer', 'its own']);
    expect(bench.notices()).toContain(
      'bundled runs without its layer arn:aws:lambda:us-east-1:1:layer:elsewhere:3: it is not on this disk.',
    );
  });
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

/** A small archive; enough for a reader that does not check sums. */
const zip = (files: Readonly<Record<string, string>>): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const packed = deflateRawSync(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
};
