import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { openSocket } from './socket.ts';

const clock = adjustableClock();
let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ template: 'template.yaml', configEnv: 'dev', clock });
}, 30_000);
afterAll(() => gateway?.stop());

const bid = (lotId: string, bidId: string, amountCents: number): Promise<Response> =>
  gateway.fetch('Bidding', `/dev/lots/${lotId}/bids`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ bidId, bidder: 'ada', amountCents }),
  });

test('when hours pass at once, lots close, sockets go idle, and signatures still agree', async () => {
  const idle = await openSocket(gateway.url('Live')!);
  const closed = once(idle.socket, 'close');
  expect((await bid('demo-07', 'in-time', 5_500_000)).status).toBe(201);
  await gateway.idle();

  // demo-07 closes two hours after the start; a connection without a message is ended after ten minutes.
  clock.advance(2 * 3_600_000 + 60_000);
  const [code, reason] = (await closed) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([1001, 'Going away']);
  expect((await bid('demo-07', 'too-late', 6_000_000)).status).toBe(410);

  // The broadcaster signs with the environment's time, and the gateway verifies with its own.
  const watcher = await openSocket(gateway.url('Live')!);
  watcher.send({ action: 'watch', lotId: 'demo-11' });
  await watcher.next((message) => message.type === 'watching');
  const accepted = await bid('demo-11', 'later', 2_400_000);
  expect(accepted.status).toBe(201);
  const price = await watcher.next((message) => message.type === 'price');
  expect(Math.abs(Date.parse(price.at as string) - clock.now())).toBeLessThan(60_000);
  await watcher.close();
});
