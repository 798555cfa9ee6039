import { once } from 'node:events';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BootstrapProject } from './bootstrap-project.ts';

describe('node bin/setup.mjs COMMAND', () => {
  let project: BootstrapProject;
  beforeEach(() => {
    project = new BootstrapProject();
  });
  afterEach(() => project.remove());

  test('installs what is missing, runs the command on Node 24 and ends as it ends', async () => {
    const first = await project.run(['greet', 'world', '3']);
    expect(first).toMatchObject({ code: 3, stdout: 'greetings world 3 24\n' });
    expect(first.stderr).toContain('nothing is installed yet');
  });

  test('a second run installs nothing and says nothing', async () => {
    await project.run(['greet']);
    expect(await project.run(['greet'])).toEqual({ code: 0, stdout: 'greetings 24\n', stderr: '' });
    expect(project.installations()).toBe(1);
  });

  test('installs again when package-lock.json asks for another version, or a package is gone', async () => {
    await project.run(['greet']);
    project.lock('2.0.0');
    expect((await project.run(['greet'])).stderr).toContain('greeter is 1.0.0, not 2.0.0');
    rmSync(path.join(project.folder, 'node_modules/greeter'), { recursive: true });
    expect((await project.run(['greet'])).stderr).toContain('greeter is missing');
    expect(project.installations()).toBe(3);
  });

  test('two at once install once', async () => {
    const outcomes = await Promise.all([project.run(['greet']), project.run(['greet'])]);
    expect(outcomes.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
      Array(2).fill({ code: 0, stdout: 'greetings 24\n' }),
    );
    expect(project.installations()).toBe(1);
  });

  test('the lock of a process that is gone holds nobody up', async () => {
    const lock = path.join(project.folder, '.gavel/setup.lock');
    mkdirSync(lock, { recursive: true });
    writeFileSync(path.join(lock, 'pid'), String(process.pid));
    utimesSync(lock, new Date(0), new Date(0));
    expect((await project.run(['greet'])).code).toBe(0);
  });

  test.each([
    ['0 error code ECONNREFUSED', 'the package registry cannot be reached (ECONNREFUSED)'],
    ['0 error code E407', 'the proxy asks for a login (407)'],
    ['0 error code E403', 'the package registry refused the request (E403)'],
    ['0 error code EROFS', 'node_modules cannot be written (EROFS)'],
    ['0 error code EUSAGE', 'package.json and package-lock.json do not agree (EUSAGE)'],
    ['0 error something new', 'npm could not install what is needed.\n  npm: something new'],
  ])('%s is told as: %s', async (log, message) => {
    const { code, stdout, stderr } = await project.run(['greet'], log);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('names a command that no package brings', async () => {
    expect(await project.run(['grete'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no package here brings a command "grete"'),
    });
  });

  test.skipIf(process.platform === 'win32')('passes signals on', async () => {
    const child = project.start(['greet', 'wait']);
    for await (const _ of child.stdout!) break;
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(7);
  });
});
