import { expect, test } from 'vitest';
import { connect, refused } from './client.ts';
import { route } from './live-api.ts';
import { servePlane } from './served-plane.ts';

const connectRoute = { routes: [route('$connect')] };
const offers = ['chat1', 'myprotocol'];
test('the 101 names the one that the integration returned', async () => {
  const { origin } = await servePlane(connectRoute, {
    connect: () => ({ statusCode: 200, headers: { 'sec-websocket-protocol': 'myprotocol' } }),
  });
  expect((await connect(`${origin}/dev`, {}, offers)).socket.protocol).toBe('myprotocol');
});

test('a value that would write headers of its own is refused', async () => {
  const { origin } = await servePlane(connectRoute, {
    connect: () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat1\r\nSet-Cookie: a=b' } }),
  });
  expect((await refused(`${origin}/dev`)).status).toBe(502);
});

test('the gateway chooses none by itself, which clients that offered some do not accept', async () => {
  const { origin } = await servePlane(connectRoute);
  await expect(connect(`${origin}/dev`, {}, offers)).rejects.toThrow('Server sent no subprotocol');
});
