import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, test } from 'vitest';
import { auctionTable } from '#adapters/auction-table.ts';
import { placeBid } from '#domain/place-bid.ts';
import { openLot } from '../domain/memory-auction.ts';
import { rows, tableNames, useBackingServices } from './backing-services.ts';

useBackingServices();

let client: DynamoDBClient;
beforeAll(() => {
  client = new DynamoDBClient({});
});

const lot = (lotId: string) => openLot({ lotId, closesAt: Date.now() + 60_000 });
const offer = { bidId: 'b1', bidder: 'ada', amountCents: 2_000 };
const ports = (through: DynamoDBClient) => ({
  store: auctionTable(through, tableNames.auctions),
  now: Date.now,
  pause: async () => {},
});

/** A client whose transactions fail on the way there, or on the way back. */
const failing = (when: 'before' | 'after'): DynamoDBClient => {
  const send = async (command: never) => {
    if (!((command as object) instanceof TransactWriteItemsCommand)) return client.send(command);
    if (when === 'after') await client.send(command);
    throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
  };
  return { send } as unknown as DynamoDBClient;
};

test('a bid whose answer is lost after the commit is told as accepted, and counts once', async () => {
  await auctionTable(client, tableNames.auctions).addLot(lot('lost-after'));
  const bid = await placeBid(ports(failing('after')), 'lost-after', offer);
  expect(bid).toMatchObject({ ...offer, version: 1 });
  const written = (await rows(tableNames.auctions)).filter((row) => row.pk!.S === 'LOT#lost-after');
  expect(written).toHaveLength(3);
});

test('a bid that may never have arrived is told as unknown, and sent again it counts', async () => {
  await auctionTable(client, tableNames.auctions).addLot(lot('lost-before'));
  const unknown = placeBid(ports(failing('before')), 'lost-before', offer);
  await expect(unknown).rejects.toMatchObject({ refusal: { code: 'outcome-unknown' } });
  expect(await placeBid(ports(client), 'lost-before', offer)).toMatchObject({ version: 1 });
});

test('a commit decided on an older lot writes nothing', async () => {
  const table = auctionTable(client, tableNames.auctions);
  await table.addLot(lot('stale'));
  const event = (bidId: string, version: number) =>
    ({ type: 'bid-accepted', lotId: 'stale', bid: { ...offer, bidId, version, at: Date.now() } }) as const;
  expect(await table.commit(event('first', 1))).toEqual({ outcome: 'committed' });
  expect(await table.commit(event('second', 1))).toEqual({ outcome: 'stale' });
  expect(await table.commit(event('third', 3))).toEqual({ outcome: 'stale' });
  expect(await table.findBid('stale', 'second')).toBeNull();
  expect(await table.commit(event('first', 2))).toMatchObject({ outcome: 'repeated', bid: { version: 1 } });
});

test('the table itself refuses a bid at the closing time', async () => {
  const table = auctionTable(client, tableNames.auctions);
  const closesAt = Date.now() + 60_000;
  await table.addLot(openLot({ lotId: 'late', closesAt }));
  const late = { type: 'bid-accepted', lotId: 'late', bid: { ...offer, version: 1, at: closesAt } } as const;
  expect(await table.commit(late)).toEqual({ outcome: 'stale' });
});

test('a lot is added once', async () => {
  const table = auctionTable(client, tableNames.auctions);
  expect(await table.addLot(lot('once'))).toBe(true);
  expect(await table.addLot(lot('once'))).toBe(false);
  expect(await table.findLot('once')).toMatchObject({ lotId: 'once', version: 0, highestBid: null });
});
