import { afterEach, expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import type { DynamoDb } from '#gateway/cloud/dynamodb/dynamodb.ts';
import { startTimeToLive } from '#gateway/cloud/dynamodb/time-to-live.ts';
import { eventually } from './eventually.ts';
import { bid, bidsTable, startTestDynamoDb } from './tables.ts';

const start = Date.parse('2026-01-01T00:00:00Z');
const seconds = start / 1000;
let dynamodb: DynamoDb;
afterEach(() => dynamodb.stop());

const put = (lot: string, expiresAt: object) =>
  dynamodb.call('PutItem', { TableName: 'bids', Item: bid(lot, 1, { expiresAt }) });
const left = async () => {
  const { Items } = await dynamodb.call<{ Items: { lot: { S: string } }[] }>('Scan', { TableName: 'bids' });
  return Items.map((item) => item.lot.S).sort();
};

test('an item expires by the clock of the gateway, and only what DynamoDB would delete', async () => {
  const clock = adjustableClock(start, 0);
  dynamodb = await startTestDynamoDb({ clock });
  await put('soon', { N: String(seconds + 60) });
  await put('later', { N: String(seconds + 7200) });
  await put('a text', { S: String(seconds + 60) });
  await put('six years ago', { N: String(seconds - 6 * 365 * 24 * 3600) });
  const all = ['a text', 'later', 'six years ago', 'soon'];

  clock.advance(30_000);
  expect(await left()).toEqual(all);
  clock.advance(3_600_000);
  await eventually('the end of the first', async () => !(await left()).includes('soon'));
  expect(await left()).toEqual(['a text', 'later', 'six years ago']);
  clock.advance(3_600_000 * 2);
  await eventually('the end of the second', async () => !(await left()).includes('later'));
});

test('an item whose expiry is moved while the sweeper looks at it stays', async () => {
  const clock = adjustableClock(start, 0);
  dynamodb = await startTestDynamoDb({ clock });
  await put('moved', { N: String(seconds + 60) });
  await put('left', { N: String(seconds + 60) });
  const client = {
    ...dynamodb,
    close() {},
    async call<T>(action: string, input: unknown): Promise<T> {
      const answer = await dynamodb.call<T & { Count?: number }>(action, input);
      if (action === 'Scan' && answer.Count === 2) await put('moved', { N: String(seconds + 7200) });
      return answer;
    },
  };
  // Beside the one of `dynamodb`, whose clock does not move.
  const sweeper = adjustableClock(start, 0);
  const timeToLive = startTimeToLive({
    client,
    tables: () => [bidsTable()],
    clock: sweeper,
    notice: expect.unreachable,
  });
  sweeper.advance(90_000);
  await eventually('the end of the other', async () => !(await left()).includes('left'));
  await timeToLive.stop();
  expect(await left()).toEqual(['moved']);
  expect(timeToLive.expirations.has('bids', bid('left', 1), undefined)).toBe(true);
  expect(timeToLive.expirations.has('bids', bid('moved', 1), undefined)).toBe(false);
});
