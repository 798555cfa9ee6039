import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, test } from 'vitest';
import { REST_PHASES } from '#gateway/rest/pipeline.ts';
import { createRestPlane } from '#gateway/rest/rest-plane.ts';
import { apiRequest, type FakeServices, fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { definitionOf, integrationOf, methodOf, restApi, send } from './rest-apis.ts';

test('the phases stand in the order of API Gateway', () => {
  expect(REST_PHASES.map((phase) => phase.name)).toEqual([
    'parse request',
    'select stage',
    'select canary',
    'route',
    'WAF',
    'resource policy',
    'authenticate',
    'authorize',
    'usage plan',
    'validate request',
    'cache',
    'integration request',
    'integration',
    'integration response',
    'method response',
  ]);
});

const queueUri = 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/bids';

describe('what the gateway cannot decide is never open', () => {
  const policy = { Version: '2012-10-17', Statement: [] };
  test.each([
    ['a Lambda authorizer', { authorizationType: 'CUSTOM' as const }, {}, /Lambda authorizer/],
    ['a Cognito authorizer', { authorizationType: 'COGNITO_USER_POOLS' as const }, {}, /Cognito/],
    ['an API key', { apiKeyRequired: true }, {}, /API key/],
    ['a resource policy', {}, { definition: { policy } }, /resource polic/],
    ['a private endpoint', {}, { api: { endpointTypes: ['PRIVATE' as const] } }, /private/],
    ['an AWS service', { integration: integrationOf({ type: 'AWS', uri: queueUri }) }, {}, /AWS services/],
    ['a VPC link', { integration: integrationOf({ type: 'HTTP_PROXY', connectionType: 'VPC_LINK' }) }, {}, /VPC/],
  ])('%s: 501 with the reason', async (_, method, changes, reason) => {
    const services = fakeServices();
    const response = await send(services, { '/a': [methodOf('GET', method)] }, { url: '/dev/a' }, changes);
    expect(response.status).toBe(501);
    expect(JSON.parse(textOf(response)).message).toMatch(/^Not implemented by the local gateway: /);
    expect(headersOf(response).get('x-gavel-reason')).toMatch(reason);
    expect(services.invocations).toEqual([]);
    expect(services.observations).toMatchObject([{ status: 501, reason: expect.stringMatching(reason) }]);
  });
});

describe('AWS_IAM', () => {
  const methods = { '/a/{b}': [methodOf('POST', { authorizationType: 'AWS_IAM' })] };

  const signed = async (services: FakeServices, region = 'us-east-1') => {
    const signer = new SignatureV4({
      service: 'execute-api',
      region,
      credentials: services.identities.local,
      sha256: Sha256,
    });
    const request = await signer.sign(
      new HttpRequest({
        method: 'POST',
        hostname: '127.0.0.1:4501',
        path: '/dev/a/b',
        headers: { host: '127.0.0.1:4501' },
        body: '{"bid":1}',
      }),
      { signingDate: new Date(services.clock.now()) },
    );
    const headers = Object.entries(request.headers).filter(([name]) => name !== 'host');
    return apiRequest({ method: 'POST', url: '/dev/a/b', headers: headers.flat(), body: '{"bid":1}' });
  };
  const plane = (services: FakeServices) => createRestPlane(restApi(definitionOf(methods)), services);

  test('a signed request passes, without its signature and with its signer', async () => {
    const services = fakeServices();
    const response = await plane(services).handle(await signed(services));
    expect(response.status).toBe(200);
    const event = services.lastEvent();
    const { local } = services.identities;
    expect(event.headers).not.toHaveProperty('Authorization');
    expect(event.requestContext.identity).toMatchObject({
      accessKey: local.accessKeyId,
      accountId: '123456789012',
      caller: local.userId,
      user: local.userId,
      userArn: local.userArn,
    });
  });

  test('a tampered body does not', async () => {
    const services = fakeServices();
    const response = await plane(services).handle({ ...(await signed(services)), body: Buffer.from('{"bid":2}') });
    expect(response.status).toBe(403);
    expect(headersOf(response).get('x-amzn-errortype')).toBe('InvalidSignatureException');
    expect(JSON.parse(textOf(response)).message).toMatch(/^The request signature we calculated does not match/);
    expect(services.invocations).toEqual([]);
  });

  test('nor does one of ten minutes ago', async () => {
    const services = fakeServices();
    const request = await signed(services);
    services.clock.advance(600_000);
    const response = await plane(services).handle(request);
    expect(JSON.parse(textOf(response)).message).toMatch(/^Signature expired/);
    expect(response.status).toBe(403);
  });

  test.each([
    [[], 'MissingAuthenticationTokenException', /^Missing Authentication Token$/],
    [['Authorization', 'Bearer x'], 'IncompleteSignatureException', /equal-sign|requires/],
  ])('headers %j are no signature', async (headers, errorType, message) => {
    const response = await send(fakeServices(), methods, { method: 'POST', url: '/dev/a/b', headers });
    expect(response.status).toBe(403);
    expect(headersOf(response).get('x-amzn-errortype')).toBe(errorType);
    expect(JSON.parse(textOf(response)).message).toMatch(message);
  });
});

describe('quotas', () => {
  const methods = { '/{proxy+}': ['ANY'] };
  test.each([
    ['a body over 10 MB', { method: 'POST', body: Buffer.alloc(10_485_761) }, 413, '{"message":"Request Too Long"}'],
    [
      'headers over 10,240 bytes',
      { headers: ['X-Long', 'x'.repeat(10_240)] },
      431,
      '{"message":"Request Header Fields Too Large"}',
    ],
    ['an ARN over 1600 bytes', { url: `/dev/${'x'.repeat(1600)}` }, 414, '{"message":"Request URI too long"}'],
    [
      'an URL over 10,240 characters',
      { url: `/dev/a?${'x'.repeat(10_240)}` },
      414,
      '{"message":"Request URI too long"}',
    ],
  ])('%s', async (_, message, status, body) => {
    const services = fakeServices();
    const response = await send(services, methods, { url: '/dev/a', ...message });
    expect([response.status, textOf(response)]).toEqual([status, body]);
    expect(services.invocations).toEqual([]);
  });

  test('exactly 10 MB pass', async () => {
    const services = fakeServices();
    const message = { method: 'POST', url: '/dev/a', body: Buffer.alloc(10_485_760) };
    expect((await send(services, methods, message)).status).toBe(200);
  });
});

test('a disabled default endpoint is forbidden, a custom domain is not', async () => {
  const services = fakeServices();
  const plane = createRestPlane(
    restApi(definitionOf({ '/a': ['GET'] }), { disableExecuteApiEndpoint: true }),
    services,
  );
  const request = apiRequest({ url: '/dev/a' });
  expect(textOf(await plane.handle(request))).toBe('{"message":"Forbidden"}');
  expect((await plane.handle({ ...request, headers: ['Host', 'market.example.com'] })).status).toBe(200);
});

test('a method without an integration is a 500', async () => {
  const response = await send(fakeServices(), { '/a': [methodOf('GET', { integration: null })] }, { url: '/dev/a' });
  expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
});
