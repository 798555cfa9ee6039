import { deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answered, fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { methodOf, mockOf, send } from './rest-apis.ts';

const long = 'ä'.repeat(100);

const get = (acceptEncoding: string | null, minimumCompressionSize: number | null, body = long, headers = {}) =>
  send(
    fakeServices(() => answered({ statusCode: 200, body, headers })),
    { '/a': ['GET'] },
    { url: '/dev/a', headers: acceptEncoding === null ? [] : ['Accept-Encoding', acceptEncoding] },
    { definition: { minimumCompressionSize } },
  );

describe('a response', () => {
  test.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'gzip'],
    ['deflate', 'deflate'],
    ['gzip;q=0.5, deflate;q=0.8', 'deflate'],
    ['*', 'gzip'],
  ])('is compressed for a client that accepts %s, with %s', async (accepted, coding) => {
    const response = await get(accepted, 200);
    expect(headersOf(response).get('content-encoding')).toBe(coding);
    const unpack = coding === 'gzip' ? gunzipSync : inflateSync;
    expect(unpack(response.body as Buffer).toString()).toBe(long);
  });

  test.each([
    ['a client that says nothing', null, 0, long],
    ['a client that likes another coding best', 'br, gzip', 0, long],
    ['a client that wants none', 'identity, gzip;q=0.5', 0, long],
    ['a body that is too short', 'gzip', 201, long],
    ['no body', 'gzip', 0, ''],
    ['an API that does not compress', 'gzip', null, long],
  ])('is left as it is for %s', async (_, accepted, size, body) => {
    const response = await get(accepted, size, body);
    expect([textOf(response), headersOf(response).get('content-encoding')]).toEqual([body, null]);
  });

  test('that its function has compressed is left as it is', async () => {
    const response = await get('gzip', 0, 'packed', { 'Content-Encoding': 'br' });
    expect([textOf(response), headersOf(response).get('content-encoding')]).toEqual(['packed', 'br']);
  });
});

describe('a request', () => {
  const post = async (coding: string, body: string | Buffer) => {
    const services = fakeServices();
    const response = await send(
      services,
      { '/a': ['POST'] },
      { method: 'POST', url: '/dev/a', headers: ['Content-Encoding', coding], body },
    );
    return { response, services };
  };

  test.each([
    ['gzip', gzipSync(long)],
    ['GZIP', gzipSync(long)],
    ['deflate', deflateSync(long)],
    ['identity', long],
  ])('in %s reaches the function unpacked', async (coding, body) => {
    expect((await post(coding, body)).services.lastEvent().body).toBe(long);
  });

  test.each([
    ['br', 'x'],
    ['gzip', 'not packed'],
  ])('in %s that cannot be unpacked is refused', async (coding, body) => {
    const { response, services } = await post(coding, body);
    expect([response.status, textOf(response)]).toEqual([415, '{"message":"Unsupported Media Type"}']);
    expect(services.invocations).toEqual([]);
  });

  test('that unpacks to more than the quota is refused', async () => {
    const { response } = await post('gzip', gzipSync(Buffer.alloc(10_485_761)));
    expect(response.status).toBe(413);
  });

  test('is unpacked before its template reads it', async () => {
    const integration = mockOf('{"statusCode": $input.path(\'$.status\')}');
    const response = await send(
      fakeServices(),
      { '/a': [methodOf('POST', { integration })] },
      {
        method: 'POST',
        url: '/dev/a',
        headers: ['Content-Encoding', 'gzip'],
        body: gzipSync('{"status":200}'),
      },
    );
    expect(response.status).toBe(200);
  });
});
