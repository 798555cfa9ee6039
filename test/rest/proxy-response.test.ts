import { describe, expect, test } from 'vitest';
import { answered, fakeServices, headersOf, payloadOf, textOf } from '../integrations/fake-services.ts';
import { functionUri, integrationOf, methodOf, send } from './rest-apis.ts';

const call = (
  result: Parameters<typeof payloadOf>[0] | object,
  headers: string[] = [],
  binaryMediaTypes: string[] = [],
) => {
  const services = fakeServices(() => (typeof result === 'string' ? payloadOf(result) : answered(result)));
  return send(services, { '/a': ['GET'] }, { url: '/dev/a', headers }, { definition: { binaryMediaTypes } });
};

describe('what a function returns', () => {
  test.each([
    [{ statusCode: 200 }, 200],
    [{ headers: { a: 'b' } }, 200],
    [{ statusCode: '201' }, 201],
    [{ statusCode: 200, headers: null, multiValueHeaders: null, body: null, isBase64Encoded: null }, 200],
  ])('%j is a %i with an empty body', async (result, status) => {
    const response = await call(result);
    expect(response.status).toBe(status);
    expect(textOf(response)).toBe('');
    const headers = headersOf(response);
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-amz-apigw-id')).toMatch(/^[\w-]{15}=$/);
    expect(headers.get('x-amzn-trace-id')).toMatch(/^Root=1-.*;Sampled=0$/);
  });

  test.each([
    ['{"statusCode":"test"}'],
    ['{"statusCode":99}'],
    ['{"statusCode":101}'],
    ['{"statusCode":200.5}'],
    ['{"statusCode":200,"extra":1}'],
    ['{"statusCode":200,"multiValueHeaders":{"a":"b"}}'],
    ['{"statusCode":200,"headers":{"a":{}}}'],
    ['{"statusCode":200,"headers":{"a":"b\\r\\nc: d"}}'],
    ['{"statusCode":200,"headers":{"a b":"c"}}'],
    ['{"statusCode":200,"body":{}}'],
    ['"text"'],
    ['42'],
    ['[]'],
    ['null'],
    [''],
    ['{'],
  ])('%s is malformed: 502', async (payload) => {
    const response = await call(payload);
    expect(response.status).toBe(502);
    expect(textOf(response)).toBe('{"message": "Internal server error"}');
    expect(headersOf(response).get('x-amzn-errortype')).toBe('InternalServerErrorException');
  });

  test('headers may be booleans and numbers', async () => {
    const headers = headersOf(await call({ headers: { 'x-true': true, 'x-false': false, 'x-number': 7 } }));
    expect(['x-true', 'x-false', 'x-number'].map((name) => headers.get(name))).toEqual(['true', 'false', '7']);
  });

  test('headers go out in UTF-8', async () => {
    const headers = headersOf(await call({ headers: { 'x-name': 'é' } }));
    expect(Buffer.from(headers.get('x-name')!, 'latin1').toString('utf8')).toBe('é');
  });

  test('headers of both maps are merged, the list first and in its casing; cookies stay apart', async () => {
    const response = await call({
      headers: { 'x-name': 'value-solo', 'x-same': 'v' },
      multiValueHeaders: { 'X-Name': ['value-multi'], 'x-same': ['v'], 'Set-Cookie': ['a=1', 'b=2'] },
    });
    expect(response.headers.slice(0, 8)).toEqual([
      ...['X-Name', 'value-multi, value-solo', 'x-same', 'v'],
      ...['Set-Cookie', 'a=1', 'Set-Cookie', 'b=2'],
    ]);
  });

  test('some headers are remapped, some dropped, the gateway’s own stand', async () => {
    const headers = headersOf(
      await call({
        headers: {
          Date: 'd',
          Connection: 'close',
          'Content-Length': '9',
          Server: 's',
          'WWW-Authenticate': 'Basic',
          'Transfer-Encoding': 'chunked',
          Host: 'h',
          'x-amz-apigw-id': 'mine',
          'Content-Type': 'text/html',
        },
      }),
    );
    for (const name of ['Date', 'Connection', 'Content-Length', 'Server', 'WWW-Authenticate']) {
      expect(headers.get(name)).toBeNull();
      expect(headers.get(`x-amzn-Remapped-${name}`)).not.toBeNull();
    }
    expect(headers.get('transfer-encoding')).toBeNull();
    expect(headers.get('host')).toBeNull();
    expect(headers.get('x-amz-apigw-id')).not.toBe('mine');
    expect(headers.get('content-type')).toBe('text/html');
  });

  test.each([
    ['image/png', ['image/png'], 'bytes'],
    ['image/png, text/html', ['image/png'], 'bytes'],
    ['text/html, image/png', ['image/png'], 'Ynl0ZXM='],
    ['*/*', ['image/png'], 'Ynl0ZXM='],
    ['*/*', ['*/*'], 'bytes'],
    ['image/png', [], 'Ynl0ZXM='],
  ])('base64 with Accept %s and binary types %j', async (accept, types, expected) => {
    const response = await call({ isBase64Encoded: true, body: 'Ynl0ZXM=' }, ['Accept', accept], types);
    expect(textOf(response)).toBe(expected);
  });

  test('base64 that is none is a 500', async () => {
    const response = await call({ isBase64Encoded: true, body: '!' }, ['Accept', 'image/png'], ['image/png']);
    expect(response.status).toBe(500);
  });
});

