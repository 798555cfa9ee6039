import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideBid, decideClose, evolve, isOpen, outcomeOf } from '#domain/auction.ts';
import { AuctionError } from '#domain/auction-error.ts';
import type { Bid, Lot } from '#domain/lot.ts';
import { openLot } from './memory-auction.ts';

const offer = (amountCents: number, bidId = 'b') => ({ bidId, bidder: 'ada', amountCents });
const bid = (amountCents: number, version = 1): Bid => ({ ...offer(amountCents), version, at: 1 });

const refusal = (decide: () => unknown) => {
  try {
    decide();
  } catch (error) {
    if (error instanceof AuctionError) return error.refusal;
  }
  return null;
};

describe('a bid', () => {
  test('may equal the start price as the first, and not as the second', () => {
    const first = decideBid(openLot(), offer(1_000), 10);
    expect(first.bid).toEqual({ bidId: 'b', bidder: 'ada', amountCents: 1_000, version: 1, at: 10 });
    expect(refusal(() => decideBid(evolve(openLot(), first), offer(1_000), 11))).toMatchObject({
      code: 'bid-too-low',
      priceToBeatCents: 1_000,
    });
    expect(decideBid(evolve(openLot(), first), offer(1_001), 11).bid.version).toBe(2);
  });

  test('is in time until the very moment of closing', () => {
    expect(refusal(() => decideBid(openLot(), offer(1_000), 999_999))).toBeNull();
    expect(refusal(() => decideBid(openLot(), offer(1_000), 1_000_000))).toMatchObject({ code: 'lot-closed' });
  });

  test('is too late once the closing is an event, whatever the time', () => {
    expect(refusal(() => decideBid(openLot({ status: 'closed' }), offer(1_000), 0))).toMatchObject({
      code: 'lot-closed',
    });
  });
});

describe('a closing', () => {
  test('comes at its time and once', () => {
    expect(decideClose(openLot(), 999_999)).toBeNull();
    const closed = decideClose(openLot(), 1_000_000)!;
    expect(closed).toMatchObject({ version: 1, outcome: { result: 'no-bids' } });
    expect(decideClose(evolve(openLot(), closed), 2_000_000)).toBeNull();
  });

  test.each([
    [null, 1_000, 'sold'],
    [5_000, 4_999, 'reserve-not-met'],
    [5_000, 5_000, 'sold'],
  ])('with reserve %s and highest bid %s is %s', (reservePriceCents, highest, result) => {
    expect(outcomeOf(openLot({ reservePriceCents, highestBid: bid(highest) })).result).toBe(result);
  });
});

test('whatever is bid, in whatever order, a lot keeps its rules', () => {
  const action = fc.record({ amount: fc.integer({ min: 1, max: 5_000 }), wait: fc.integer({ min: 0, max: 100_000 }) });
  fc.assert(
    fc.property(
      fc.array(action, { maxLength: 60 }),
      fc.option(fc.integer({ min: 1, max: 5_000 })),
      (actions, reserve) => {
        let lot: Lot = openLot({ reservePriceCents: reserve });
        let now = 0;
        const accepted: Bid[] = [];
        for (const [index, { amount, wait }] of actions.entries()) {
          now += wait;
          const best = accepted.at(-1)?.amountCents ?? 999;
          const refused = refusal(() => {
            const event = decideBid(lot, offer(amount, `b${index}`), now);
            lot = evolve(lot, event);
            accepted.push(event.bid);
          });
          if (!isOpen(lot, now)) expect(refused?.code).toBe('lot-closed');
          else expect(refused?.code ?? null).toBe(amount > best ? null : 'bid-too-low');
        }
        expect(accepted.map((each) => each.version)).toEqual(accepted.map((_, index) => index + 1));
        const closed = decideClose(lot, Math.max(now, lot.closesAt))!;
        const best = accepted.at(-1);
        if (best && best.amountCents >= (reserve ?? 0)) {
          expect(closed.outcome).toEqual({
            result: 'sold',
            winner: 'ada',
            bidId: best.bidId,
            amountCents: best.amountCents,
          });
        } else expect(closed.outcome.result).toBe(best ? 'reserve-not-met' : 'no-bids');
      },
    ),
  );
});
