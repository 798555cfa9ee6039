import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode, firstLine, root, run, start } from './machine.ts';

type Packed = readonly [{ readonly filename: string; readonly files: readonly { readonly path: string }[] }];

describe('the package, installed into an empty folder', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gavel-pack-'));
  const user = path.join(folder, 'user');
  const gavel = path.join(user, 'node_modules/.bin/gavel');
  let files: readonly string[] = [];

  beforeAll(async () => {
    cpSync(path.join(import.meta.dirname, 'foreign'), user, { recursive: true });
    writeFileSync(path.join(user, 'package.json'), '{ "private": true }\n');
    const output = await run(root, 'npm', 'pack', '--json', '--pack-destination', folder);
    // The build writes its own lines before npm's.
    const [packed] = JSON.parse(output.slice(output.search(/^\[$/m))) as Packed;
    files = packed.files.map((file) => file.path);
    const tarball = path.join(folder, packed.filename);
    await run(user, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('carries JavaScript and its declarations, nothing else of the sources', () => {
    expect(files).toContain('dist/main.js');
    expect(files).toContain('dist/lambda/host.js');
    expect(files).toContain('dist/index.d.ts');
    expect(files).toContain('LICENSE');
    expect(files.filter((file) => /\.ts$/.test(file) && !/\.d\.ts$/.test(file))).toEqual([]);
    expect(files.filter((file) => /^(test|gateway|functions|docs|scripts)\//.test(file))).toEqual([]);
  });

  test('starts a foreign template, serves it, and ends on SIGTERM with 0', async () => {
    const child = start(user, gavel, 'start', '--template', 'template.yaml', '--json', '--port', '0', '--no-watch');
    const ended = exitCode(child);
    try {
      const ready = JSON.parse(await firstLine(child, 15_000));
      expect(ready).toMatchObject({ ready: true, apis: [{ logicalId: 'Hello', type: 'REST' }] });
      const response = await fetch(`${ready.apis[0].stages.Prod}/hello/stranger`);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({ hello: 'stranger', stage: 'Prod' });
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
  });

  test('gives startGateway to a program', async () => {
    writeFileSync(
      path.join(user, 'in-process.mjs'),
      `import { startGateway } from 'gavel';
       const gateway = await startGateway({ template: 'template.yaml' });
       const response = await gateway.fetch('Hello', '/Prod/hello/program');
       process.stdout.write(JSON.stringify({ status: response.status, body: await response.json() }));
       await gateway.stop();`,
    );
    const node = path.join(user, 'node_modules/.bin/node');
    expect(existsSync(node)).toBe(true);
    const output = await run(user, node, 'in-process.mjs');
    expect(JSON.parse(output)).toEqual({ status: 200, body: { hello: 'program', stage: 'Prod' } });
  });
});
