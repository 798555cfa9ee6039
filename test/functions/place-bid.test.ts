import { beforeAll, describe, expect, test, vi } from 'vitest';
import { call, invoke, rows, sampleEvent, tableNames, useBackingServices } from './backing-services.ts';

useBackingServices();
beforeAll(async () => {
  await invoke('demo/seed-demo', {});
});

const bid = (lotId: string, bidId: string, amountCents: number, bidder = 'ada') =>
  call('bidding/place-bid', { pathParameters: { lotId }, body: JSON.stringify({ bidId, bidder, amountCents }) });

test('the sample event bids, and a retry of it gets the same answer', async () => {
  const first = await call('bidding/place-bid');
  expect(first.status).toBe(201);
  expect(first.body).toEqual({
    lotId: 'demo-12',
    bidId: '7b1f2c3d-0001',
    bidder: 'ada',
    amountCents: 6_500_000,
    version: 1,
    at: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  await bid('demo-12', 'higher', 7_000_000, 'grace');
  const again = await call('bidding/place-bid');
  expect(again).toEqual(first);
});

test('an accepted bid leaves its own row, the lot’s new state and one event', async () => {
  await bid('demo-10', 'b1', 9_000_000);
  const ofLot = (await rows(tableNames.auctions)).filter((row) => row.pk!.S === 'LOT#demo-10');
  expect(ofLot.map((row) => row.sk!.S).sort()).toEqual(['BID#b1', 'EVENT#000000000001', 'LOT']);
  expect(ofLot.find((row) => row.sk!.S === 'LOT')!.version!.N).toBe('1');
});

describe('refuses', () => {
  test('a first bid below the start price, with the price', async () => {
    const { status, body } = await bid('demo-11', 'low', 2_399_999);
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'bid-too-low', field: 'amountCents', priceToBeatCents: 2_400_000 });
  });

  test('a bid that only equals the highest, with the price to beat', async () => {
    expect((await bid('demo-11', 'first', 2_400_000)).status).toBe(201);
    const { status, body } = await bid('demo-11', 'second', 2_400_000);
    expect(status).toBe(409);
    expect(body.error.priceToBeatCents).toBe(2_400_000);
  });

  test('a bid on a closed lot, but still answers the retry of an accepted one', async () => {
    const accepted = await bid('demo-02', 'in-time', 2_000_000);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 60_000 });
    try {
      const { status, body } = await bid('demo-02', 'too-late', 3_000_000);
      expect(status).toBe(410);
      expect(body.error.code).toBe('lot-closed');
      expect(await bid('demo-02', 'in-time', 2_000_000)).toEqual(accepted);
    } finally {
      vi.useRealTimers();
    }
  });

  test('a bid on an unknown lot', async () => {
    expect((await bid('demo-99', 'b1', 100)).status).toBe(404);
  });

  test('another bid under a used id', async () => {
    await bid('demo-09', 'mine', 600_000);
    const { status, body } = await bid('demo-09', 'mine', 700_000);
    expect(status).toBe(422);
    expect(body.error).toMatchObject({ code: 'bid-id-reused', field: 'bidId' });
  });

  const sample = JSON.parse(sampleEvent('bidding/place-bid').body);
  test.each([
    ['bidId', 'with space'],
    ['bidId', 'x'.repeat(65)],
    ['bidder', ''],
    ['bidder', '\ud83d'],
    ['amountCents', 1.5],
    ['amountCents', -1],
    ['amountCents', '6500000'],
    ['admin', true],
  ])('%s: %s, by the name of the field', async (field, value) => {
    const { status, body } = await call('bidding/place-bid', { body: JSON.stringify({ ...sample, [field]: value }) });
    expect(status).toBe(400);
    expect(body.error.field).toBe(field);
  });
});

test('a body that came in base64 counts the same', async () => {
  const text = JSON.stringify({ bidId: 'binary', bidder: 'ada', amountCents: 4_000_000 });
  const { status } = await call('bidding/place-bid', {
    pathParameters: { lotId: 'demo-08' },
    body: Buffer.from(text).toString('base64'),
    isBase64Encoded: true,
  });
  expect(status).toBe(201);
});

test('bidders who bid at once get dense versions and rising amounts', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      bid('demo-07', `c${index}`, 5_500_000 + (index % 10) * 100_000, `b${index}`),
    ),
  );
  const accepted = answers.filter((answer) => answer.status === 201).map((answer) => answer.body);
  accepted.sort((a, b) => a.version - b.version);
  expect(accepted.map((each) => each.version)).toEqual(accepted.map((_, index) => index + 1));
  for (const [index, each] of accepted.entries()) {
    if (index > 0) expect(each.amountCents).toBeGreaterThan(accepted[index - 1].amountCents);
  }
  expect(accepted.at(-1).amountCents).toBe(6_400_000);
  for (const refused of answers.filter((answer) => answer.status !== 201)) expect(refused.status).toBe(409);
});
