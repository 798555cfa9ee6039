import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';
import { layerIn } from './parts-of-functions.ts';

let bench: Bench;

/** Every environment has a name of its own; what one does must never show in another. */
const isolated = `
  import { randomUUID } from 'node:crypto';
  import http from 'node:http';
  import { shared } from './shared.mjs';
  const environment = randomUUID();
  let events = 0; let open = 0; let most = 0;
  globalThis.mine ??= environment;
  process.env.MARK ??= environment;
  http.globalAgent.mark ??= environment;
  shared.mark ??= environment;
  console.log('init', environment);
  export const handler = async ({ order, ms }, context) => {
    open++; most = Math.max(most, open);
    const owners = new Set([globalThis.mine, process.env.MARK, http.globalAgent.mark, shared.mark, environment]);
    const before = context.awsRequestId;
    if (ms) await new Promise((done) => setTimeout(done, ms)); else await null;
    open--;
    return { environment, order, events: ++events, most, owners: owners.size, same: before === context.awsRequestId, name: context.functionName };
  };`;

const files = `
  import fs, { existsSync, readFileSync, writeFileSync } from 'node:fs';
  import { appendFile, mkdtemp, readdir, rename } from 'node:fs/promises';
  import { createRequire } from 'node:module';
  import os from 'node:os';
  import path from 'node:path';
  import { execSync } from 'node:child_process';
  const ways = {
    write: async ({ text }) => { writeFileSync('/tmp/x', text); await appendFile('/tmp/x', '!'); return readFileSync('/tmp/x', 'utf8'); },
    read: () => existsSync('/tmp/x') && readFileSync('/tmp/x', 'utf8'),
    list: () => readdir('/tmp'),
    temporary: async () => { const folder = await mkdtemp(path.join(os.tmpdir(), 'a-')); fs.writeFileSync(path.join(folder, 'f'), '1'); await rename(path.join(folder, 'f'), '/tmp/moved'); return [os.tmpdir(), readFileSync('/tmp/moved', 'utf8')]; },
    stream: async () => { const out = fs.createWriteStream('/tmp/s'); await new Promise((done) => out.end('streamed', done)); let text = ''; for await (const chunk of fs.createReadStream('/tmp/s')) text += chunk; return text; },
    place: () => fs.realpathSync('/tmp'),
    optional: () => [readFileSync('/opt/words.txt', 'utf8'), readFileSync(new URL('file:///opt/bin/tool'), 'utf8'), existsSync('/opt/none')],
    relative: () => [readFileSync('data.json', 'utf8'), readFileSync('./data.json', 'utf8'), readFileSync('/var/task/data.json', 'utf8'), readFileSync(path.join(process.env.LAMBDA_TASK_ROOT, 'data.json'), 'utf8')],
    moved: () => { const back = process.cwd(); process.chdir('/tmp'); writeFileSync('here', '1'); const seen = fs.readFileSync('/tmp/here', 'utf8'); process.chdir(back); return [seen, process.cwd() === back]; },
    module: async () => {
      writeFileSync('/tmp/made.mjs', 'export const made = 1;');
      writeFileSync('/tmp/made.cjs', 'exports.made = 2;');
      return [(await import('/tmp/made.mjs')).made, createRequire(import.meta.url)('/tmp/made.cjs').made];
    },
    child: () => execSync('cat data.json', { encoding: 'utf8' }),
    hold: async ({ ms }) => { await new Promise((done) => setTimeout(done, ms)); return ways.read(); },
    exit: () => process.exit(1),
  };
  export const handler = (event) => ways[event.way](event);`;

