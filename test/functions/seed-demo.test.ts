import { expect, test } from 'vitest';
import { call, invoke, sampleEvent, useBackingServices } from './backing-services.ts';

useBackingServices();

test('the sample event adds a dozen lots once, and spares those that have bids', async () => {
  expect(await invoke('demo/seed-demo', sampleEvent('demo/seed-demo'))).toEqual({ added: 12 });
  await call('bidding/place-bid');
  expect(await invoke('demo/seed-demo', sampleEvent('demo/seed-demo'))).toEqual({ added: 0 });
  expect((await call('market/get-lot')).body.highestBid.bidder).toBe('ada');
});
