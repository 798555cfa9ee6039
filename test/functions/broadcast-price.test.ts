import type { DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach, expect, test, vi } from 'vitest';
import { backing, invoke, rows, sampleEvent, tableNames, useBackingServices } from './backing-services.ts';
import { connect, watch } from './connections.ts';

useBackingServices();
beforeEach(async () => {
  await invoke('demo/seed-demo', {});
  for (const row of await rows(tableNames.connections)) {
    await backing.dynamodb.call('DeleteItem', { TableName: tableNames.connections, Key: { pk: row.pk, sk: row.sk } });
  }
  backing.gone.clear();
  backing.failing.clear();
});

const watching = async (lotId: string, ...ids: readonly string[]) => {
  for (const id of ids) {
    await connect(id);
    await watch(id, lotId);
  }
  backing.posts.length = 0;
};

/** The sample's record for other versions and lots, in order. */
const records = (...events: readonly (readonly [lotId: string, version: number])[]): DynamoDBStreamEvent => ({
  Records: events.map(([lotId, version]) => {
    const [record] = structuredClone(sampleEvent('broadcast/broadcast-price')).Records;
    record.dynamodb.NewImage.lotId.S = lotId;
    record.dynamodb.NewImage.version.N = String(version);
    record.dynamodb.SequenceNumber = `seq-${lotId}-${version}`;
    return record;
  }),
});
const broadcast = (event: unknown) => invoke('broadcast/broadcast-price', event);
const versionsOf = (id: string) =>
  backing.posts.filter((post) => post.connectionId === id).map((post) => (post.message as { version: number }).version);

test('the sample event reaches every watcher of its lot and nobody else', async () => {
  await watching('demo-12', 'a=', 'b=', 'c=');
  await watching('demo-11', 'other=');
  expect(await broadcast(sampleEvent('broadcast/broadcast-price'))).toEqual({ batchItemFailures: [] });
  expect(backing.posts.map((post) => post.connectionId).sort()).toEqual(['a=', 'b=', 'c=']);
  expect(backing.posts[0]!.message).toEqual({
    type: 'price',
    lotId: 'demo-12',
    version: 1,
    highestBid: {
      bidId: '7b1f2c3d-0001',
      bidder: 'ada',
      amountCents: 6_500_000,
      version: 1,
      at: '2026-11-24T09:00:12.345Z',
    },
    at: '2026-11-24T09:00:12.345Z',
  });
});

test('a batch reaches each connection in order', async () => {
  await watching('demo-12', 'a=', 'b=');
  await broadcast(records(['demo-12', 1], ['demo-11', 1], ['demo-12', 2], ['demo-12', 3]));
  expect(versionsOf('a=')).toEqual([1, 2, 3]);
  expect(versionsOf('b=')).toEqual([1, 2, 3]);
});

test('a connection that is gone is removed, and only that one', async () => {
  await watching('demo-12', 'a=', 'gone=', 'b=');
  await watch('gone=', 'demo-11');
  backing.gone.add('gone=');
  backing.posts.length = 0;
  expect(await broadcast(records(['demo-12', 1]))).toEqual({ batchItemFailures: [] });
  expect(backing.posts.map((post) => post.connectionId).sort()).toEqual(['a=', 'b=']);
  const left = await rows(tableNames.connections);
  expect(JSON.stringify(left)).not.toContain('gone=');
  expect(left).toHaveLength(2 * 3);
});

test('what a watcher did not get is reported from its first record on, and the watcher stays', async () => {
  await watching('demo-12', 'a=', 'refused=');
  backing.failing.add('refused=');
  expect(await broadcast(records(['demo-11', 1], ['demo-12', 1], ['demo-12', 2]))).toEqual({
    batchItemFailures: [{ itemIdentifier: 'seq-demo-12-1' }, { itemIdentifier: 'seq-demo-12-2' }],
  });
  expect(versionsOf('a=')).toEqual([1, 2]);
  expect(JSON.stringify(await rows(tableNames.connections))).toContain('refused=');
});

test('an expired connection is left out before TTL has removed it', async () => {
  await watching('demo-12', 'a=');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 131 * 60_000 });
  try {
    await broadcast(records(['demo-12', 1]));
  } finally {
    vi.useRealTimers();
  }
  expect(backing.posts).toEqual([]);
});

test('records about anything else are passed over', async () => {
  await watching('demo-12', 'a=');
  const event = records(['demo-12', 1], ['demo-12', 2]);
  event.Records[0]!.eventName = 'MODIFY';
  delete event.Records[1]!.dynamodb!.NewImage!.type;
  expect(await broadcast(event)).toEqual({ batchItemFailures: [] });
  expect(backing.posts).toEqual([]);
});
