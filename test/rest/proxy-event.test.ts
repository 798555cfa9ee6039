import { describe, expect, test } from 'vitest';
import { createRestPlane } from '#gateway/rest/rest-plane.ts';
import { apiRequest, fakeServices, headersOf, startOfTest } from '../integrations/fake-services.ts';
import { definitionOf, restApi, send, stageOf } from './rest-apis.ts';

const browse = [
  'Accept',
  '*/*',
  'user-agent',
  'curl/8',
  'Connection',
  'keep-alive',
  'Content-Length',
  '0',
  'X-Two',
  'one',
  'x-two',
  'two',
];

test('the whole event of a request, member by member', async () => {
  const services = fakeServices();
  const response = await send(
    services,
    { '/lots/{lotId}': ['GET'] },
    { url: '/dev/lots/42?category=electronics&category=books&plus=a+b%2Bc&empty=', headers: browse },
  );
  const headers = headersOf(response);
  const host = 'abcdefghij.execute-api.us-east-1.amazonaws.com';
  const trace = services.lastEvent().headers['X-Amzn-Trace-Id'];
  expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  expect(services.lastEvent()).toEqual({
    resource: '/lots/{lotId}',
    path: '/lots/42',
    httpMethod: 'GET',
    headers: {
      Accept: '*/*',
      'User-Agent': 'curl/8',
      'X-Two': 'two',
      Host: host,
      'X-Amzn-Trace-Id': trace,
      'X-Forwarded-For': '1.2.3.4',
      'X-Forwarded-Port': '443',
      'X-Forwarded-Proto': 'https',
    },
    multiValueHeaders: {
      Accept: ['*/*'],
      'User-Agent': ['curl/8'],
      'X-Two': ['one', 'two'],
      Host: [host],
      'X-Amzn-Trace-Id': [trace],
      'X-Forwarded-For': ['1.2.3.4'],
      'X-Forwarded-Port': ['443'],
      'X-Forwarded-Proto': ['https'],
    },
    queryStringParameters: { category: 'books', plus: 'a b+c', empty: '' },
    multiValueQueryStringParameters: { category: ['electronics', 'books'], plus: ['a b+c'], empty: [''] },
    pathParameters: { lotId: '42' },
    stageVariables: null,
    requestContext: {
      resourceId: 'id/lots/{lotId}',
      resourcePath: '/lots/{lotId}',
      httpMethod: 'GET',
      extendedRequestId: headers.get('x-amz-apigw-id'),
      requestTime: '04/Mar/2026:19:15:17 +0000',
      path: '/dev/lots/42',
      accountId: '123456789012',
      protocol: 'HTTP/1.1',
      stage: 'dev',
      domainPrefix: 'abcdefghij',
      requestTimeEpoch: startOfTest,
      requestId: headers.get('x-amzn-requestid'),
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: '1.2.3.4',
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent: 'curl/8',
        user: null,
      },
      domainName: host,
      deploymentId: 'dep123',
      apiId: 'abcdefghij',
    },
    body: null,
    isBase64Encoded: false,
  });
  expect(services.invocations[0]).toMatchObject({
    function: { name: 'hello', qualifier: null },
    traceId: `${trace};Sampled=0`,
    sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/dev/GET/lots/{lotId}',
  });
});

const ping = { '/a': ['ANY'] };

test('what is absent is null', async () => {
  const services = fakeServices();
  await send(services, ping, { url: '/dev/a' });
  expect(services.lastEvent()).toMatchObject({
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: null,
    requestContext: { identity: { userAgent: null } },
  });
});

test.each([
  ['a=1;b=2', { a: '1', b: '2' }],
  ['flag', { flag: '' }],
  ['a=%E2%82%AC', { a: '€' }],
  ['a=100%', { a: '100%' }],
  ['__proto__=x&constructor=y', { constructor: 'y' }],
  ['na%20me=v', { 'na me': 'v' }],
])('the query %s', async (query, expected) => {
  const services = fakeServices();
  await send(services, ping, { url: `/dev/a?${query}` });
  expect(services.lastEvent().queryStringParameters).toMatchObject(expected);
});

