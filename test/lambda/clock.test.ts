import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench;
let clock: AdjustableClock;
const start = Date.UTC(2031, 0, 1);

beforeAll(async () => {
  clock = adjustableClock(start, 0);
  bench = await openBench({
    clock,
    files: {
      'now.mjs': `
        export const handler = async (event, context) => ({
          now: Date.now(), date: new Date().toISOString(), given: new Date(0).getTime(), text: Date().slice(11, 15),
          same: new Date().constructor === Date && new Date() instanceof Date, utc: Date.UTC(1970, 0, 2),
          elapsed: performance.now(), left: context.getRemainingTimeInMillis(),
        });`,
      'waits.mjs': `
        import { setTimeout as later } from 'node:timers/promises';
        let ticks = 0;
        export const handler = async ({ way, ms }) => {
          console.log('waiting');
          if (way === 'promise') await later(ms);
          else if (way === 'interval') {
            await new Promise((done) => { const timer = setInterval(() => { console.log('tick', ++ticks); if (ticks === 3) { clearInterval(timer); done(); } }, ms); });
          } else {
            const never = setTimeout(() => { throw new Error('was cleared'); }, ms - 1);
            clearTimeout(never);
            await new Promise((done) => setTimeout(done, ms));
          }
          return Date.now();
        };`,
    },
    functions: (folder) => [functionIn(folder, 'now'), functionIn(folder, 'waits', { timeoutSeconds: 600 })],
  });
});
afterAll(() => bench.stop());

test('dates and elapsed time in a handler are those of the clock', async () => {
  const before = await bench.call('now');
  expect(before).toMatchObject({ now: start, date: '2031-01-01T00:00:00.000Z', given: 0, text: '2031', same: true });
  expect(before.utc).toBe(86_400_000);
  clock.advance(300_000);
  const after = await bench.call('now');
  expect(after.now).toBe(start + 300_000);
  expect(after.elapsed - before.elapsed).toBeCloseTo(300_000, 0);
  expect(after.left).toBe(3000);
});

test.each(['timer', 'promise'])('timers in a handler wait for the clock: %s', async (way) => {
  const begun = clock.now();
  let answered = false;
  const seen = bench.logs('waits').length;
  const answer = bench.call('waits', { way, ms: 60_000 }).finally(() => {
    answered = true;
  });
  await eventually(
    () =>
      bench
        .logs('waits')
        .slice(seen)
        .some((line) => line.endsWith('waiting')),
    'the handler',
  );
  // Another function's whole round trip passes meanwhile, and the timer does not.
  await bench.call('now');
  expect(answered).toBe(false);
  clock.advance(60_000);
  expect(await answer).toBeGreaterThanOrEqual(begun + 60_000);
});

test('an interval in a handler ticks by the clock', async () => {
  const seen = bench.logs('waits').length;
  const answer = bench.call('waits', { way: 'interval', ms: 60_000 });
  const logged = (end: string): boolean =>
    bench
      .logs('waits')
      .slice(seen)
      .some((line) => line.endsWith(end));
  for (const tick of [1, 2, 3]) {
    await eventually(() => logged(tick === 1 ? 'waiting' : `tick ${tick - 1}`), `tick ${tick - 1}`);
    clock.advance(60_000);
  }
  expect(await answer).toBe(clock.now());
});

test('a time-out is the time of the clock', async () => {
  const seen = bench.logs('waits').length;
  const answer = bench.invoke('waits', { ms: 10_000_000 });
  await eventually(
    () =>
      bench
        .logs('waits')
        .slice(seen)
        .some((line) => line.endsWith('waiting')),
    'the handler',
  );
  clock.advance(600_000);
  expect(JSON.parse((await answer).payload)).toMatchObject({ errorType: 'Sandbox.Timedout' });
});
