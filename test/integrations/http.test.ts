import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#gateway/clock.ts';
import { callHttp, requestTarget } from '#gateway/integrations/http.ts';

/** Answers the first request of each connection and closes on the second, as a backend does that tires of waiting. */
const served = new WeakMap<Socket, number>();
const backend = http.createServer((request, response) => {
  const before = served.get(request.socket) ?? 0;
  served.set(request.socket, before + 1);
  if (before > 0) request.socket.resetAndDestroy();
  else response.end(request.method);
});
let url = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/`;
});
afterAll(() => {
  backend.closeAllConnections();
  backend.close();
});

const call = (method: string) =>
  callHttp(systemClock, {
    method,
    url,
    headers: [],
    body: Buffer.alloc(0),
    timeoutInMillis: 5000,
    rejectUnauthorized: true,
  });

test('a connection that was closed while idle costs no request, unless it could count twice', async () => {
  expect((await call('GET')).kind).toBe('answered');
  expect(await call('GET')).toMatchObject({ kind: 'answered', status: 200, body: Buffer.from('GET') });
  expect((await call('POST')).kind).toBe('failed');
});

test.each([
  ['http://h:80/a/../../b/./c?q=/../x', '/a/../../b/./c?q=/../x'],
  ['http://h', '/'],
  ['http://h?q=1', '/?q=1'],
  ['HTTPS://h/a%2e%2E/b', '/a%2e%2E/b'],
  ['http://h/a b/ż#part', '/a%20b/%C5%BC'],
])('%s asks the backend for %s', (from, target) => {
  expect(requestTarget(from)).toBe(target);
});
