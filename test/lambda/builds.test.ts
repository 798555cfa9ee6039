import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { LambdaFunction } from '#gateway/model/lambda-function.ts';
import { type Bench, functionIn, openBench } from './bench-of-functions.ts';
import { esbuild, layerIn } from './parts-of-functions.ts';
import { zip } from './zip.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
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
    // `bare` asks for no build: it runs here and would not on AWS, which is said once.
    await bench.runtime.replace([functionIn(join(bench.folder, 'code'), 'bare')], []);
    expect(bench.notices()).toEqual([expect.stringMatching(/^bare: TypeScript was built here.*BuildMethod: esbuild/)]);
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
      'bundled runs without its layer arn:aws:lambda:us-east-1:1:layer:elsewhere:3: it is not on this disk. Install with npm what it brings, or declare it in the template with a local ContentUri.',
    );
  });

  test('a package of the lowest of several layers is found, and one that nobody has is told at once', async () => {
    bench = await openBench({
      files: {
        'code/lowest.cjs': `exports.handler = async () => require('deep').it;`,
        'code/nobody.cjs': `exports.handler = async () => require('of-nobody');`,
        ...packageFiles('one/nodejs', 'deep', 'export const it = "the lowest";'),
        'two/nodejs/two.mjs': '',
        'three/nodejs/three.mjs': '',
      },
      layers: (folder) => ['one', 'two', 'three'].map((name) => layerIn(folder, name, 'opt')),
      functions: (folder) => {
        const layers = ['one', 'two', 'three'].map((name) => layerIn(folder, name, 'opt').arn);
        return ['lowest', 'nobody'].map((name) => functionIn(join(folder, 'code'), name, { layers }));
      },
    });
    expect(await bench.call('lowest')).toBe('the lowest');
    expect(JSON.parse((await bench.invoke('nobody')).payload).errorMessage).toContain("Cannot find module 'of-nobody'");
  });
});

test('the SDK of the runtime is there for code that brings none', async () => {
  bench = await openBench({
    files: {
      'code/classic.cjs': `
        const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
        exports.handler = async () => DynamoDBClient.name;`,
      'code/modern.mjs': `
        import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
        export const handler = async () => DynamoDBDocumentClient.name;`,
    },
    functions: (folder) => ['classic', 'modern'].map((name) => functionIn(join(folder, 'code'), name)),
  });
  expect(await bench.call('classic')).toBe('DynamoDBClient');
  expect(await bench.call('modern')).toBe('DynamoDBDocumentClient');
});
