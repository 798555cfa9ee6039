import { describe, expect, test } from 'vitest';
import { fakeServices, headersOf, startOfTest } from '../integrations/fake-services.ts';
import { send } from './http-apis.ts';

const host = 'klmnopqrst.execute-api.us-east-1.amazonaws.com';

const message = {
  method: 'POST',
  url: '/dev/lots/a%20b/bids?repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa&empty=',
  headers: [
    ...['Content-Type', 'application/json', 'Content-Length', '9', 'X-Multi', 'first', 'x-multi', 'second'],
    ...['Cookie', 'session=abc123; theme=dark', 'User-Agent', 'curl/8', 'Connection', 'keep-alive'],
  ],
  body: '{"bid":1}',
};
const routes = ['POST /lots/{lotId}/bids'];

test('the whole event of format 2.0, member by member', async () => {
  const services = fakeServices();
  const response = await send(services, routes, message, { stages: ['dev'], variables: { house: 'one' } });
  const event = services.lastEvent();
  const trace = event.headers['x-amzn-trace-id'];
  expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  expect(event).toEqual({
    version: '2.0',
    routeKey: 'POST /lots/{lotId}/bids',
    rawPath: '/dev/lots/a b/bids',
    rawQueryString: 'repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa&empty=',
    cookies: ['session=abc123', 'theme=dark'],
    headers: {
      host,
      'content-type': 'application/json',
      'content-length': '9',
      'x-multi': 'first,second',
      'user-agent': 'curl/8',
      'x-amzn-trace-id': trace,
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    queryStringParameters: { repeat: 'one,two', redirect: 'https://example.com/a', empty: '' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'klmnopqrst',
      domainName: host,
      domainPrefix: 'klmnopqrst',
      http: {
        method: 'POST',
        path: '/dev/lots/a b/bids',
        protocol: 'HTTP/1.1',
        sourceIp: '1.2.3.4',
        userAgent: 'curl/8',
      },
      requestId: headersOf(response).get('apigw-requestid'),
      routeKey: 'POST /lots/{lotId}/bids',
      stage: 'dev',
      time: '04/Mar/2026:19:15:17 +0000',
      timeEpoch: startOfTest,
    },
    body: '{"bid":1}',
    pathParameters: { lotId: 'a b' },
    isBase64Encoded: false,
    stageVariables: { house: 'one' },
  });
  expect(services.invocations[0]).toMatchObject({
    function: { name: 'bid', qualifier: null },
    sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:klmnopqrst/dev/POST/lots/{lotId}/bids',
  });
});

test('format 2.0 leaves out what is absent', async () => {
  const services = fakeServices();
  await send(services, ['$default'], { url: '/' });
  expect(Object.keys(services.lastEvent()).sort()).toEqual([
    'headers',
    'isBase64Encoded',
    'rawPath',
    'rawQueryString',
    'requestContext',
    'routeKey',
    'version',
  ]);
  expect(services.lastEvent()).toMatchObject({ rawPath: '/', rawQueryString: '', routeKey: '$default' });
});

test('the whole event of format 1.0, member by member', async () => {
  const services = fakeServices();
  const response = await send(services, routes, message, {
    stages: ['dev'],
    integration: { payloadFormatVersion: '1.0' },
  });
  const event = services.lastEvent();
  const requestId = headersOf(response).get('apigw-requestid');
  expect(event).toMatchObject({
    version: '1.0',
    resource: '/lots/{lotId}/bids',
    path: '/dev/lots/a b/bids',
    httpMethod: 'POST',
    queryStringParameters: { repeat: 'one', redirect: 'https://example.com/a', empty: '' },
    multiValueQueryStringParameters: { repeat: ['one', 'two'], redirect: ['https://example.com/a'], empty: [''] },
    pathParameters: { lotId: 'a b' },
    stageVariables: null,
    body: '{"bid":1}',
    isBase64Encoded: false,
  });
  expect(event.headers).toMatchObject({ host, 'x-multi': 'second', cookie: 'session=abc123; theme=dark' });
  expect(event.multiValueHeaders).toMatchObject({ host: [host], 'x-multi': ['first', 'second'] });
  expect(event.requestContext).toEqual({
    accountId: '123456789012',
    apiId: 'klmnopqrst',
    authorizer: { claims: null, scopes: null },
    domainName: host,
    domainPrefix: 'klmnopqrst',
    extendedRequestId: requestId,
    httpMethod: 'POST',
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: '1.2.3.4',
      user: null,
      userAgent: 'curl/8',
      userArn: null,
    },
    path: '/dev/lots/a b/bids',
    protocol: 'HTTP/1.1',
    requestId,
    requestTime: '04/Mar/2026:19:15:17 +0000',
    requestTimeEpoch: startOfTest,
    resourceId: 'POST /lots/{lotId}/bids',
    resourcePath: '/lots/{lotId}/bids',
    stage: 'dev',
  });
});

test('format 1.0 has null for what is absent', async () => {
  const services = fakeServices();
  await send(services, ['$default'], { url: '/' }, { integration: { payloadFormatVersion: '1.0' } });
  expect(services.lastEvent()).toMatchObject({
    resource: '$default',
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: null,
  });
});

describe('decoding', () => {
  test.each([
    ['/capture/space%20value', '/capture/space value'],
    ['/a%252Eb', '/a%252Eb'],
    ['/a%2Fb', '/a/b'],
    ['/a%3Fb', '/a'],
    ['/caf%C3%A9', '/café'],
    ['/100%', '/100%'],
    ['/x/', '/x/'],
  ])('the path %s arrives as %s', async (url, rawPath) => {
    const services = fakeServices();
    await send(services, ['$default'], { url });
    expect(services.lastEvent()).toMatchObject({ rawPath, requestContext: { http: { path: rawPath } } });
  });

  test.each([
    ['q=a+b', { q: 'a b' }],
    ['q=a%2Bb', { q: 'a+b' }],
    ['q=a%20b&q=c', { q: 'a b,c' }],
    ['empty=', { empty: '' }],
    ['flag', { flag: '' }],
    ['a=1;b=2', { a: '1;b=2' }],
  ])('the query %s', async (query, parameters) => {
    const services = fakeServices();
    await send(services, ['$default'], { url: `/?${query}` });
    expect(services.lastEvent()).toMatchObject({ rawQueryString: query, queryStringParameters: parameters });
  });

  test.each([
    ['text/plain', false],
    ['text/csv; charset=utf-8', false],
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['multipart/form-data; boundary=x', true],
    ['application/octet-stream', true],
    ['image/png', true],
    [null, true],
  ])('a body of type %s is base64: %s', async (contentType, isBase64Encoded) => {
    const services = fakeServices();
    const headers = contentType ? ['Content-Type', contentType] : [];
    await send(services, ['$default'], { method: 'POST', url: '/', headers, body: 'a=1' });
    expect(services.lastEvent()).toMatchObject({ body: isBase64Encoded ? 'YT0x' : 'a=1', isBase64Encoded });
  });
});

test('a body that came in chunks has a length', async () => {
  const services = fakeServices();
  await send(services, ['POST /a'], {
    method: 'POST',
    url: '/a',
    headers: ['Transfer-Encoding', 'chunked'],
    body: 'żółw',
  });
  expect(services.lastEvent().headers['content-length']).toBe('7');
  expect(services.lastEvent().headers).not.toHaveProperty('transfer-encoding');
});
