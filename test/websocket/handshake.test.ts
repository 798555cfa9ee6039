import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { expect, test } from 'vitest';
import { connect, frame, handshakeText, opcodes, refused } from './client.ts';
import { integration, route } from './live-api.ts';
import { type FakeFunction, failed, Outcome, servePlane, until } from './served-plane.ts';

const connectRoute = { routes: [route('$connect'), route('$disconnect')] };

test('without a $connect route, or with one that has no integration, the handshake succeeds', async () => {
  for (const routes of [[], [route('$connect', { integrationId: null })]]) {
    const { origin, invocations } = await servePlane({ routes });
    await connect(`${origin}/dev`);
    await connect(`${origin}/dev/`);
    expect(invocations).toEqual([]);
  }
});

test.each([
  ['200', { statusCode: 200 }],
  ['another 2xx', { statusCode: 204 }],
  ['a status in text', { statusCode: '200' }],
  ['no status', {}],
])('an integration that answers %s opens the connection', async (_, result) => {
  const { origin, plane } = await servePlane(connectRoute, { connect: () => result });
  await connect(`${origin}/dev`);
  expect(plane.connections()).toHaveLength(1);
});

test.each<[string, FakeFunction, number, string]>([
  ['another status', () => ({ statusCode: 418, body: 'no' }), 418, ''],
  ['a redirect', () => ({ statusCode: 302 }), 302, ''],
  ['a status that HTTP has not', () => ({ statusCode: 42 }), 502, ''],
  ['a fault', () => failed('boom'), 502, '{"message":"Internal server error"}'],
  ['nothing', () => null, 502, '{"message":"Internal server error"}'],
  ['a text', () => 'ok', 502, '{"message":"Internal server error"}'],
  ['a body that is no text', () => ({ statusCode: 200, body: {} }), 502, '{"message":"Internal server error"}'],
  [
    'that it does not exist',
    () => new Outcome({ kind: 'not-found', reason: 'no such function' }),
    500,
    '{"message":"Internal server error"}',
  ],
  [
    'that it is throttled',
    () => new Outcome({ kind: 'throttled', reason: 'too many' }),
    500,
    '{"message":"Internal server error"}',
  ],
  [
    'that it cannot run here',
    () => new Outcome({ kind: 'unsupported', reason: 'python3.13 does not run here' }),
    501,
    '{"message":"python3.13 does not run here"}',
  ],
])('an integration that answers %s refuses the handshake', async (_, answer, status, body) => {
  const { origin, plane, eventsOf } = await servePlane(connectRoute, { connect: answer });
  expect(await refused(`${origin}/dev`)).toMatchObject({ status, body });
  expect(plane.connections()).toEqual([]);
  // There was no connection, so none has ended.
  expect(eventsOf('disconnect')).toEqual([]);
});

test('an integration that takes longer than its time-out answers 504', async () => {
  const { origin, clock, invocations } = await servePlane(
    { ...connectRoute, integrations: [integration('connect', { timeoutInMillis: 3000 })] },
    { connect: () => new Promise(() => {}) },
  );
  const refusal = refused(`${origin}/dev`);
  await until(() => invocations.length === 1);
  clock.advance(2999);
  clock.advance(1);
  expect(await refusal).toMatchObject({ status: 504, body: '{"message":"Endpoint request timed out"}' });
});

test('the 101 waits for the integration', async () => {
  let release: (result: unknown) => void = () => {};
  const { origin, invocations, plane } = await servePlane(connectRoute, {
    connect: () => new Promise((resolve) => (release = resolve)),
  });
  const client = connect(`${origin}/dev`);
  await until(() => invocations.length === 1);
  expect(plane.connections()).toEqual([]);
  release({ statusCode: 200 });
  await client;
});

test.each(['/prod', '/', '/dev/more', '/dev//', '/DEV'])('%s is no stage', async (path) => {
  const { origin } = await servePlane(connectRoute);
  expect(await refused(`${origin}${path}`)).toMatchObject({
    status: 403,
    body: '{"message":"Forbidden"}',
    headers: { 'x-amzn-errortype': 'ForbiddenException', 'x-amzn-requestid': expect.stringMatching(/^[\w-]{15}=$/) },
  });
});

