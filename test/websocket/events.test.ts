import { expect, test } from 'vitest';
import { connect } from './client.ts';
import { integration, route } from './live-api.ts';
import { servePlane, start, until } from './served-plane.ts';

const id = expect.stringMatching(/^[\w-]{15}=$/);
const domainName = 'abcdefghij.execute-api.us-east-1.amazonaws.com';
const routes = [route('$connect'), route('$disconnect'), route('$default')];

test('CONNECT, MESSAGE and DISCONNECT events, member by member', async () => {
  const { origin, clock, invocations } = await servePlane({ routes });
  const client = await connect(`${origin}/dev?t=x&t=y+z&e=`, {
    headers: { 'User-Agent': 'tests/1', 'X-Dealer': 'd1', 'x-forwarded-for': '203.0.113.7' },
  });
  clock.advance(1500);
  client.send('__ping__');
  await until(() => invocations.length === 2);
  client.socket.close();
  await until(() => invocations.length === 3);

  const [connected, message, disconnected] = invocations.map(({ event }) => event);
  const { connectionId } = connected!.requestContext;
  const key = connected!.headers!['Sec-WebSocket-Key'];
  expect(connected).toEqual({
    headers: {
      Host: domainName,
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      'User-Agent': 'tests/1',
      'X-Dealer': 'd1',
      'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
      'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'X-Forwarded-For': '203.0.113.7, 127.0.0.1',
      'X-Forwarded-Port': '443',
      'X-Forwarded-Proto': 'https',
    },
    multiValueHeaders: expect.objectContaining({ Host: [domainName], 'X-Dealer': ['d1'] }),
    queryStringParameters: { t: 'y z', e: '' },
    multiValueQueryStringParameters: { t: ['x', 'y z'], e: [''] },
    requestContext: {
      routeKey: '$connect',
      eventType: 'CONNECT',
      extendedRequestId: id,
      requestTime: '20/Nov/2026:22:00:00 +0000',
      messageDirection: 'IN',
      stage: 'dev',
      connectedAt: start,
      requestTimeEpoch: start,
      identity: { userAgent: 'tests/1', sourceIp: '127.0.0.1' },
      requestId: connected!.requestContext.requestId,
      domainName,
      connectionId: id,
      apiId: 'abcdefghij',
    },
    isBase64Encoded: false,
  });
  expect(message).toEqual({
    requestContext: {
      routeKey: '$default',
      messageId: id,
      eventType: 'MESSAGE',
      extendedRequestId: message!.requestContext.requestId,
      requestTime: '20/Nov/2026:22:00:01 +0000',
      messageDirection: 'IN',
      stage: 'dev',
      connectedAt: start,
      requestTimeEpoch: start + 1500,
      identity: { userAgent: 'tests/1', sourceIp: '127.0.0.1' },
      requestId: id,
      domainName,
      connectionId,
      apiId: 'abcdefghij',
    },
    body: '__ping__',
    isBase64Encoded: false,
  });
  expect(disconnected).toEqual({
    headers: { Host: domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' },
    multiValueHeaders: { Host: [domainName], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
    requestContext: {
      routeKey: '$disconnect',
      disconnectStatusCode: 1005,
      eventType: 'DISCONNECT',
      extendedRequestId: disconnected!.requestContext.requestId,
      requestTime: '20/Nov/2026:22:00:01 +0000',
      messageDirection: 'IN',
      disconnectReason: 'Client-side close frame status not set',
      stage: 'dev',
      connectedAt: start,
      requestTimeEpoch: start + 1500,
      identity: { userAgent: 'tests/1', sourceIp: '127.0.0.1' },
      requestId: id,
      domainName,
      connectionId,
      apiId: 'abcdefghij',
    },
    isBase64Encoded: false,
  });
});

test('a name that means something to JavaScript is a name like any other', async () => {
  const { origin, invocations } = await servePlane({ routes });
  await connect(`${origin}/dev?__proto__=a&__proto__=b`, { headers: { ['__proto__']: 'c' } });
  const payload = invocations[0]!.request.payload;
  expect(payload).toContain('"queryStringParameters":{"__proto__":"b"}');
  expect(payload).toContain('"multiValueQueryStringParameters":{"__proto__":["a","b"]}');
  expect(payload).toContain('"__proto__":"c"');
});

test('members stand in the order of AWS', async () => {
  const { origin, invocations } = await servePlane({ routes });
  await connect(`${origin}/dev`);
  expect(Object.keys(invocations[0]!.event)).toEqual([
    'headers',
    'multiValueHeaders',
    'requestContext',
    'isBase64Encoded',
  ]);
  expect(Object.keys(invocations[0]!.event.requestContext)).toEqual([
    'routeKey',
    'eventType',
    'extendedRequestId',
    'requestTime',
    'messageDirection',
    'stage',
    'connectedAt',
    'requestTimeEpoch',
    'identity',
    'requestId',
    'domainName',
    'connectionId',
    'apiId',
  ]);
});

test('a message id ends as its connection id does', async () => {
  const { origin, eventsOf } = await servePlane({ routes });
  const client = await connect(`${origin}/dev`);
  client.send('a');
  await until(() => eventsOf('default').length === 1);
  const { connectionId, messageId } = eventsOf('default')[0]!.requestContext as unknown as Record<string, string>;
  expect(messageId!.slice(-5)).toBe(connectionId!.slice(-5));
  expect(messageId).not.toBe(connectionId);
});

test('stage variables come with every event, and choose the function', async () => {
  const uri = 'arn:aws:lambda:us-east-1:123456789012:function:greeter:${stageVariables.lambdaAlias}';
  const { origin, invocations } = await servePlane({
    routes,
    integrations: [
      integration('connect', { uri }),
      integration('default', { uri }),
      integration('disconnect', { uri }),
    ],
    stages: { dev: { variables: { lambdaAlias: 'live' } }, next: { variables: { lambdaAlias: 'candidate' } } },
  });
  const client = await connect(`${origin}/dev`);
  client.send('a');
  await until(() => invocations.length === 2);
  client.socket.close();
  await until(() => invocations.length === 3);
  await connect(`${origin}/next`);
  expect(invocations.map(({ request }) => request.function)).toEqual([
    ...Array(3).fill({ name: 'greeter', qualifier: 'live' }),
    { name: 'greeter', qualifier: 'candidate' },
  ]);
  for (const { event } of invocations.slice(0, 3))
    expect(event).toMatchObject({ stageVariables: { lambdaAlias: 'live' } });
  expect(invocations.map(({ request }) => request.sourceArn)).toEqual([
    'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/dev/$connect',
    'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/dev/$default',
    'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/dev/$disconnect',
    'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/next/$connect',
  ]);
});

test('a host that is not loopback is told as it came', async () => {
  const { origin, eventsOf } = await servePlane({ routes });
  await connect(`${origin}/dev`, { headers: { Host: 'live.example.com:8443' } });
  expect(eventsOf('connect')[0]).toMatchObject({
    headers: { Host: 'live.example.com:8443' },
    requestContext: { domainName: 'live.example.com' },
  });
});

test('the root of an incoming trace is kept', async () => {
  const { origin, invocations } = await servePlane({ routes });
  const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793';
  await connect(`${origin}/dev`, { headers: { 'X-Amzn-Trace-Id': trace } });
  expect(invocations[0]!.event.headers).toMatchObject({ 'X-Amzn-Trace-Id': trace });
  expect(invocations[0]!.request.traceId).toContain(trace);
});
