import { afterEach, expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import type { FunctionAlias, LambdaFunction } from '#gateway/model/lambda-function.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

const code = (text: string) => `
  import { existsSync } from 'node:fs';
  let runs = 0;
  export const handler = async (event) => {
    if (event?.leave) process.exit(1);
    while (event?.until && !existsSync(event.until)) await new Promise((done) => setTimeout(done, 5));
    return ['${text}', ++runs, process.env.AWS_LAMBDA_INITIALIZATION_TYPE];
  };`;

const alias = (changes: Partial<FunctionAlias> = {}): FunctionAlias => ({
  name: 'live',
  logicalId: 'Live',
  version: '1',
  routing: {},
  provisionedConcurrency: 2,
  followsLatest: true,
  ...changes,
});

const warm = (folder: string, changes: Partial<LambdaFunction> = {}): LambdaFunction =>
  functionIn(folder, 'warm', { versions: [{ version: '1', logicalId: 'V' }], aliases: [alias()], ...changes });

const environments = () => bench!.runtime.status()[0]!.environments;
const ready = () => {
  const { environments: all, busy, queued } = bench!.runtime.status()[0]!;
  return all - busy - queued;
};

test('environments are ready before any event, after a reload again, and their start is not the event’s', async () => {
  bench = await openBench({ files: { 'warm.mjs': code('one') }, functions: (folder) => [warm(folder)] });
  await bench.runtime.ready();
  expect(environments()).toBe(2);
  const first = await bench.invoke('warm', {}, 'live');
  expect(first).toMatchObject({ payload: '["one",1,"provisioned-concurrency"]', initMs: null });
  expect(bench.logs('warm').find((line) => line.startsWith('REPORT'))).not.toContain('Init Duration');
  // $LATEST has none of them.
  expect(await bench.call('warm')).toEqual(['one', 1, 'on-demand']);

  bench.write({ 'warm.mjs': code('two') });
  await bench.runtime.replace([warm(bench.folder)], []);
  expect(await bench.call('warm', {}, 'live')).toEqual(['two', 1, 'provisioned-concurrency']);
  expect(ready()).toBeGreaterThanOrEqual(1);
});

test('one that ends is replaced; resting does not end it', async () => {
  const clock = adjustableClock();
  bench = await openBench({ files: { 'warm.mjs': code('one') }, functions: (folder) => [warm(folder)], clock });
  await bench.runtime.ready();
  // Both have come up when both have an event.
  const until = `${bench.folder}/go`;
  const both = [bench.call('warm', { until }, 'live'), bench.call('warm', { until }, 'live')];
  await eventually(() => bench!.runtime.status()[0]!.busy === 2, 'both at work');
  bench.write({ go: '' });
  await Promise.all(both);
  clock.advance(60 * 60_000);
  expect(environments()).toBe(2);
  expect(await bench.invoke('warm', { leave: true }, 'live')).toMatchObject({ functionError: 'Unhandled' });
  await eventually(() => environments() === 2, 'the replacement');
  expect((await bench.call('warm', {}, 'live'))[2]).toBe('provisioned-concurrency');
});

test('a version by weight gets its share, and no more are made than the function may have', async () => {
  bench = await openBench({
    files: { 'warm.mjs': code('one') },
    functions: (folder) => [
      warm(folder, {
        reservedConcurrency: 4,
        versions: ['1', '2'].map((version) => ({ version, logicalId: `V${version}` })),
        aliases: [alias({ provisionedConcurrency: 4, routing: { 2: 0.25 } })],
      }),
    ],
  });
  await bench.runtime.ready();
  expect(environments()).toBe(4);
  expect(await bench.call('warm', {}, '2')).toEqual(['one', 1, 'provisioned-concurrency']);

  await bench.runtime.replace(
    [warm(bench.folder, { reservedConcurrency: 2, aliases: [alias({ provisionedConcurrency: 9 })] })],
    [],
  );
  await eventually(() => environments() === 2, 'as many as it may have');
});

test('one whose init phase fails is not started over and over', async () => {
  bench = await openBench({
    files: { 'warm.mjs': 'throw new Error("no");' },
    functions: (folder) => [warm(folder)],
  });
  await bench.runtime.ready();
  await eventually(() => environments() === 0, 'the failure of both');
  const failures = () => bench!.logs('warm').filter((line) => line.includes('"errorMessage":"no"')).length;
  const before = failures();
  expect(await bench.invoke('warm', {}, 'live')).toMatchObject({ functionError: 'Unhandled' });
  expect(failures()).toBeLessThanOrEqual(before + 2);
});
