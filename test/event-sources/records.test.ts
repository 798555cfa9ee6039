import { expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { eventually } from '../cloud/eventually.ts';
import { bid } from '../cloud/tables.ts';
import { recordingFunction } from './recording-function.ts';
import { range, streamBench } from './stream-bench.ts';

const { call, sources, useClock, write } = streamBench();

test('a function receives every change in order, in the shape of Lambda', async () => {
  const broadcast = recordingFunction();
  await write(1, 1, { amount: { N: '100' } });
  await write(1, 1, { amount: { N: '200' } });
  await call('DeleteItem', { Key: bid('a', 1) });
  await sources(broadcast).idle();

  const records = broadcast.payloads.flatMap((payload) => JSON.parse(payload).Records);
  expect(records.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
  expect(records[1]).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: expect.closeTo(Date.now() / 1000, -2),
      Keys: bid('a', 1),
      NewImage: bid('a', 1, { amount: { N: '200' } }),
      OldImage: bid('a', 1, { amount: { N: '100' } }),
      SequenceNumber: expect.stringMatching(/^\d+$/),
      SizeBytes: expect.any(Number),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: 'arn:aws:dynamodb:us-east-1:123456789012:table/bids/stream/2026-01-01T00:00:00.000',
  });
  expect(new Set(records.map((record) => record.eventID)).size).toBe(3);
  expect(broadcast.references[0]).toBe('broadcast:live');
});

test('a function receives nothing of a write that changed nothing', async () => {
  const broadcast = recordingFunction();
  await write(1);
  await write(1);
  await write(2);
  await sources(broadcast).idle();
  expect(broadcast.batches.flat()).toEqual([1, 2]);
});

test('a function receives batches no larger than the mapping says', async () => {
  const broadcast = recordingFunction();
  await write(1, 7);
  await sources(broadcast, { batchSize: 3 }).idle();
  expect(broadcast.batches).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
});

test('a function receives batches within the limit of a payload', async () => {
  const broadcast = recordingFunction();
  await write(1, 20, { text: { S: 'x'.repeat(390_000) } });
  await sources(broadcast).idle();
  expect(broadcast.batches.flat()).toEqual(range(1, 20));
  expect(broadcast.batches.length).toBeGreaterThan(1);
  for (const payload of broadcast.payloads) expect(payload.length).toBeLessThanOrEqual(6 * 1024 * 1024);
});

test('a function receives a partial batch once the window is over on the clock, a full one at once', async () => {
  const clock = adjustableClock(Date.now(), 0);
  const broadcast = recordingFunction();
  const running = sources(broadcast, { batchSize: 2, maximumBatchingWindowInSeconds: 60 }, { clock });
  await write(1, 3);
  await eventually('the full batch', () => broadcast.batches.length === 1);
  clock.advance(59_000);
  let idle = false;
  const done = running.idle().then(() => {
    idle = true;
  });
  await write(4);
  await eventually('the second full batch', () => broadcast.batches.length === 2);
  await done;
  expect([idle, broadcast.batches]).toEqual([
    true,
    [
      [1, 2],
      [3, 4],
    ],
  ]);

  await write(5);
  await eventually('the third batch', () => {
    clock.advance(10_000);
    return broadcast.batches.length === 3;
  });
  expect(broadcast.batches[2]).toEqual([5]);
});

test('a function receives only what a filter lets through', async () => {
  const broadcast = recordingFunction();
  const filters = ['{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":["bid",{"prefix":"lot-"}]}}}}'];
  const running = sources(broadcast, { filters });
  await write(1, 1, { kind: { S: 'bid' } });
  await write(2, 2, { kind: { S: 'event' } });
  await write(3, 3, { kind: { S: 'lot-closed' } });
  await write(1, 1, { kind: { S: 'bid' }, amount: { N: '1' } });
  await running.idle();
  expect(broadcast.batches.flat()).toEqual([1, 3]);
});

test('a function receives an expired item as deleted by the service, any other as deleted by a user', async () => {
  const clock = adjustableClock(Date.now(), 0);
  await useClock(clock);
  const broadcast = recordingFunction();
  const running = sources(broadcast, { filters: ['{"eventName":["REMOVE"]}'] }, { clock });
  await write(1, 2, { expiresAt: { N: String(Math.floor(clock.now() / 1000) + 60) } });
  await call('DeleteItem', { Key: bid('a', 1) });
  clock.advance(90_000);
  await eventually('both deletions', () => broadcast.batches.flat().length === 2);
  await running.idle();
  const records = broadcast.payloads.flatMap((payload) => JSON.parse(payload).Records);
  expect(records.map((record) => record.userIdentity)).toEqual([
    undefined,
    { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
  ]);
});

test('a function receives dates of the gateway’s clock', async () => {
  const clock = adjustableClock(Date.parse('2031-05-06T07:08:09Z'), 0);
  const broadcast = recordingFunction();
  await write(1);
  await sources(broadcast, {}, { clock }).idle();
  const [record] = JSON.parse(broadcast.payloads[0]!).Records;
  expect(new Date(record.dynamodb.ApproximateCreationDateTime * 1000).toISOString()).toBe('2031-05-06T07:08:09.000Z');
});
