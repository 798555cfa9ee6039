import { expect, test } from 'vitest';
import { checkpointsInMemory } from '#gateway/lambda/event-sources/checkpoints.ts';
import type { FunctionInvoker } from '#gateway/lambda/invocation.ts';
import { eventually } from '../cloud/eventually.ts';
import { bid } from '../cloud/tables.ts';
import { streamBench } from './stream-bench.ts';

const { call, sources } = streamBench();

const put = (lot: string, version: number, more: Record<string, unknown> = {}) =>
  call('PutItem', { Item: bid(lot, version, more) });
const record = {
  kind: 'answered',
  functionError: null,
  executedVersion: '1',
  requestId: 'r',
  initMs: null,
  durationMs: 1,
} as const;

type Seen = readonly {
  readonly dynamodb: { readonly Keys: Record<string, { S?: string; N?: string }>; readonly SequenceNumber: string };
}[];

/** A function of which calls last until they are let go. */
const slowFunction = () => {
  const calls: { readonly keys: string[]; end(): void }[] = [];
  let most = 0;
  let running = 0;
  const lambda: FunctionInvoker = {
    invoke: ({ payload }) => {
      const records = JSON.parse(payload).Records as Seen;
      running++;
      most = Math.max(most, running);
      return new Promise((settle) => {
        const keys = records.map(({ dynamodb: { Keys } }) => Keys.lot!.S!);
        calls.push({
          keys,
          end: () => {
            running--;
            settle({ ...record, payload: 'null' });
          },
        });
      });
    },
  };
  return { lambda, calls, most: () => most };
};

test('batches of several keys are under way at once, those of one key one after the other', async () => {
  const { lambda, calls, most } = slowFunction();
  const lots = Array.from({ length: 12 }, (_, i) => `lot-${i}`);
  for (const lot of lots) await put(lot, 1);
  // The key of an item is its lot and its version: the same item changes twice.
  for (const lot of lots) await put(lot, 1, { cents: { N: '2' } });
  const running = sources(lambda, { parallelizationFactor: 4, batchSize: 1 });
  const seen: string[] = [];
  const idle = running.idle().then(() => true);
  let over = false;
  void idle.then(() => {
    over = true;
  });
  await eventually('four at once', () => calls.length === 4);
  const inHand = calls.map(({ keys }) => keys.join());
  expect(new Set(inHand).size).toBe(4);
  await eventually('all of them', () => {
    for (const { keys, end } of calls.splice(0)) {
      seen.push(...keys);
      end();
    }
    return over;
  });
  expect(most()).toBe(4);
  expect(seen.length).toBe(24);
});

test('a restart goes on at the first record that is not done with', async () => {
  const checkpoints = checkpointsInMemory();
  const { lambda, calls } = slowFunction();
  for (let i = 0; i < 8; i++) await put(`lot-${i}`, 1);
  const first = sources(lambda, { parallelizationFactor: 4, batchSize: 1 }, { checkpoints });
  await eventually('several at once', () => calls.length >= 3);
  // The one that was written first stays in hand; the others are done with.
  const [oldest, ...others] = [...calls].sort((a, b) => a.keys[0]!.localeCompare(b.keys[0]!));
  for (const { end } of others) end();
  await first.stop();
  const again = slowFunction();
  const second = sources(again.lambda, { parallelizationFactor: 1, batchSize: 100 }, { checkpoints });
  await eventually('the rest', () => again.calls.length > 0);
  expect(again.calls[0]!.keys[0]).toBe(oldest!.keys[0]);
  oldest!.end();
  again.calls[0]!.end();
  await second.idle();
});
