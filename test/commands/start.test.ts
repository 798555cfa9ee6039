import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, expect, test } from 'vitest';
import { eventually } from '../cloud/eventually.ts';
import { gavel, type Started, startGavel, temporaryFolder } from './gavel.ts';

const folder = temporaryFolder();
const running = new Set<Started>();
afterAll(() => {
  for (const { child } of running) child.kill('SIGKILL');
  folder.remove();
});
const start = async (data: string, ...words: string[]): Promise<Started> => {
  const started = await startGavel([
    '--config-env',
    'dev',
    '--port',
    '0',
    '--data-dir',
    `${folder.path}/${data}`,
    ...words,
  ]);
  running.add(started);
  void started.exited.then(() => running.delete(started));
  return started;
};
const urlOf = ({ readiness }: Started, api: string, stage = 'dev'): string =>
  readiness.apis.find(({ logicalId }) => logicalId === api)!.stages[stage]!;
const bid = (started: Started, bidId: string, amountCents: number): Promise<Response> =>
  fetch(`${urlOf(started, 'Bidding')}/lots/demo-12/bids`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ bidId, bidder: 'ada', amountCents }),
  });
const lot = async (started: Started): Promise<{ highestBid?: { bidId: string }; version: number }> =>
  (await (await fetch(`${urlOf(started, 'Market')}/lots/demo-12`)).json()) as never;

test('the line that says ready has APIs in the order of the template, URLs and credentials; the index is a page', async () => {
  const started = await start('ready');
  const { readiness } = started;
  expect(readiness).toMatchObject({
    ready: true,
    apis: [
      { logicalId: 'Market', type: 'REST' },
      { logicalId: 'Bidding', type: 'HTTP' },
      { logicalId: 'Live', type: 'WEBSOCKET' },
    ],
    credentials: { accessKeyId: expect.stringMatching(/^AKIA/), secretAccessKey: expect.any(String) },
  });
  for (const { id } of readiness.apis) expect(id).toMatch(/^[a-z0-9]{10}$/);
  expect(urlOf(started, 'Market', 'next')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/next$/);
  expect(urlOf(started, 'Live')).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/dev$/);
  const index = await fetch(readiness.control);
  expect([index.status, index.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const page = await index.text();
  expect(page).toContain(urlOf(started, 'Bidding'));
  expect(page).toContain(`href="${urlOf(started, 'Market')}/lots"`);

  // Only who has the credentials may stop it.
  const { accessKeyId, secretAccessKey } = readiness.credentials;
  expect((await fetch(`${readiness.control}/stop`, { method: 'POST' })).status).toBe(403);
  const wrong = Buffer.from(`${accessKeyId}:wrong`).toString('base64');
  const refused = await fetch(`${readiness.control}/stop`, {
    method: 'POST',
    headers: { authorization: `Basic ${wrong}` },
  });
  expect(refused.status).toBe(403);
  const { hostname, port, host } = new URL(readiness.control);
  const signed = await new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region: 'us-east-1',
    service: 'apigateway',
    sha256: Sha256,
  }).sign(new HttpRequest({ method: 'POST', hostname, port: Number(port), path: '/stop', headers: { host } }));
  const { host: _, ...headers } = signed.headers;
  expect((await fetch(`${readiness.control}/stop`, { method: 'POST', headers })).status).toBe(202);
  expect(await started.exited).toBe(0);
});

test('SIGTERM ends it with 0, children and all; what was accepted is there after the next start, and after kill -9', async () => {
  const first = await start('kept');
  expect((await bid(first, 'before', 7_000_000)).status).toBe(201);
  const children = descendants(first.child.pid!);
  expect(children.length).toBeGreaterThan(1);
  first.child.kill('SIGTERM');
  expect(await first.exited).toBe(0);
  // The last of them end with the gateway's pipes, a moment after it.
  await eventually('its children end', () => children.every((pid) => !isAlive(pid)));

  const second = await start('kept');
  expect(await lot(second)).toMatchObject({ version: 1, highestBid: { bidId: 'before' } });
  expect((await bid(second, 'after', 7_100_000)).status).toBe(201);
  second.child.kill('SIGKILL');
  await second.exited;

  const third = await start('kept');
  expect(await lot(third)).toMatchObject({ version: 2, highestBid: { bidId: 'after' } });
  const other = await gavel(['start', '--json', '--port', '0', '--data-dir', `${folder.path}/kept`]);
  expect(other.code).toBe(1);
  expect(other.stderr).toMatch(new RegExp(`${third.child.pid}[\\s\\S]*--data-dir`));
  third.child.kill('SIGINT');
  expect(await third.exited).toBe(0);

  const fresh = await start('kept', '--reset');
  expect(await lot(fresh)).toMatchObject({ version: 0 });
  fresh.child.kill('SIGTERM');
  expect(await fresh.exited).toBe(0);
});

test('a base port that is taken is one message that says what to do', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const words = ['--config-env', 'dev', '--port', String(port), '--data-dir', `${folder.path}/port`];
  const { code, stderr } = await gavel(['start', ...words]);
  holder.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`Port ${port} of 127\\.0\\.0\\.1, wanted for .*, is taken[\\s\\S]*--port`));
  expect(stderr).not.toMatch(/\.ts:\d+/);
});

const descendants = (pid: number): number[] => {
  if (process.platform === 'win32') return [0, 0];
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (parent: number): number[] =>
    parents.filter(([, ppid]) => ppid === parent).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
};
const isAlive = (pid: number): boolean => {
  if (pid === 0) return false;
  try {
    // A zombie has ended; only its parent has not looked yet.
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
};
