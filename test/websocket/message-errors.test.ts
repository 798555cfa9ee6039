import { expect, test } from 'vitest';
import { connect, errorFrame } from './client.ts';
import { integration, route, twoWay } from './live-api.ts';
import { type FakeFunction, failed, Outcome, servePlane, until } from './served-plane.ts';

test.each<[string, FakeFunction]>([
  ['fails', () => failed('boom')],
  ['answers nothing', () => null],
  ['answers a body that is no text', () => ({ body: { a: 1 } })],
  ['answers a status that is none', () => ({ statusCode: 'fine' })],
  ['does not exist', () => new Outcome({ kind: 'not-found', reason: 'no such function' })],
  ['is throttled', () => new Outcome({ kind: 'throttled', reason: 'too many' })],
  ['cannot run here', () => new Outcome({ kind: 'unsupported', reason: 'python3.13 does not run here' })],
  ['cannot be called at all', () => Promise.reject(new Error('the host died'))],
])('a function that %s: an error frame, on a one-way route too', async (_, watch) => {
  const { origin, observations } = await servePlane({ routes: [route('watch')] }, { watch });
  const client = await connect(`${origin}/dev`);
  client.send({ action: 'watch' });
  expect(await client.next()).toMatch(errorFrame('Internal server error'));
  expect(observations).toContainEqual(
    expect.objectContaining({ kind: 'socket', event: 'MESSAGE', reason: expect.stringMatching(/\w/) }),
  );
  expect(client.socket.readyState).toBe(client.socket.OPEN);
});

test('what the gateway cannot call is told on the terminal, once', async () => {
  const { origin, observations } = await servePlane(
    { routes: [route('watch')] },
    { watch: () => new Outcome({ kind: 'unsupported', reason: 'python3.13 does not run here' }) },
  );
  const client = await connect(`${origin}/dev`);
  for (let i = 0; i < 3; i++) {
    client.send({ action: 'watch' });
    await client.next();
  }
  expect(observations.flatMap((seen) => (seen.kind === 'notice' ? [seen.text] : []))).toEqual([
    'WebSocket route watch: python3.13 does not run here',
  ]);
});

test('the frame names the connection and the request that the function saw', async () => {
  const { origin, eventsOf } = await servePlane({ routes: [route('watch')] }, { watch: () => failed('boom') });
  const client = await connect(`${origin}/dev`);
  client.send({ action: 'watch' });
  const { connectionId, requestId } = JSON.parse(await client.next());
  expect(eventsOf('watch')[0]!.requestContext).toMatchObject({ connectionId, requestId });
});

test('a time-out is a frame of its own, and what comes after it is dropped', async () => {
  let release: (result: unknown) => void = () => {};
  const { origin, clock, invocations } = await servePlane(
    { routes: [route('bid', twoWay)] },
    { bid: () => new Promise((resolve) => (release = resolve)) },
  );
  const client = await connect(`${origin}/dev`);
  client.send({ action: 'bid' });
  await until(() => invocations.length === 1);
  clock.advance(29_000);
  expect(await client.next()).toMatch(errorFrame('Endpoint request timed out'));
  release({ body: 'late' });
  client.send('again');
  expect(await client.next()).toMatch(errorFrame('Forbidden'));
});

test('what this gateway does not run is refused in a frame and told at the start', async () => {
  const { origin, observations, invocations } = await servePlane({
    routes: [
      route('http', { integrationId: 'http' }),
      route('broken', { integrationId: 'broken' }),
      route('empty', { integrationId: null }),
      route('model', { modelSelectionExpression: '$request.body.action', integrationId: 'fine' }),
    ],
    integrations: [
      integration('http', { type: 'HTTP_PROXY', uri: 'https://example.com' }),
      integration('broken', { uri: 'arn:aws:lambda:nothing' }),
    ],
  });
  const client = await connect(`${origin}/dev`);
  for (const action of ['http', 'broken', 'empty', 'model']) {
    client.send({ action });
    expect(await client.next()).toMatch(errorFrame('Internal server error'));
  }
  expect(invocations).toEqual([]);
  const notices = observations.flatMap((seen) => (seen.kind === 'notice' ? [seen.text] : []));
  expect(notices).toEqual([
    'template.yaml:1:1: route http is refused: HTTP_PROXY integrations of WebSocket APIs do not run on this gateway yet',
    'template.yaml:1:1: route broken is refused: Invalid ARN specified in the request: arn:aws:lambda:nothing',
    'template.yaml:1:1: route empty is refused: it has no integration',
    'template.yaml:1:1: route model is refused: this gateway does not validate messages against models yet',
  ]);
});