test('a stage whose deployment is missing is not served, and a notice says so', async () => {
  const { origin, observations } = await servePlane({ ...connectRoute, stages: { dev: { deploymentId: 'lost' } } });
  expect((await refused(`${origin}/dev`)).status).toBe(403);
  expect(observations).toContainEqual(
    expect.objectContaining({
      kind: 'notice',
      text: 'template.yaml:1:1: stage dev has no deployment and is not served',
    }),
  );
});

test.each([
  ['a key that is none', 'Sec-WebSocket-Key: short'],
  ['an old version', 'Sec-WebSocket-Version: 8'],
  ['another protocol to upgrade to', 'Upgrade: h2c'],
  ['a broken list of subprotocols', 'Sec-WebSocket-Protocol: a,,b'],
  ['the same subprotocol twice', 'Sec-WebSocket-Protocol: a, a'],
])('a handshake with %s is refused before anything runs', async (_, header) => {
  const { port, invocations } = await servePlane(connectRoute);
  const socket = connectSocket(port, '127.0.0.1');
  const name = header.split(':')[0]!;
  const lines = handshakeText('/dev')
    .split('\r\n')
    .filter((line) => !line.startsWith(`${name}:`));
  socket.write([...lines.slice(0, -2), header, '', ''].join('\r\n'));
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(invocations).toEqual([]);
});

test('required request parameters of $connect must be there', async () => {
  const { origin } = await servePlane({
    routes: [
      route('$connect', {
        requestParameters: {
          'route.request.querystring.token': true,
          'route.request.header.X-Dealer': true,
          'route.request.querystring.lot': false,
        },
      }),
    ],
  });
  expect(await refused(`${origin}/dev?lot=1`)).toMatchObject({
    status: 400,
    body: '{"message":"Missing required request parameters: [token, X-Dealer]"}',
  });
  await connect(`${origin}/dev?token=`, { headers: { 'x-dealer': 'd1' } });
});

test('compression is offered in vain, and the offer shows in the event', async () => {
  const { origin, eventsOf } = await servePlane(connectRoute);
  const client = await connect(`${origin}/dev`, { perMessageDeflate: true });
  expect(client.socket.extensions).toBe('');
  expect(eventsOf('connect')[0]!.headers).toMatchObject({
    'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits',
  });
});

test('a client that leaves during $connect is told of as gone once the integration has taken it in', async () => {
  let release: (result: unknown) => void = () => {};
  const { port, invocations, eventsOf, plane } = await servePlane(connectRoute, {
    connect: () => new Promise((resolve) => (release = resolve)),
  });
  const socket = connectSocket(port, '127.0.0.1');
  socket.write(handshakeText('/dev'));
  await until(() => invocations.length === 1);
  socket.resetAndDestroy();
  await once(socket, 'close');
  release({ statusCode: 200 });
  await until(() => eventsOf('disconnect').length === 1);
  expect(eventsOf('disconnect')[0]!.requestContext).toMatchObject({ disconnectStatusCode: 1006, disconnectReason: '' });
  expect(plane.connections()).toEqual([]);
});

test('what a client sends right behind its handshake is not lost', async () => {
  const { port, eventsOf } = await servePlane({ routes: [route('$default')] });
  const socket = connectSocket(port, '127.0.0.1');
  socket.write(Buffer.concat([Buffer.from(handshakeText('/dev')), frame(opcodes.text, 'early')]));
  await until(() => eventsOf('default').length === 1);
  expect(eventsOf('default')[0]!.body).toBe('early');
  socket.destroy();
});

test('a plain request to the stage is forbidden', async () => {
  const { port, observations } = await servePlane(connectRoute);
  const response = await fetch(`http://127.0.0.1:${port}/dev`);
  expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  expect(observations).toContainEqual(expect.objectContaining({ kind: 'request', status: 403, route: null }));
});
