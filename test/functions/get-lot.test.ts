import { beforeAll, expect, test, vi } from 'vitest';
import { backing, call, invoke, tableNames, useBackingServices } from './backing-services.ts';

useBackingServices();
beforeAll(async () => {
  await invoke('demo/seed-demo', {});
});

test('the sample event shows a lot', async () => {
  const { status, headers, body } = await call('market/get-lot');
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/json');
  expect(body).toMatchObject({ lotId: 'demo-12', make: 'Tesla', model: 'Roadster', startPriceCents: 6_000_000 });
});

test('an unknown lot is 404', async () => {
  const { status, body } = await call('market/get-lot', { pathParameters: { lotId: 'demo-99' } });
  expect(status).toBe(404);
  expect(body.error).toEqual({ code: 'lot-unknown', field: 'lotId', message: 'There is no lot demo-99' });
});

test('a lot whose time has come shows who won', async () => {
  await call('bidding/place-bid', {
    pathParameters: { lotId: 'demo-02' },
    body: JSON.stringify({ bidId: 'b1', bidder: 'grace', amountCents: 1_900_000 }),
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 60_000 });
  try {
    const { body } = await call('market/get-lot', { pathParameters: { lotId: 'demo-02' } });
    expect(body).toMatchObject({
      status: 'closed',
      winner: 'grace',
      highestBid: { amountCents: 1_900_000, version: 1 },
    });
  } finally {
    vi.useRealTimers();
  }
});

test('what breaks is told by its request id alone', async () => {
  await backing.dynamodb.call('DeleteTable', { TableName: tableNames.auctions });
  const { status, body } = await call('market/get-lot');
  expect(status).toBe(500);
  expect(body).toEqual({
    error: {
      code: 'internal',
      message: 'Something went wrong on our side',
      requestId: '5f0c1d92-7d2e-4b0f-9a57-0a8d3c1e6b42',
    },
  });
});