describe('headers', () => {
  test('the client address is appended to X-Forwarded-For, port and protocol are the gateway’s', async () => {
    const services = fakeServices();
    const headers = ['X-Forwarded-For', '9.9.9.9', 'x-forwarded-proto', 'http', 'X-Forwarded-Port', '80'];
    await send(services, ping, { url: '/dev/a', headers });
    const event = services.lastEvent();
    expect(event.headers).toMatchObject({
      'X-Forwarded-For': '9.9.9.9, 1.2.3.4',
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-Port': '443',
    });
    expect(event.headers).not.toHaveProperty('x-forwarded-proto');
    expect(event.requestContext.identity.sourceIp).toBe('1.2.3.4');
  });

  test('a host that is not loopback is kept', async () => {
    const services = fakeServices();
    const plane = createRestPlane(restApi(definitionOf(ping)), services);
    await plane.handle({ ...apiRequest({ url: '/dev/a' }), headers: ['host', 'api.example.com:8443'] });
    expect(services.lastEvent()).toMatchObject({
      headers: { Host: 'api.example.com:8443' },
      requestContext: { domainName: 'api.example.com', domainPrefix: 'api' },
    });
  });

  test.each([
    ['Root=1-5e5ff0b5-000000000000000000000001', ';Sampled=0'],
    ['Root=1-5e5ff0b5-000000000000000000000001;Parent=53995c3f42cd8ad8', ';Sampled=1'],
    ['Root=1-5e5ff0b5-000000000000000000000001;Parent=53995c3f42cd8ad8;Sampled=0', ''],
  ])('the trace %s is kept', async (sent, added) => {
    const services = fakeServices();
    const response = await send(services, ping, { url: '/dev/a', headers: ['X-Amzn-Trace-Id', sent] });
    expect(services.lastEvent().headers['X-Amzn-Trace-Id']).toBe(sent);
    expect(services.invocations[0]!.traceId).toBe(sent + added);
    expect(headersOf(response).get('x-amzn-trace-id')).toBe(sent + added);
  });

  test('a client may name its request by a UUID and by nothing else', async () => {
    const named = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
    const answer = async (id: string) =>
      headersOf(await send(fakeServices(), ping, { url: '/dev/a', headers: ['x-amzn-RequestId', id] })).get(
        'x-amzn-requestid',
      );
    expect(await answer(named)).toBe(named);
    expect(await answer('mine')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the body', () => {
  test.each([
    [[], 'text/plain', 'grüße', 'grüße', false],
    [['image/png'], 'image/png', 'bytes', 'Ynl0ZXM=', true],
    [['image/*'], 'image/png; q=1', 'bytes', 'Ynl0ZXM=', true],
    [['image/png'], 'application/json', '{}', '{}', false],
    [['*/*'], 'application/json', '{}', 'e30=', true],
  ])('binary types %j, sent as %s', async (binaryMediaTypes, contentType, sent, body, isBase64Encoded) => {
    const services = fakeServices();
    const message = { method: 'POST', url: '/dev/a', headers: ['Content-Type', contentType], body: sent };
    await send(services, ping, message, { definition: { binaryMediaTypes } });
    expect(services.lastEvent()).toMatchObject({ body, isBase64Encoded });
  });

  test('bytes that are no UTF-8 become replacement characters', async () => {
    const services = fakeServices();
    await send(services, ping, { method: 'POST', url: '/dev/a', body: Buffer.from([0x61, 0xff, 0x62]) });
    expect(services.lastEvent().body).toBe('a\ufffdb');
  });
});

describe('a canary', () => {
  const uri = '${stageVariables.lambdaAlias}';
  const api = restApi(definitionOf(ping), {
    deployments: [
      { id: 'stable', definition: aliased() },
      { id: 'fresh', definition: aliased() },
    ],
    stages: [
      stageOf({
        deploymentId: 'stable',
        variables: { lambdaAlias: 'live', house: 'one' },
        canary: {
          deploymentId: 'fresh',
          percentTraffic: 10,
          stageVariableOverrides: { lambdaAlias: 'candidate' },
          useStageCache: false,
        },
      }),
    ],
  });

  function aliased() {
    const definition = definitionOf(ping);
    const method = definition.resources[0]!.methods[0]!;
    const integration = {
      ...method.integration!,
      uri: method.integration!.uri.replace(':hello', `:hello:${uri}`),
    };
    return { ...definition, resources: [{ id: 'r', path: '/a', methods: [{ ...method, integration }] }] };
  }

  test.each([
    [0.0999, 'fresh', { lambdaAlias: 'candidate', house: 'one' }, true],
    [0.1, 'stable', { lambdaAlias: 'live', house: 'one' }, false],
  ])('a draw of %d is served by %s', async (draw, deploymentId, stageVariables, isCanaryRequest) => {
    const services = fakeServices();
    await createRestPlane(api, services, () => draw).handle(apiRequest({ url: '/dev/a' }));
    expect(services.invocations[0]!.function).toEqual({ name: 'hello', qualifier: stageVariables.lambdaAlias });
    expect(services.lastEvent()).toMatchObject({
      stageVariables,
      requestContext: { deploymentId, isCanaryRequest },
    });
  });
});
