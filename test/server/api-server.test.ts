import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { type ApiServer, serveApi } from '#gateway/server/api-server.ts';
import type { ApiRequest, ApiResponse } from '#gateway/server/messages.ts';

let reply: (request: ApiRequest) => ApiResponse | Promise<ApiResponse> = () => ({ status: 200, headers: [], body: '' });
const server: ApiServer = await serveApi({ handle: async (given) => reply(given) }, 0, 'a test');
afterAll(() => server.close());

type Answer = { readonly status: number; readonly rawHeaders: readonly string[]; readonly body: string };

const send = (
  method: string,
  path: string,
  headers: readonly string[] = ['Host', 'h'],
  body?: string | Buffer,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ port: server.port, host: '127.0.0.1', method, path, headers: headers as string[] });
    sent.on('response', async (response) =>
      resolve({ status: response.statusCode!, rawHeaders: response.rawHeaders, body: await text(response) }),
    );
    sent.on('error', reject);
    sent.end(body);
  });

test('a plane sees path, query, header casing and order as the client sent them', async () => {
  let seen: ApiRequest | undefined;
  reply = (given) => {
    seen = given;
    return { status: 200, headers: [], body: 'ok' };
  };
  await send(
    'POST',
    '/dev/a%20b//c/?x=1&x=%2B',
    ['Host', 'h', 'X-Two', '1', 'x-two', '2', 'Content-Length', '3'],
    'abc',
  );
  expect(seen).toMatchObject({ method: 'POST', path: '/dev/a%20b//c/', query: 'x=1&x=%2B', sourceIp: '127.0.0.1' });
  expect(seen!.headers.slice(0, 6)).toEqual(['Host', 'h', 'X-Two', '1', 'x-two', '2']);
  expect(seen!.body.toString()).toBe('abc');
});

test('repeated headers leave as they came, with a length', async () => {
  reply = () => ({ status: 201, headers: ['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'], body: 'żółw' });
  const answer = await send('GET', '/');
  expect(answer.status).toBe(201);
  const pairs = answer.rawHeaders.flatMap((value, i) => (i % 2 ? [`${answer.rawHeaders[i - 1]}: ${value}`] : []));
  expect(pairs).toEqual(expect.arrayContaining(['Set-Cookie: a=1', 'Set-Cookie: b=2', 'Content-Length: 7']));
  expect(answer.body).toBe('żółw');
});

test('HEAD carries the length and no body; 204 neither', async () => {
  reply = () => ({ status: 200, headers: [], body: 'four' });
  const head = await send('HEAD', '/');
  expect(head.body).toBe('');
  expect(head.rawHeaders.join(' ')).toContain('Content-Length 4');
  reply = () => ({ status: 204, headers: [], body: '' });
  expect((await send('GET', '/')).rawHeaders.join(' ')).not.toContain('Content-Length');
});

test('a stream is passed on', async () => {
  reply = () => ({ status: 200, headers: [], body: Readable.from(['one ', 'two']) });
  expect((await send('GET', '/')).body).toBe('one two');
});

test('a body past 10 MB reaches the plane one byte too long, however long it is', async () => {
  reply = (given) => ({ status: 413, headers: [], body: String(given.body.length) });
  const answer = await send('POST', '/', ['Host', 'h', 'Transfer-Encoding', 'chunked'], Buffer.alloc(11 * 1024 * 1024));
  expect(answer.body).toBe(String(10 * 1024 * 1024 + 1));
});

test('a plane that breaks is a 500 that says so, and the server goes on', async () => {
  reply = () => {
    throw new Error('broken on purpose');
  };
  const answer = await send('GET', '/');
  expect([answer.status, JSON.parse(answer.body)]).toEqual([
    500,
    { message: 'Internal server error', gavel: 'broken on purpose' },
  ]);
  reply = () => ({ status: 200, headers: [], body: 'again' });
  expect((await send('GET', '/')).body).toBe('again');
});

test('a plane that breaks on a request with a body answers too', async () => {
  reply = async () => {
    await new Promise(setImmediate);
    throw new Error('broken on purpose');
  };
  expect((await send('POST', '/', ['Host', 'h', 'Content-Length', '3'], 'abc')).status).toBe(500);
});

test('a header that node:http refuses is a 500 of its own, with its own length', async () => {
  reply = () => ({ status: 200, headers: ['X-Fine', '1', 'Content-Length', '3', 'X-Bad', '\n'], body: 'abc' });
  const answer = await send('GET', '/');
  expect([answer.status, JSON.parse(answer.body).message]).toEqual([500, 'Internal server error']);
  expect(answer.rawHeaders.join(' ')).not.toContain('X-Fine');
});

test('the answer to a HEAD keeps a length that the plane knows', async () => {
  reply = () => ({ status: 200, headers: ['content-length', '4096'], body: '' });
  const lengths = (await send('HEAD', '/')).rawHeaders.filter((_, i, all) =>
    /^content-length$/i.test(all[i - 1] ?? ''),
  );
  expect(lengths).toEqual(['4096']);
});

test('an upgrade that nobody here knows is answered as if it were not asked for', async () => {
  reply = (given) => ({ status: 200, headers: [], body: `${given.method} ${given.body}` });
  const headers = ['Host', 'h', 'Connection', 'Upgrade, HTTP2-Settings', 'Upgrade', 'h2c', 'Content-Length', '2'];
  expect(await send('POST', '/', headers, 'hi')).toMatchObject({ status: 200, body: 'POST hi' });
});

test('a stream ends with the client that left', async () => {
  const body = new Readable({ read() {} });
  body.push('first');
  reply = () => ({ status: 200, headers: [], body });
  const sent = request({ port: server.port, host: '127.0.0.1', path: '/' }, (response) => {
    response.once('data', () => sent.destroy());
  });
  sent.on('error', () => {});
  sent.end();
  await expect.poll(() => body.destroyed).toBe(true);
});

test('a port that is taken is named, with what to do', async () => {
  await expect(serveApi({ handle: async () => reply({} as ApiRequest) }, server.port, 'Market (REST)')).rejects.toThrow(
    new RegExp(`Port ${server.port} of 127\\.0\\.0\\.1, wanted for Market \\(REST\\), is taken[\\s\\S]*--port`),
  );
});

test('dates follow the clock of the gateway', async () => {
  const dated = await serveApi(
    { handle: async () => ({ status: 200, headers: [], body: '' }) },
    0,
    'a test',
    adjustableClock(Date.UTC(2030, 0, 1), 0),
  );
  const answer = await fetch(`http://127.0.0.1:${dated.port}/`);
  await answer.text();
  expect(answer.headers.get('date')).toBe('Tue, 01 Jan 2030 00:00:00 GMT');
  await dated.close();
});
