import { describe, expect, test } from 'vitest';
import { connect, rawConnection } from './client.ts';
import { route } from './live-api.ts';
import { type ServedPlane, servePlane, until } from './served-plane.ts';

const api = { routes: [route('$default'), route('$disconnect')] };
const minutes = (count: number): number => count * 60_000;

const disconnect = async ({ eventsOf }: ServedPlane): Promise<[number | undefined, string | undefined]> => {
  await until(() => eventsOf('disconnect').length === 1, '$disconnect');
  const { disconnectStatusCode, disconnectReason } = eventsOf('disconnect')[0]!.requestContext;
  return [disconnectStatusCode, disconnectReason];
};

describe('$disconnect is told code and reason', () => {
  test('of a close frame without a code', async () => {
    const served = await servePlane(api);
    (await connect(`${served.origin}/dev`)).socket.close();
    expect(await disconnect(served)).toEqual([1005, 'Client-side close frame status not set']);
  });

  test.each([
    [1000, ''],
    [4001, 'auction over'],
  ])('of a close frame with %i "%s"', async (code, reason) => {
    const served = await servePlane(api);
    (await connect(`${served.origin}/dev`)).socket.close(code, reason);
    expect(await disconnect(served)).toEqual([code, reason]);
  });

  test('of a line that was cut', async () => {
    const served = await servePlane(api);
    (await rawConnection(served.port)).resetAndDestroy();
    expect(await disconnect(served)).toEqual([1006, '']);
  });

  test('and the registry has let the connection go before', async () => {
    let open = -1;
    const served: ServedPlane = await servePlane(api, {
      disconnect: () => {
        open = served.plane.connections().length;
        return {};
      },
    });
    (await connect(`${served.origin}/dev`)).socket.close();
    await disconnect(served);
    expect(open).toBe(0);
  });

  test('and its outcome matters to nobody', async () => {
    const served = await servePlane(api, { disconnect: () => Promise.reject(new Error('boom')) });
    const [first, second] = [await connect(`${served.origin}/dev`), await connect(`${served.origin}/dev`)];
    first.socket.close();
    await disconnect(served);
    second.send('still here');
    await until(() => served.eventsOf('default').length === 1);
  });
});

describe('limits of time', () => {
  test('ten idle minutes, to the moment', async () => {
    const served = await servePlane(api);
    const client = await connect(`${served.origin}/dev`);
    served.clock.advance(minutes(10) - 1);
    expect(served.plane.connections()).toHaveLength(1);
    served.clock.advance(1);
    expect(await client.closed()).toEqual({ code: 1001, reason: 'Going away' });
    expect(await disconnect(served)).toEqual([1001, 'Going away']);
  });

  test('messages move the idle end, in either direction', async () => {
    const served = await servePlane(api);
    const client = await connect(`${served.origin}/dev`);
    for (let i = 1; i <= 3; i++) {
      served.clock.advance(minutes(9));
      client.send('here');
      await until(() => served.eventsOf('default').length === i);
    }
    served.clock.advance(minutes(9));
    expect(served.plane.connections()).toHaveLength(1);
    served.clock.advance(minutes(1));
    expect((await client.closed()).code).toBe(1001);
  });

  test('a ping is answered, but does not move the idle end', async () => {
    const served = await servePlane(api);
    const client = await connect(`${served.origin}/dev`);
    served.clock.advance(minutes(9));
    let pong = false;
    client.socket.on('pong', () => {
      pong = true;
    });
    client.socket.ping();
    await until(() => pong);
    served.clock.advance(minutes(1));
    expect((await client.closed()).code).toBe(1001);
  });

  test('two hours at most, however lively', async () => {
    const served = await servePlane(api);
    const client = await connect(`${served.origin}/dev`);
    for (let i = 1; i <= 23; i++) {
      served.clock.advance(minutes(5));
      client.send('here');
      await until(() => served.eventsOf('default').length === i);
    }
    served.clock.advance(minutes(5) - 1);
    expect(served.plane.connections()).toHaveLength(1);
    served.clock.advance(1);
    expect(await client.closed()).toEqual({ code: 1001, reason: 'Going away' });
  });
});

describe('a stop', () => {
  test('closes with 1012, runs $disconnect for each, and takes no one in', async () => {
    const served = await servePlane(api);
    const clients = await Promise.all(Array.from({ length: 20 }, () => connect(`${served.origin}/dev`)));
    await served.plane.close();
    for (const client of clients) expect(await client.closed()).toEqual({ code: 1012, reason: 'Service restart' });
    expect(served.eventsOf('disconnect')).toHaveLength(20);
    expect(served.plane.connections()).toEqual([]);
    await expect(connect(`${served.origin}/dev`)).rejects.toThrow('503');
  });

  test('does not wait for functions that hang or clients that do not answer', async () => {
    const served = await servePlane(api, { disconnect: () => new Promise(() => {}) });
    const sockets = await Promise.all(Array.from({ length: 30 }, () => rawConnection(served.port)));
    const began = performance.now();
    await served.plane.close();
    expect(performance.now() - began).toBeLessThan(3000);
    // Eight at a time were begun; a stop does not start what nobody will wait for.
    expect(served.eventsOf('disconnect')).toHaveLength(8);
    await until(() => sockets.every((socket) => socket.readableEnded || socket.destroyed));
  });
});

test('open connections are listed with what the console shows', async () => {
  const served = await servePlane(api);
  const client = await connect(`${served.origin}/dev`);
  served.clock.advance(2000);
  client.send('here');
  await until(() => served.eventsOf('default').length === 1);
  served.clock.advance(3000);
  const connectedAt = served.clock.now() - 5000;
  expect(served.plane.connections()).toEqual([
    {
      connectionId: served.eventsOf('default')[0]!.requestContext.connectionId,
      stage: 'dev',
      connectedAt,
      lastActiveAt: connectedAt + 2000,
      sourceIp: '127.0.0.1',
    },
  ]);
});

test('every event is observed', async () => {
  const served = await servePlane(api);
  const client = await connect(`${served.origin}/dev`);
  client.send('here');
  await until(() => served.eventsOf('default').length === 1);
  client.socket.close();
  await disconnect(served);
  await until(() => served.observations.length === 3);
  const { connectionId } = served.eventsOf('default')[0]!.requestContext;
  const common = { kind: 'socket', api: 'Live', stage: 'dev', connectionId, reason: null };
  expect(served.observations).toMatchObject([
    { ...common, event: 'CONNECT', route: null, status: 101 },
    { ...common, event: 'MESSAGE', route: '$default', status: 200 },
    { ...common, event: 'DISCONNECT', route: '$disconnect', status: 200 },
  ]);
});
