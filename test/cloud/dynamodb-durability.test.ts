import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DynamoDb } from '#gateway/cloud/dynamodb/dynamodb.ts';
import { createObserver, type Observation } from '#gateway/observe/observer.ts';
import { eventually } from './eventually.ts';
import { bid, startTestDynamoDb } from './tables.ts';

let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'gavel-durability-'));
});
afterAll(() => rm(dataDirectory, { recursive: true }));

test('a killed gateway takes its engine with it and loses nothing that was acknowledged', async () => {
  const program = fileURLToPath(new URL('./keep-writing.ts', import.meta.url));
  const child = spawn(process.execPath, [program, dataDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  createInterface(child.stdout).on('line', (line) => said.push(line));
  await eventually('fifty bids', () => said.length > 50);
  child.kill('SIGKILL');
  await once(child, 'close');
  const acknowledged = Number(said.at(-1));
  const port = Number(new URL(said[0]!).port);
  await eventually('the end of the engine', async () => !(await answers(port)));

  const dynamodb = await startTestDynamoDb({ dataDirectory });
  try {
    expect(dynamodb.created).toEqual([]);
    const { Count } = await dynamodb.call<{ Count: number }>('Scan', { TableName: 'bids' });
    // The last one may have been written without its answer having been read.
    expect([acknowledged, acknowledged + 1]).toContain(Count);
  } finally {
    await dynamodb.stop();
  }
});

test.runIf(process.platform === 'linux')('an engine that dies is started again at its address', async () => {
  const observer = createObserver();
  const notices: string[] = [];
  observer.subscribe((seen: Observation) => seen.kind === 'notice' && notices.push(seen.text));
  const dynamodb = await startTestDynamoDb({ dataDirectory: join(dataDirectory, '.'), observer });
  try {
    await put(dynamodb, 1_000_000);
    await killEngine(dynamodb);
    await eventually('an answer after the restart', () =>
      put(dynamodb, 1_000_001).then(
        () => true,
        () => false,
      ),
    );
    const { Count } = await dynamodb.call<{ Count: number }>('Query', {
      TableName: 'bids',
      KeyConditionExpression: 'lot = :lot AND version >= :first',
      ExpressionAttributeValues: { ':lot': { S: 'a' }, ':first': { N: '1000000' } },
    });
    expect(Count).toBe(2);
    expect(notices).toEqual(['the embedded DynamoDB ended (SIGKILL); it starts again']);
  } finally {
    await dynamodb.stop();
  }
  expect(await answers(Number(new URL(dynamodb.endpoint).port))).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'an engine in memory comes back with its tables, and says what is lost',
  async () => {
    const observer = createObserver();
    const notices: string[] = [];
    observer.subscribe((seen: Observation) => seen.kind === 'notice' && notices.push(seen.text));
    const dynamodb = await startTestDynamoDb({ observer });
    try {
      await killEngine(dynamodb);
      await eventually('a table after the restart', () =>
        put(dynamodb, 1).then(
          () => true,
          () => false,
        ),
      );
      expect(notices.at(-1)).toContain('its data are lost');
    } finally {
      await dynamodb.stop();
    }
  },
);

const put = (dynamodb: DynamoDb, version: number): Promise<unknown> =>
  dynamodb.call('PutItem', { TableName: 'bids', Item: bid('a', version) });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });

/** Finds the engine by the port on its command line. */
const killEngine = async (dynamodb: DynamoDb): Promise<void> => {
  const { readdir, readFile } = await import('node:fs/promises');
  const port = new URL(dynamodb.endpoint).port;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    const words = command.split('\0');
    if (words[0]!.endsWith('dynoxide') && words.includes(port)) process.kill(Number(pid), 'SIGKILL');
  }
};
