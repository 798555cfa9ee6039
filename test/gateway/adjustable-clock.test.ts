import { expect, test } from 'vitest';
import { adjustableClock } from '#gateway/adjustable-clock.ts';

test('advancing fires the timers that fall due on the way, in order, each at its own time', () => {
  const clock = adjustableClock(1_000, 0);
  const fired: [string, number][] = [];
  clock.after(600_000, () => fired.push(['idle', clock.now()]));
  clock.after(30_000, () => {
    fired.push(['first', clock.now()]);
    clock.after(10_000, () => fired.push(['set by the first', clock.now()]));
  });
  clock.advance(599_999);
  expect(fired).toEqual([
    ['first', 31_000],
    ['set by the first', 41_000],
  ]);
  clock.advance(1);
  expect(fired.at(-1)).toEqual(['idle', 601_000]);
  expect(clock.now()).toBe(601_000);
});

test('a cancelled timer never fires, and timers of one moment keep their order', () => {
  const clock = adjustableClock(0, 0);
  const fired: number[] = [];
  clock.after(5, () => fired.push(1));
  clock.after(5, () => fired.push(2)).cancel();
  clock.after(5, () => fired.push(3));
  clock.advance(10);
  expect(fired).toEqual([1, 3]);
});

test('speed 0 stands still; a faster clock fires real timers early', async () => {
  const clock = adjustableClock(0, 0);
  const before = clock.now();
  const fired = new Promise<number>((resolve) => clock.after(60_000, () => resolve(clock.now())));
  expect(clock.now()).toBe(before);
  clock.setSpeed(1_000_000);
  expect(await fired).toBeGreaterThanOrEqual(60_000);
});

test('a reading lets another process follow the clock', () => {
  const clock = adjustableClock(5_000, 0);
  let changes = 0;
  const stop = clock.onChange(() => changes++);
  clock.advance(7_000);
  expect(clock.reading()).toMatchObject({ at: 12_000, speed: 0 });
  stop();
  clock.advance(1);
  expect(changes).toBe(1);
});
