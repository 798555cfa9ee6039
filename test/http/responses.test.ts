import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InvocationResult } from '#gateway/lambda/invocation.ts';
import { answered, fakeServices, headersOf, payloadOf, textOf } from '../integrations/fake-services.ts';
import { send } from './http-apis.ts';

const call = (payload: string, version: '1.0' | '2.0' = '2.0') =>
  send(
    fakeServices(() => payloadOf(payload)),
    ['GET /a'],
    { url: '/a' },
    { integration: { payloadFormatVersion: version } },
  );

describe('format 2.0', () => {
  test.each([
    ['"Hello from Lambda!"', 'Hello from Lambda!'],
    ['{"message":"hi"}', '{"message":"hi"}'],
    ['[1,2]', '[1,2]'],
    ['42', '42'],
    ['null', 'null'],
    ['', 'null'],
  ])('%s without a status is the body itself', async (payload, body) => {
    const response = await call(payload);
    expect([response.status, textOf(response)]).toEqual([200, body]);
    expect(headersOf(response).get('content-type')).toBe('application/json');
  });

  test('status, headers, cookies and body', async () => {
    const response = await call(
      JSON.stringify({
        statusCode: 201,
        headers: { 'Content-Type': 'text/html', 'X-Number': 7, 'Set-Cookie': 'c=3', Connection: 'close', Date: 'd' },
        cookies: ['a=1', 'b=2'],
        body: '<p>',
      }),
    );
    expect([response.status, textOf(response)]).toEqual([201, '<p>']);
    const headers = headersOf(response);
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2', 'c=3']);
    expect(headers.get('content-type')).toBe('text/html');
    expect(headers.get('x-number')).toBe('7');
    expect(headers.get('connection')).toBeNull();
    expect(headers.get('date')).toBeNull();
    expect(headers.get('apigw-requestid')).toMatch(/^[\w-]{15}=$/);
  });

  test('a status without a content type is text', async () => {
    const response = await call('{"statusCode":"404","body":"no"}');
    expect([response.status, textOf(response)]).toEqual([404, 'no']);
    expect(headersOf(response).get('content-type')).toBe('text/plain; charset=utf-8');
  });

  test('multiValueHeaders are ignored', async () => {
    const response = await call('{"statusCode":200,"multiValueHeaders":{"x-a":["1"]}}');
    expect(headersOf(response).get('x-a')).toBeNull();
  });

  test('base64 is decoded whatever Accept says', async () => {
    const response = await call('{"statusCode":200,"isBase64Encoded":true,"body":"Ynl0ZXM="}');
    expect(response.body).toEqual(Buffer.from('bytes'));
  });
});

test('format 1.0 takes multiValueHeaders', async () => {
  const response = await call(
    '{"statusCode":200,"headers":{"x-a":"1","x-b":"3"},"multiValueHeaders":{"X-A":["1","2"]},"body":"ok"}',
    '1.0',
  );
  expect(headersOf(response).get('x-a')).toBe('1, 2');
  expect(headersOf(response).get('x-b')).toBe('3');
});

test.each([
  ['2.0', '{'],
  ['2.0', '{"statusCode":"test"}'],
  ['2.0', '{"statusCode":101}'],
  ['2.0', '{"statusCode":null}'],
  ['2.0', '{"statusCode":200,"body":{}}'],
  ['2.0', '{"statusCode":200,"headers":[]}'],
  ['2.0', '{"statusCode":200,"headers":{"a":"b\\nc: d"}}'],
  ['2.0', '{"statusCode":200,"cookies":"a=1"}'],
  ['1.0', '{"body":"x"}'],
  ['1.0', '"text"'],
  ['1.0', '{"statusCode":200,"multiValueHeaders":{"a":"b"}}'],
] as const)('format %s: %s is ill-formed: 500', async (version, payload) => {
  const response = await call(payload, version);
  expect([response.status, textOf(response)]).toEqual([500, '{"message":"Internal Server Error"}']);
});

describe('a function that does not answer', () => {
  test.each<[InvocationResult, number, string]>([
    [
      { ...answered({ errorMessage: 'boom' }), functionError: 'Unhandled' } as InvocationResult,
      500,
      'Internal Server Error',
    ],
    [{ kind: 'not-found', reason: 'no such alias' }, 500, 'Internal Server Error'],
    [{ kind: 'throttled', reason: 'Rate Exceeded.' }, 503, 'Service Unavailable'],
    [{ kind: 'unsupported', reason: 'java21' }, 501, 'Not implemented by the local gateway: java21'],
  ])('%j', async (outcome, status, message) => {
    const services = fakeServices(() => outcome);
    const response = await send(services, ['GET /a'], { url: '/a' });
    expect([response.status, textOf(response)]).toEqual([status, JSON.stringify({ message })]);
    expect(services.observations).toMatchObject([
      {
        kind: 'request',
        api: 'Bidding',
        stage: '$default',
        method: 'GET',
        path: '/a',
        route: 'GET /a',
        status,
        reason: expect.stringMatching(/boom|no such alias|Rate Exceeded|java21/),
      },
    ]);
  });

  test('takes longer than the integration waits: 503', async () => {
    const services = fakeServices(() => new Promise(() => {}));
    const pending = send(services, ['GET /a'], { url: '/a' });
    await expect.poll(() => services.invocations.length).toBe(1);
    services.clock.advance(30_000);
    const response = await pending;
    expect([response.status, textOf(response)]).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});

describe('an HTTP proxy', () => {
  const urls: string[] = [];
  const backend = http.createServer((request, response) => {
    urls.push(`${request.method} ${request.url}`);
    response.writeHead(203, { 'X-Backend': 'yes', 'Set-Cookie': ['a=1', 'b=2'] }).end('passed');
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

  test.each([
    ['ANY /parent/{proxy+}', 'ANY', '/store/{proxy}', 'PUT', '/parent/a/b%20c?q=1&q=2', 'PUT /store/a/b%20c?q=1&q=2'],
    ['GET /one', 'POST', '/fixed?k=v', 'GET', '/one?q=1', 'POST /fixed?k=v&q=1'],
    ['GET /p/{proxy+}', 'ANY', '/{proxy}', 'GET', '/p/100%25/%E2%82%AC', 'GET /100%25/%E2%82%AC'],
    ['$default', 'ANY', '', 'GET', '/store/checkout', 'GET /store/checkout'],
  ])('%s to %s %s', async (routeKey, method, uri, verb, url, seen) => {
    const integration = { type: 'HTTP_PROXY' as const, method, uri: origin + uri };
    const response = await send(fakeServices(), [routeKey], { method: verb, url }, { integration });
    expect(urls.at(-1)).toBe(seen);
    expect([response.status, textOf(response)]).toEqual([203, 'passed']);
    expect(headersOf(response).get('x-backend')).toBe('yes');
    expect(headersOf(response).getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('nobody listens: 503', async () => {
    const integration = { type: 'HTTP_PROXY' as const, method: 'ANY', uri: 'http://127.0.0.1:1/' };
    const response = await send(fakeServices(), ['GET /a'], { url: '/a' }, { integration });
    expect([response.status, textOf(response)]).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});
