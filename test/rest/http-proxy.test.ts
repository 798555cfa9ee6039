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
