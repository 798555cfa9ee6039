import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { connect, frame, opcodes, rawConnection } from './client.ts';
import { route, twoWay } from './live-api.ts';
import { servePlane, until } from './served-plane.ts';

const frameLimit = 32_768;
const messageLimit = 131_072;
const api = { routes: [route('$default'), route('$disconnect')] };
const sized = (bytes: number): string => 'a'.repeat(bytes);

/** A message in fragments of a size, so that only the message's own size is at stake. */
const inFragments = (bytes: number, size = frameLimit): Buffer => {
  const frames: Buffer[] = [];
  for (let sent = 0; sent < bytes; sent += size) {
    const length = Math.min(size, bytes - sent);
    const opcode = sent === 0 ? opcodes.text : opcodes.continuation;
    frames.push(frame(opcode, sized(length), sent + length === bytes));
  }
  return Buffer.concat(frames);
};

describe('sizes', () => {
  test('a frame of 32 KB and a message of 128 KB pass, whole', async () => {
    const { port, eventsOf } = await servePlane(api);
    const socket = await rawConnection(port);
    socket.write(frame(opcodes.text, sized(frameLimit)));
    socket.write(inFragments(messageLimit));
    await until(() => eventsOf('default').length === 2);
    expect(eventsOf('default').map(({ body }) => body!.length)).toEqual([frameLimit, messageLimit]);
  });

  test.each([
    ['a frame of one byte more', frame(opcodes.text, sized(frameLimit + 1))],
    ['a message of one byte more', inFragments(messageLimit + 1)],
    [
      'one fragment over the limit among small ones',
      Buffer.concat([frame(opcodes.text, 'a', false), frame(opcodes.continuation, sized(frameLimit + 1))]),
    ],
    ['a binary frame of one byte more', frame(opcodes.binary, sized(frameLimit + 1))],
    ['a message far over both', frame(opcodes.text, sized(1_000_000))],
  ])('%s closes with 1009', async (_, bytes) => {
    const { port, eventsOf } = await servePlane(api);
    const socket = await rawConnection(port);
    socket.write(bytes);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect([answer[0], answer.readUInt16BE(2)]).toEqual([0x88, 1009]);
    await until(() => eventsOf('disconnect').length === 1);
    expect(eventsOf('disconnect')[0]!.requestContext.disconnectStatusCode).toBe(1009);
    expect(eventsOf('default')).toEqual([]);
  });

  test('a fragmented message arrives as one, with a ping between its frames', async () => {
    const { port, eventsOf } = await servePlane(api);
    const socket = await rawConnection(port);
    socket.write(
      Buffer.concat([
        frame(opcodes.text, 'one', false),
        frame(opcodes.ping, 'hi'),
        frame(opcodes.continuation, ' two'),
      ]),
    );
    const [pong] = (await once(socket, 'data')) as [Buffer];
    expect(pong).toEqual(Buffer.from([0x8a, 2, ...Buffer.from('hi')]));
    await until(() => eventsOf('default').length === 1);
    expect(eventsOf('default')[0]!.body).toBe('one two');
  });

  test('what came before an oversized frame still counts, what follows does not', async () => {
    const { port, eventsOf } = await servePlane(api);
    const socket = await rawConnection(port);
    const oversized = frame(opcodes.text, sized(frameLimit + 1));
    socket.write(Buffer.concat([frame(opcodes.text, 'before'), oversized, frame(opcodes.text, 'after')]));
    await until(() => eventsOf('disconnect').length === 1);
    expect(eventsOf('default').map(({ body }) => body)).toEqual(['before']);
  });
});

test('a binary message closes with 1003', async () => {
  const { origin, eventsOf } = await servePlane(api);
  const client = await connect(`${origin}/dev`);
  client.socket.send(Buffer.from('binary'), { binary: true });
  expect(await client.closed()).toEqual({ code: 1003, reason: '' });
  expect(eventsOf('default')).toEqual([]);
});

