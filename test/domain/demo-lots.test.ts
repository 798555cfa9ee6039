import { expect, test } from 'vitest';
import { isOpen } from '#domain/auction.ts';
import { demoLots } from '#domain/demo-lots.ts';
import { lotView } from '#domain/views.ts';

test('a dozen lots are up, some of them for minutes only', () => {
  const now = Date.UTC(2026, 10, 24);
  const lots = demoLots(now);
  expect(lots).toHaveLength(12);
  expect(new Set(lots.map((lot) => lot.lotId)).size).toBe(12);
  expect(lots.every((lot) => isOpen(lot, now))).toBe(true);
  expect(lots.filter((lot) => !isOpen(lot, now + 10 * 60_000)).length).toBeGreaterThanOrEqual(3);
  expect(lots.every((lot) => lot.reservePriceCents === null || lot.reservePriceCents >= lot.startPriceCents)).toBe(
    true,
  );
});

test('no view shows a reserve price', () => {
  for (const lot of demoLots(0)) expect(Object.keys(lotView(lot, 0))).not.toContain('reservePriceCents');
});