describe('a function that does not answer', () => {
  test('fails: 502, and the log says what it said', async () => {
    const services = fakeServices(() => ({
      ...answered({ errorMessage: 'boom', errorType: 'Error' }),
      functionError: 'Unhandled' as const,
    }));
    const response = await send(services, { '/a': ['GET'] }, { url: '/dev/a' });
    expect(response.status).toBe(502);
    expect(services.observations).toMatchObject([
      {
        kind: 'request',
        api: 'Market',
        stage: 'dev',
        method: 'GET',
        path: '/dev/a',
        route: '/a',
        status: 502,
        reason:
          'Lambda execution failed with status 200 due to customer function error: boom. Lambda request id: 5c0b1ad8-0000-4000-8000-000000000000',
      },
    ]);
  });

  test.each([
    [{ kind: 'not-found', reason: 'no function hello' } as const, 500, '{"message": "Internal server error"}'],
    [{ kind: 'throttled', reason: 'Rate Exceeded.' } as const, 500, '{"message": "Internal server error"}'],
    [
      { kind: 'unsupported', reason: 'python3.13 does not run here' } as const,
      501,
      '{"message":"Not implemented by the local gateway: python3.13 does not run here"}',
    ],
  ])('%j', async (outcome, status, body) => {
    const services = fakeServices(() => outcome);
    const response = await send(services, { '/a': ['GET'] }, { url: '/dev/a' });
    expect([response.status, textOf(response)]).toEqual([status, body]);
    expect(headersOf(response).has('x-amzn-trace-id')).toBe(outcome.kind === 'throttled');
    expect(services.observations[0]).toMatchObject({ reason: expect.stringContaining(outcome.reason) });
  });

  test('takes longer than the integration waits: 504', async () => {
    const services = fakeServices(() => new Promise(() => {}));
    const pending = send(services, { '/a': ['GET'] }, { url: '/dev/a' });
    await expect.poll(() => services.invocations.length).toBe(1);
    services.clock.advance(29_000);
    const response = await pending;
    expect([response.status, textOf(response)]).toEqual([504, '{"message": "Endpoint request timed out"}']);
    const headers = headersOf(response);
    expect(headers.get('x-amzn-errortype')).toBe('InternalServerErrorException');
    expect(headers.get('x-amzn-trace-id')).toMatch(/^Root=/);
    expect(services.observations).toMatchObject([
      { latencyMs: 29_000, reason: 'Execution failed due to a timeout error' },
    ]);
  });

  test('the gateway itself fails: 500, and the log says so', async () => {
    const services = fakeServices(() => {
      throw new Error('out of order');
    });
    const response = await send(services, { '/a': ['GET'] }, { url: '/dev/a' });
    expect(response.status).toBe(500);
    expect(services.observations[0]).toMatchObject({ reason: expect.stringContaining('out of order') });
  });
});

test.each([
  ['a GET to Lambda', { httpMethod: 'GET' }, 500],
  ['an alias that the stage does not name', { uri: functionUri('hello:${stageVariables.none}') }, 500],
  ['a function of another account', { uri: functionUri('x').replace('123456789012', '999999999999') }, 501],
  ['response streaming', { responseTransferMode: 'STREAM' as const }, 501],
])('%s is never called', async (_, changes, status) => {
  const services = fakeServices();
  const methods = { '/a': [methodOf('GET', { integration: integrationOf(changes) })] };
  const response = await send(services, methods, { url: '/dev/a' });
  expect(response.status).toBe(status);
  expect(services.invocations).toEqual([]);
});
