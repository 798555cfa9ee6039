import { describe, expect, test } from 'vitest';
import { connect, errorFrame } from './client.ts';
import { liveApi, route, twoWay } from './live-api.ts';
import { servePlane, until } from './served-plane.ts';

const routes = [route('watch'), route('unwatch'), route('$default')];

describe('routing', () => {
  test.each([
    ['the route that the expression selects', { action: 'watch', lotId: 'l1' }, 'watch'],
    ['another one', { action: 'unwatch' }, 'unwatch'],
    ['a key in another case', { action: 'Watch' }, 'default'],
    ['a key that no route has', { action: 'bid' }, 'default'],
    ['no key', { lotId: 'l1' }, 'default'],
    ['a key that is null', { action: null }, 'default'],
    ['$default by its name', { action: '$default' }, 'default'],
    ['$connect by its name', { action: '$connect' }, 'default'],
    ['$disconnect by its name', { action: '$disconnect' }, 'default'],
    ['text that is no JSON', '__ping__', 'default'],
    ['JSON that is no object', '"watch"', 'default'],
    ['an empty message', '', 'default'],
  ])('%s', async (_, message, name) => {
    const { origin, invocations } = await servePlane({ routes: [...routes, route('$connect'), route('$disconnect')] });
    const client = await connect(`${origin}/dev`);
    client.send(message);
    await until(() => invocations.length === 2);
    expect(invocations[1]!.name).toBe(name);
    expect(invocations[1]!.event.body).toBe(typeof message === 'string' ? message : JSON.stringify(message));
  });

  test('without $default the client is told in a frame, and the connection stays', async () => {
    const { origin, eventsOf, observations } = await servePlane({ routes: [route('watch'), route('$connect')] });
    const client = await connect(`${origin}/dev`);
    for (const message of ['nonsense', '{"action":"bid"}', '{"action":"$connect"}']) {
      client.send(message);
      expect(await client.next()).toMatch(errorFrame('Forbidden'));
    }
    client.send({ action: 'watch' });
    await until(() => eventsOf('watch').length === 1);
    expect(eventsOf('connect')).toHaveLength(1);
    expect(observations).toContainEqual(
      expect.objectContaining({
        kind: 'socket',
        event: 'MESSAGE',
        status: 403,
        route: null,
        requestId: expect.any(String),
      }),
    );
  });

  test('expressions of several variables select keys of their form', async () => {
    const { origin, eventsOf } = await servePlane({
      routes: [route('chat/join', { integrationId: 'join' })],
      definition: { routeSelectionExpression: '${request.body.service}/${request.body.action}' },
    });
    const client = await connect(`${origin}/dev`);
    client.send({ service: 'chat', action: 'join' });
    await until(() => eventsOf('join').length === 1);
  });

  test('an expression that cannot be evaluated is reported and sends everything to $default', async () => {
    const { origin, eventsOf, observations } = await servePlane({
      routes,
      definition: { routeSelectionExpression: '$request.body..action' },
    });
    expect(observations).toContainEqual(expect.objectContaining({ kind: 'notice', level: 'warning' }));
    const client = await connect(`${origin}/dev`);
    client.send({ action: 'watch' });
    await until(() => eventsOf('default').length === 1);
  });
});

describe('replies', () => {
  test('one-way is the rule: what the function returns is dropped', async () => {
    const { origin, eventsOf, observations } = await servePlane(
      {
        routes: [
          route('plain'),
          route('expression', { routeResponseSelectionExpression: '$default' }),
          route('response', { hasRouteResponse: true }),
          route('both', twoWay),
        ],
      },
      Object.fromEntries(['plain', 'expression', 'response', 'both'].map((name) => [name, () => ({ body: name })])),
    );
    const client = await connect(`${origin}/dev`);
    for (const action of ['plain', 'expression', 'response', 'both']) {
      client.send({ action });
      await until(() => eventsOf(action).length === 1);
    }
    expect(await client.next()).toBe('both');
    await until(() => observations.filter((seen) => seen.kind === 'socket' && seen.event === 'MESSAGE').length === 4);
    expect(client.received).toEqual(['both']);
  });

  test.each([
    ['the body whole', { statusCode: 200, body: '{"highest":1200000}', headers: { a: 'b' } }, '{"highest":1200000}'],
    ['the body of a refusal like any other', { statusCode: 409, body: 'outbid' }, 'outbid'],
    ['an empty body', { body: '' }, ''],
    ['a body beyond ASCII', { body: 'Käfer 🚗' }, 'Käfer 🚗'],
  ])('a two-way route sends %s', async (_, result, expected) => {
    const { origin } = await servePlane({ routes: [route('bid', twoWay)] }, { bid: () => result });
    const client = await connect(`${origin}/dev`);
    client.send({ action: 'bid' });
    expect(await client.next()).toBe(expected);
  });

  test('a result without a body sends nothing', async () => {
    const { origin } = await servePlane(
      { routes: [route('quiet', twoWay), route('loud', twoWay)] },
      { quiet: () => ({ statusCode: 200 }), loud: () => ({ body: 'loud' }) },
    );
    const client = await connect(`${origin}/dev`);
    client.send({ action: 'quiet' });
    client.send({ action: 'loud' });
    expect(await client.next()).toBe('loud');
    expect(client.received).toEqual(['loud']);
  });

  test('an answer over 128 KB does not go out', async () => {
    const { origin } = await servePlane(
      { routes: [route('bid', twoWay)] },
      { bid: ({ body }) => ({ body: 'a'.repeat(JSON.parse(body!).size) }) },
    );
    const client = await connect(`${origin}/dev`);
    client.send({ action: 'bid', size: 131_072 });
    expect(await client.next()).toHaveLength(131_072);
    client.send({ action: 'bid', size: 131_073 });
    expect(await client.next()).toMatch(errorFrame('Internal server error'));
  });

  test('messages of one connection run side by side, and answers come as they are ready', async () => {
    let release: () => void = () => {};
    const { origin } = await servePlane(
      { routes: [route('slow', twoWay), route('fast', twoWay)] },
      {
        slow: () => new Promise((resolve) => (release = () => resolve({ body: 'slow' }))),
        fast: () => ({ body: 'fast' }),
      },
    );
    const client = await connect(`${origin}/dev`);
    client.send({ action: 'slow' });
    client.send({ action: 'fast' });
    expect(await client.next()).toBe('fast');
    release();
    expect(await client.next()).toBe('slow');
  });
});

describe('a reload', () => {
  test('keeps connections open and leads their next message to the new routes', async () => {
    const { origin, plane, invocations } = await servePlane({ routes: [route('watch')] });
    const client = await connect(`${origin}/dev`);
    plane.replace(liveApi({ routes: [route('watch', { integrationId: 'watch2' })] }));
    client.send({ action: 'watch' });
    await until(() => invocations.length === 1);
    expect(invocations[0]!.name).toBe('watch2');
  });

  test('closes the connections of a stage that is gone, by its old routes', async () => {
    const { origin, plane, eventsOf } = await servePlane({
      routes: [route('$disconnect')],
      stages: { dev: {}, next: {} },
    });
    const [kept, lost] = [await connect(`${origin}/dev`), await connect(`${origin}/next`)];
    plane.replace(liveApi({ routes: [] }));
    expect(await lost.closed()).toEqual({ code: 1001, reason: 'Going away' });
    await until(() => eventsOf('disconnect').length === 1);
    expect(kept.socket.readyState).toBe(kept.socket.OPEN);
    expect(plane.connections().map(({ stage }) => stage)).toEqual(['dev']);
  });
});
