import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RestIntegration } from '#gateway/model/rest-api.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { integrationOf, methodOf, send } from './rest-apis.ts';

type Seen = { method: string; url: string; headers: http.IncomingHttpHeaders; body: string };

const seen: Seen[] = [];
const backend = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
    if (request.url === '/broken') return void request.socket.destroy();
    if (request.url === '/silent') return;
    if (request.method === 'HEAD') return void response.writeHead(200, { 'Content-Length': 4096 }).end();
    response.writeHead(418, { 'X-Backend': 'yes', 'x-amzn-RequestId': 'theirs', Server: 'teapot', Via: 'x' });
    response.end('short and stout');
  });
});
let origin = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
});
afterAll(() => {
  backend.closeAllConnections();
  backend.close();
});

const proxy = (changes: Partial<RestIntegration>) => ({
  '/market/{proxy+}': [
    methodOf('ANY', { integration: integrationOf({ type: 'HTTP_PROXY', httpMethod: 'ANY', ...changes }) }),
  ],
});

test('the request goes through, with what is mapped; the answer comes back, remapped', async () => {
  const response = await send(
    fakeServices(),
    proxy({
      uri: `${origin}/pets/{proxy}`,
      requestParameters: {
        'integration.request.path.proxy': 'method.request.path.proxy',
        'integration.request.querystring.q': "'bar'",
        'integration.request.header.X-From': 'context.apiId',
      },
    }),
    {
      method: 'POST',
      url: '/dev/market/dogs/1?q=foo',
      headers: ['X-From', 'client', 'X-Own', '1', 'Content-Type', 'text/plain'],
      body: 'woof',
    },
  );
  expect(seen.at(-1)).toMatchObject({
    method: 'POST',
    url: '/pets/dogs/1?q=foo&q=bar',
    body: 'woof',
    headers: {
      host: origin.slice('http://'.length),
      'x-from': 'abcdefghij',
      'x-own': '1',
      'content-type': 'text/plain',
      'x-forwarded-for': '1.2.3.4',
      'x-amzn-apigateway-api-id': 'abcdefghij',
      'user-agent': 'AmazonAPIGateway_abcdefghij',
    },
  });
  expect([response.status, textOf(response)]).toEqual([418, 'short and stout']);
  const headers = headersOf(response);
  expect(headers.get('x-backend')).toBe('yes');
  expect(headers.get('x-amzn-remapped-server')).toBe('teapot');
  expect(headers.get('x-amzn-remapped-x-amzn-requestid')).toBe('theirs');
  expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('via')).toBeNull();
});

test('the integration’s own method; a GET takes no body along', async () => {
  await send(fakeServices(), proxy({ uri: `${origin}/fixed`, httpMethod: 'GET' }), {
    method: 'POST',
    url: '/dev/market/x',
    body: 'woof',
  });
  expect(seen.at(-1)).toMatchObject({ method: 'GET', url: '/fixed', body: '' });
});

test.each([
  ['nobody listens', 'http://127.0.0.1:1/x', 504, '{"message": "Network error communicating with endpoint"}'],
  ['the backend breaks off', '/broken', 504, '{"message": "Network error communicating with endpoint"}'],
  ['the host has no address', 'http://nobody.invalid/', 500, '{"message": "Internal server error"}'],
  ['the address is none', 'ftp://x/', 500, '{"message": "Internal server error"}'],
])('%s', async (_, uri, status, body) => {
  const absolute = uri.startsWith('/') ? origin + uri : uri;
  const response = await send(fakeServices(), proxy({ uri: absolute }), { url: '/dev/market/x' });
  expect([response.status, textOf(response)]).toEqual([status, body]);
});

test('a backend that keeps silent is given up after the time-out', async () => {
  const services = fakeServices();
  const calls = seen.length;
  const pending = send(services, proxy({ uri: `${origin}/silent`, timeoutInMillis: 50 }), { url: '/dev/market/x' });
  await expect.poll(() => seen.length).toBe(calls + 1);
  services.clock.advance(50);
  const response = await pending;
  expect([response.status, textOf(response)]).toEqual([504, '{"message": "Endpoint request timed out"}']);
});

test('mapped headers replace the gateway’s own defaults, the host among them', async () => {
  const header = (name: string) => `integration.request.header.${name}`;
  const mapped = ['Host', 'Accept', 'User-Agent', 'X-Forwarded-For', 'Via'];
  await send(
    fakeServices(),
    proxy({
      uri: `${origin}/x`,
      requestParameters: Object.fromEntries(mapped.map((name) => [header(name), `'my-${name.toLowerCase()}'`])),
    }),
    { url: '/dev/market/x', headers: ['X-Amzn-Apigateway-Api-Id', 'forged'] },
  );
  expect(seen.at(-1)!.headers).toMatchObject({
    host: 'my-host',
    accept: 'my-accept',
    'user-agent': 'my-user-agent',
    'x-forwarded-for': 'my-x-forwarded-for',
    'x-amzn-apigateway-api-id': 'abcdefghij',
  });
  expect(seen.at(-1)!.headers).not.toHaveProperty('via');
});

test.each(['Content-Length', 'transfer-encoding', 'X-Amzn-Trace-Id', 'X-Amzn-Apigateway-Api-Id'])(
  'a mapping onto %s breaks the call',
  async (name) => {
    const services = fakeServices();
    const requestParameters = { [`integration.request.header.${name}`]: "'1'" };
    const response = await send(services, proxy({ uri: `${origin}/x`, requestParameters }), { url: '/dev/market/x' });
    expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
    expect(services.observations).toMatchObject([
      { reason: expect.stringContaining(`${name} header already present`) },
    ]);
  },
);

test('a signature ends at the gateway, another authorization goes on', async () => {
  const methods = proxy({ uri: `${origin}/x` });
  const authorized = async (value: string) => {
    await send(fakeServices(), methods, { url: '/dev/market/x', headers: ['Authorization', value] });
    return seen.at(-1)!.headers.authorization;
  };
  expect(await authorized('AWS4-HMAC-SHA256 Credential=x')).toBeUndefined();
  expect(await authorized('Bearer x')).toBe('Bearer x');
});

test('a POST without a body has a length and no chunks', async () => {
  await send(fakeServices(), proxy({ uri: `${origin}/x` }), { method: 'POST', url: '/dev/market/x' });
  expect(seen.at(-1)!.headers).toMatchObject({ 'content-length': '0' });
  expect(seen.at(-1)!.headers).not.toHaveProperty('transfer-encoding');
});

test('the answer to a HEAD tells the length that the backend told', async () => {
  const methods = proxy({ uri: `${origin}/x` });
  const head = await send(fakeServices(), methods, { method: 'HEAD', url: '/dev/market/x' });
  expect(headersOf(head).get('content-length')).toBe('4096');
  const get = await send(fakeServices(), proxy({ uri: `${origin}/x`, httpMethod: 'HEAD' }), { url: '/dev/market/x' });
  expect(headersOf(get).get('content-length')).toBeNull();
});
