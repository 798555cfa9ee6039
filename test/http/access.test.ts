import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import type { CorsConfiguration } from '#gateway/model/http-api.ts';
import { answered, fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { send } from './http-apis.ts';

describe('what the gateway cannot decide or do is never open', () => {
  test.each([
    ['a JWT authorizer', { route: { authorizationType: 'JWT' as const } }, /JWT/],
    ['a Lambda authorizer', { route: { authorizationType: 'CUSTOM' as const } }, /Lambda authorizer/],
    ['a first-class integration', { integration: { subtype: 'SQS-SendMessage' } }, /SQS-SendMessage/],
    ['a VPC link', { integration: { connectionType: 'VPC_LINK' as const } }, /VPC/],
    ['request mapping', { integration: { requestParameters: { 'overwrite:header.x': 'y' } } }, /parameter mapping/],
    [
      'response mapping',
      { integration: { responseParameters: { '200': { 'overwrite:statuscode': '403' } } } },
      /parameter mapping/,
    ],
  ])('%s: 501 with the reason', async (_, options, reason) => {
    const services = fakeServices();
    const response = await send(services, ['GET /a'], { url: '/a' }, options);
    expect(response.status).toBe(501);
    expect(JSON.parse(textOf(response)).message).toMatch(/^Not implemented by the local gateway: /);
    expect(headersOf(response).get('x-gavel-reason')).toMatch(reason);
    expect(services.invocations).toEqual([]);
  });
});

describe('AWS_IAM', () => {
  const iam = { route: { authorizationType: 'AWS_IAM' as const } };

  test('a signed request passes with its signer', async () => {
    const services = fakeServices();
    const { local } = services.identities;
    const signer = new SignatureV4({ service: 'execute-api', region: 'us-east-1', credentials: local, sha256: Sha256 });
    const signed = await signer.sign(
      new HttpRequest({ method: 'GET', hostname: '127.0.0.1:4501', path: '/a', headers: { host: '127.0.0.1:4501' } }),
      { signingDate: new Date(services.clock.now()) },
    );
    const headers = Object.entries(signed.headers).filter(([name]) => name !== 'host');
    expect((await send(services, ['GET /a'], { url: '/a', headers: headers.flat() }, iam)).status).toBe(200);
    expect(services.lastEvent().requestContext.authorizer).toEqual({
      iam: {
        accessKey: local.accessKeyId,
        accountId: '123456789012',
        callerId: local.userId,
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: local.userArn,
        userId: local.userId,
      },
    });
  });

  test.each([[[]], [['Authorization', 'Bearer x']]])('headers %j are no signature: 403', async (headers) => {
    const services = fakeServices();
    const response = await send(services, ['GET /a'], { url: '/a', headers }, iam);
    expect([response.status, textOf(response)]).toEqual([403, '{"message":"Forbidden"}']);
    expect(services.invocations).toEqual([]);
  });
});

test.each([
  ['a body over 10 MB', { method: 'POST', body: Buffer.alloc(10_485_761) }, 413, 'Request Entity Too Large'],
  ['headers over 10,240 bytes', { headers: ['X', 'x'.repeat(10_240)] }, 431, 'Request Header Fields Too Large'],
])('%s', async (_, message, status, text) => {
  const response = await send(fakeServices(), ['$default'], { url: '/', ...message });
  expect([response.status, textOf(response)]).toEqual([status, JSON.stringify({ message: text })]);
});

test('a disabled default endpoint is forbidden', async () => {
  const options = { api: { disableExecuteApiEndpoint: true } };
  const response = await send(fakeServices(), ['$default'], { url: '/' }, options);
  expect([response.status, textOf(response)]).toEqual([403, '{"message":"Forbidden"}']);
});

describe('CORS', () => {
  const page = 'https://floor.example.com';
  const configured: Partial<CorsConfiguration> = {
    allowOrigins: [page, 'http://*'],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['content-type', 'authorization'],
    exposeHeaders: ['x-price'],
    maxAge: 300,
    allowCredentials: true,
  };
  const ask = (origin: string, cors = configured, routes = ['GET /a']) =>
    send(
      fakeServices(),
      routes,
      { method: 'OPTIONS', url: '/a', headers: ['Origin', origin, 'Access-Control-Request-Method', 'POST'] },
      { cors },
    );

  test('a preflight is answered without a route and without a function', async () => {
    const response = await ask(page);
    expect([response.status, textOf(response)]).toEqual([204, '']);
    expect(Object.fromEntries(headersOf(response))).toEqual({
      'access-control-allow-origin': page,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type,authorization',
      'access-control-max-age': '300',
      vary: 'origin',
      'apigw-requestid': expect.any(String),
    });
  });

  test.each([
    ['http://localhost:5173', 'http://localhost:5173'],
    ['https://evil.example.com', null],
    [`${page}.evil.com`, null],
  ])('the origin %s is answered with %s', async (origin, allowed) => {
    const response = await ask(origin);
    expect(response.status).toBe(204);
    expect(headersOf(response).get('access-control-allow-origin')).toBe(allowed);
    expect(headersOf(response).has('access-control-allow-methods')).toBe(allowed !== null);
  });

  test('an asterisk is sent as such', async () => {
    expect(headersOf(await ask(page, { allowOrigins: ['*'] })).get('access-control-allow-origin')).toBe('*');
  });

  test('on an actual request the configuration replaces what the function sent', async () => {
    const services = fakeServices(() =>
      answered({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Max-Age': '1' } }),
    );
    const message = { url: '/a', headers: ['Origin', page] };
    const headers = headersOf(await send(services, ['GET /a'], message, { cors: configured }));
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-expose-headers')).toBe('x-price');
    expect(headers.get('access-control-max-age')).toBeNull();
  });

  test('without an origin nothing is added', async () => {
    const headers = headersOf(await send(fakeServices(), ['GET /a'], { url: '/a' }, { cors: configured }));
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  test('a failure can be read by the page too', async () => {
    const message = { url: '/none', headers: ['Origin', page] };
    const response = await send(fakeServices(), ['GET /a'], message, { cors: configured });
    expect(response.status).toBe(404);
    expect(headersOf(response).get('access-control-allow-origin')).toBe(page);
  });

  test.each([
    ['without Access-Control-Request-Method', ['Origin', page], configured],
    ['without a configuration', ['Origin', page, 'Access-Control-Request-Method', 'GET'], undefined],
  ])('OPTIONS %s is an ordinary request', async (_, headers, cors) => {
    const services = fakeServices();
    const message = { method: 'OPTIONS', url: '/a', headers };
    const options = cors ? { cors } : {};
    expect((await send(services, ['GET /a'], message, options)).status).toBe(404);
    expect((await send(services, ['OPTIONS /a'], message, options)).status).toBe(200);
    expect(services.lastEvent().requestContext.http.method).toBe('OPTIONS');
  });
});