test('text that is no UTF-8 closes with 1007, a broken frame with 1002', async () => {
  const { port, eventsOf } = await servePlane(api);
  for (const [bytes, code] of [
    [frame(opcodes.text, Buffer.from([0xc3, 0x28])), 1007],
    [frame(3, 'reserved'), 1002],
  ] as const) {
    const socket = await rawConnection(port);
    socket.write(bytes);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect([answer[0], answer.readUInt16BE(2)]).toEqual([0x88, code]);
  }
  await until(() => eventsOf('disconnect').length === 2);
  expect(eventsOf('disconnect').map((event) => event.requestContext.disconnectStatusCode)).toEqual([1007, 1002]);
});

test('a client that does not read is let go before its backlog grows', async () => {
  const { port, plane, eventsOf } = await servePlane(
    { routes: [route('$default', twoWay), route('$disconnect')] },
    { default: () => ({ body: sized(120_000) }) },
  );
  const socket = await rawConnection(port);
  socket.pause();
  // The kernel's own buffers take a few megabytes before anything piles up here.
  for (let i = 0; i < 200 && plane.connections().length > 0; i++) {
    socket.write(frame(opcodes.text, 'more'));
    await until(() => eventsOf('default').length > i || plane.connections().length === 0);
  }
  await until(() => eventsOf('disconnect').length === 1);
  expect(eventsOf('disconnect')[0]!.requestContext.disconnectStatusCode).toBe(1006);
});

test('a client that pings and never reads the pongs is let go too', async () => {
  const { port, plane, eventsOf } = await servePlane(api);
  const socket = await rawConnection(port);
  socket.pause();
  const pings = Buffer.concat(Array.from({ length: 8000 }, () => frame(opcodes.ping, sized(125))));
  for (let i = 0; i < 40 && plane.connections().length > 0 && !socket.destroyed; i++) {
    await new Promise((written) => socket.write(pings, written));
  }
  await until(() => plane.connections().length === 0);
  await until(() => eventsOf('disconnect').length === 1);
  expect(eventsOf('disconnect')[0]!.requestContext.disconnectStatusCode).toBe(1006);
});

test('a client that sends faster than functions answer is read no further than the limit', async () => {
  const release: (() => void)[] = [];
  const { port, origin, eventsOf } = await servePlane(
    { routes: [route('$default'), route('ping', twoWay)] },
    { default: () => new Promise((resolve) => release.push(() => resolve({}))), ping: () => ({ body: 'pong' }) },
  );
  const socket = await rawConnection(port);
  const burst = Buffer.concat(Array.from({ length: 1000 }, () => frame(opcodes.text, sized(1024))));
  socket.write(burst);
  await until(() => eventsOf('default').length >= 256);
  // Another client's round trips show that the server has had every chance to read on.
  const other = await connect(`${origin}/dev`);
  for (let i = 0; i < 50; i++) {
    other.send({ action: 'ping' });
    await other.next();
  }
  // A whole read of the socket may be handed on at once, so the limit is passed by at most one of those.
  expect(eventsOf('default').length).toBeLessThan(400);
  while (eventsOf('default').length < 1000) {
    for (const done of release.splice(0)) done();
    await until(() => release.length > 0 || eventsOf('default').length === 1000);
  }
  for (const done of release.splice(0)) done();
});

test('two hundred clients are answered', async () => {
  const { origin, plane } = await servePlane(
    { routes: [route('$default', twoWay), route('$connect')] },
    { default: ({ body }) => ({ body }) },
  );
  const clients = await Promise.all(Array.from({ length: 200 }, () => connect(`${origin}/dev`)));
  expect(plane.connections()).toHaveLength(200);
  expect(new Set(plane.connections().map(({ connectionId }) => connectionId)).size).toBe(200);
  for (const [i, client] of clients.entries()) client.send(`${i}:${sized(1024)}`);
  const answers = await Promise.all(clients.map((client) => client.next()));
  expect(answers.map((answer) => answer.split(':')[0])).toEqual(clients.map((_, i) => String(i)));
});
