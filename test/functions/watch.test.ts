import { beforeAll, beforeEach, expect, test } from 'vitest';
import { backing, call, invoke, rows, sampleEvent, tableNames, useBackingServices } from './backing-services.ts';
import { connect, liveEvent, watch } from './connections.ts';

useBackingServices();
beforeAll(async () => {
  await invoke('demo/seed-demo', {});
});
beforeEach(() => {
  backing.posts.length = 0;
});

const watchersOf = async (lotId: string) =>
  (await rows(tableNames.connections)).filter((row) => row.pk!.S === `CH#${lotId}`).map((row) => row.sk!.S);

test('the sample event subscribes its connection and tells it where the lot stands', async () => {
  const event = sampleEvent('live/watch');
  const { connectionId } = event.requestContext;
  await connect(connectionId);
  await call('bidding/place-bid');
  expect(await invoke('live/watch', event)).toEqual({ statusCode: 200 });
  expect(await watchersOf('demo-12')).toEqual([`CONN#${connectionId}`]);
  expect(backing.posts).toEqual([
    {
      connectionId,
      message: {
        type: 'watching',
        lotId: 'demo-12',
        version: 1,
        status: 'open',
        highestBid: {
          bidId: '7b1f2c3d-0001',
          bidder: 'ada',
          amountCents: 6_500_000,
          version: 1,
          at: expect.any(String),
        },
        closesAt: expect.any(String),
      },
    },
  ]);
});

test('an unknown lot is refused to the caller, and nothing is subscribed', async () => {
  await connect('curious=');
  await watch('curious=', 'demo-99');
  expect(backing.posts).toEqual([
    {
      connectionId: 'curious=',
      message: { type: 'error', error: { code: 'lot-unknown', field: 'lotId', message: 'There is no lot demo-99' } },
    },
  ]);
  expect(await watchersOf('demo-99')).toEqual([]);
});

test.each(['{"action":"watch"}', '{"action":"watch","lotId":7}', '{"action":"watch","lotId":""}'])(
  '%s is refused by the name of the field',
  async (body) => {
    await invoke('live/watch', liveEvent('watch', 'careless=', body));
    expect(backing.posts).toMatchObject([
      { message: { type: 'error', error: { code: 'invalid-input', field: 'lotId' } } },
    ]);
  },
);

test('a watch that comes after the end of its connection leaves nothing behind', async () => {
  backing.gone.add('late=');
  await watch('late=', 'demo-05');
  expect(await watchersOf('demo-05')).toEqual([]);
});

test('a caller that goes before its answer is forgotten, and only that one', async () => {
  await connect('here=');
  await watch('here=', 'demo-06');
  await connect('leaves=');
  backing.gone.add('leaves=');
  await watch('leaves=', 'demo-06');
  expect(await watchersOf('demo-06')).toEqual(['CONN#here=']);
  expect(JSON.stringify(await rows(tableNames.connections))).not.toContain('leaves=');
});
