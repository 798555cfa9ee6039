import { beforeAll, expect, test } from 'vitest';
import { call, invoke, useBackingServices } from './backing-services.ts';

useBackingServices();
beforeAll(async () => {
  await invoke('demo/seed-demo', {});
  for (const amount of [6_000_000, 6_100_000, 6_200_000]) {
    await call('bidding/place-bid', {
      body: JSON.stringify({ bidId: `b${amount}`, bidder: 'ada', amountCents: amount }),
    });
  }
});

const list = (lotId: string, query: Record<string, string> = {}) =>
  call('bidding/list-bids', { pathParameters: { lotId }, queryStringParameters: query });

test('the sample event lists the bids, newest first', async () => {
  const { status, body } = await call('bidding/list-bids');
  expect(status).toBe(200);
  expect(body.bids.map((bid: { version: number }) => bid.version)).toEqual([3, 2, 1]);
  expect(body.bids[0]).toEqual({
    bidId: 'b6200000',
    bidder: 'ada',
    amountCents: 6_200_000,
    version: 3,
    at: expect.any(String),
  });
});

test('pages follow each other', async () => {
  const first = await list('demo-12', { limit: '2' });
  expect(first.body.bids).toHaveLength(2);
  const second = await list('demo-12', { limit: '2', after: first.body.next });
  expect(second.body).toEqual({ bids: [expect.objectContaining({ version: 1 })] });
});

test('a lot without bids has none, an unknown lot is 404', async () => {
  expect((await list('demo-01')).body).toEqual({ bids: [] });
  expect((await list('demo-99')).status).toBe(404);
});

test('a token of somebody else’s making is refused', async () => {
  const { status, body } = await list('demo-12', { after: 'WyJ4Il0' });
  expect(status).toBe(400);
  expect(body.error.field).toBe('after');
});