beforeAll(async () => {
  bench = await openBench({
    concurrency: 6,
    files: {
      'code/isolated.mjs': isolated,
      'code/twin.mjs': isolated,
      'code/shared.mjs': 'export const shared = {};',
      'code/files.mjs': files,
      'code/data.json': '{"of":"the code"}',
      'low/words.txt': 'low',
      'low/bin/tool': 'tool',
      'high/words.txt': 'high',
    },
    layers: (folder) => [layerIn(folder, 'low', 'opt'), layerIn(folder, 'high', 'opt')],
    functions: (folder) => [
      functionIn(join(folder, 'code'), 'isolated'),
      functionIn(join(folder, 'code'), 'twin'),
      functionIn(join(folder, 'code'), 'files', {
        layers: [layerIn(folder, 'low', 'opt').arn, layerIn(folder, 'high', 'opt').arn],
        timeoutSeconds: 10,
      }),
    ],
  });
});
afterAll(() => bench.stop());

describe('five hundred calls from many sides at once', () => {
  test('see exactly the isolation that Lambda gives', async () => {
    type Seen = {
      environment: string;
      order: number;
      events: number;
      most: number;
      owners: number;
      same: boolean;
      name: string;
    };
    const answers: Seen[] = await Promise.all(
      Array.from({ length: 500 }, (_, order) =>
        bench.call(order % 2 ? 'isolated' : 'twin', { order, ms: order % 10 === 0 ? 15 : 0 }),
      ),
    );
    // Each got its own answer.
    expect(answers.map(({ order }) => order)).toEqual(answers.map((_, order) => order));
    expect(answers.every(({ name, order }) => name === (order % 2 ? 'isolated' : 'twin'))).toBe(true);
    // Never two events at once, and nothing of another environment.
    expect(answers.every(({ most, owners, same }) => most === 1 && owners === 1 && same)).toBe(true);
    // State lives on within an environment: its events are counted without a gap.
    const byEnvironment = Map.groupBy(answers, ({ environment }) => environment);
    expect(byEnvironment.size).toBeGreaterThan(2);
    for (const seen of byEnvironment.values()) {
      expect(seen.map(({ events }) => events).sort((a, b) => a - b)).toEqual(seen.map((_, index) => index + 1));
      expect(new Set(seen.map(({ name }) => name)).size).toBe(1);
    }
    // The init phase ran once in each, and in none without an event but those that came too late for one.
    for (const environment of byEnvironment.keys()) {
      const inits = [...bench.logs('isolated'), ...bench.logs('twin')].filter((line) =>
        line.includes(`init ${environment}`),
      );
      expect(inits).toHaveLength(1);
    }
  });
});

describe('files', () => {
  test('/tmp belongs to an environment, lives as long as it, and goes with it', async () => {
    expect(await bench.call('files', { way: 'write', text: 'one' })).toBe('one!');
    expect(await bench.call('files', { way: 'read' })).toBe('one!');
    expect(await bench.call('files', { way: 'list' })).toEqual(['x']);
    // While one environment is held, another one answers, and sees nothing of it.
    const held = bench.call('files', { way: 'hold', ms: 1000 });
    expect(await bench.call('files', { way: 'read' })).toBe(false);
    expect(await held).toBe('one!');
    const place = await bench.call('files', { way: 'place' });
    expect((await bench.invoke('files', { way: 'exit' })).functionError).toBe('Unhandled');
    await eventually(() => !existsSync(place), 'the end of the folder');
  });

  test('every way to the file system leads there', async () => {
    expect(await bench.call('files', { way: 'temporary' })).toEqual(['/tmp', '1']);
    expect(await bench.call('files', { way: 'stream' })).toBe('streamed');
    expect(await bench.call('files', { way: 'module' })).toEqual([1, 2]);
    expect(await bench.call('files', { way: 'moved' })).toEqual(['1', true]);
  });

  test('/opt shows the layers, later ones over earlier ones', async () => {
    expect(await bench.call('files', { way: 'optional' })).toEqual(['high', 'tool', false]);
  });

  test('relative paths begin at the code, for child processes too', async () => {
    const data = readFileSync(join(bench.folder, 'code/data.json'), 'utf8');
    expect(await bench.call('files', { way: 'relative' })).toEqual([data, data, data, data]);
    expect(await bench.call('files', { way: 'child' })).toBe(data);
  });
});
