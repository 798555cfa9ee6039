import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideClose } from '#domain/auction.ts';
import { AuctionError, outcomeUnknown } from '#domain/auction-error.ts';
import type { Bid, BidAccepted, BidOffer } from '#domain/lot.ts';
import { type BidStore, placeBid } from '#domain/place-bid.ts';
import { MemoryAuction, openLot } from './memory-auction.ts';

type Answer = { readonly offer: BidOffer; readonly startedAt: number; readonly endedAt: number } & (
  | { readonly bid: Bid }
  | { readonly code: string }
);

const scenario = fc.record({
  /** Each bid with how often its client sends it, one after the other, and which of its answers get lost on the way. */
  bids: fc.array(
    fc.record({
      amountCents: fc.integer({ min: 900, max: 1_040 }),
      sends: fc.integer({ min: 1, max: 3 }),
      together: fc.boolean(),
      loses: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  closesAtStep: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
  scheduler: fc.scheduler(),
});

test('in any interleaving of bids, retries, lost answers and the closing, each bid counts once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ bids, closesAtStep, scheduler }) => {
      // Time is the number of steps taken, so it moves with every read and write.
      let step = 0;
      const auction = new MemoryAuction(openLot({ closesAt: closesAtStep ?? Number.MAX_SAFE_INTEGER }));
      const take = async <T>(work: () => Promise<T>): Promise<T> => {
        await scheduler.schedule(Promise.resolve());
        step += 1;
        return work();
      };
      const store = (loses: { next: boolean }): BidStore => ({
        findLot: (lotId) => take(() => auction.findLot(lotId)),
        findBid: (lotId, bidId) => take(() => auction.findBid(lotId, bidId)),
        commit: (event: BidAccepted) =>
          take(async () => {
            // The table checks the closing time too.
            if (event.bid.at >= auction.lot.closesAt) return { outcome: 'stale' };
            const answer = await auction.commit(event);
            if (!loses.next) return answer;
            loses.next = false;
            throw outcomeUnknown(event.bid.bidId);
          }),
      });
      const answers: Answer[] = [];
      const send = async (offer: BidOffer, loses: { next: boolean }) => {
        const startedAt = step;
        const ports = { store: store(loses), now: () => step, pause: async () => {} };
        const result = await placeBid(ports, 'lot-1', offer).then(
          (bid) => ({ bid }),
          (error) => ({ code: (error as AuctionError).refusal.code }),
        );
        answers.push({ offer, startedAt, endedAt: step, ...result });
      };
      const clients = bids.map(async ({ amountCents, sends, together, loses }, index) => {
        const offer = { bidId: `b${index}`, bidder: `client ${index}`, amountCents };
        const lost = { next: loses };
        const all = Array.from({ length: sends }, () => () => send(offer, lost));
        if (together) await Promise.all(all.map((each) => each()));
        else for (const each of all) await each();
      });
      await scheduler.waitFor(Promise.all(clients));

      const committed = [...auction.bids.values()];
      expect(committed.map((bid) => bid.version)).toEqual(committed.map((_, index) => index + 1));
      for (const [index, bid] of committed.entries()) {
        expect(bid.amountCents).toBeGreaterThan(committed[index - 1]?.amountCents ?? 999);
        if (closesAtStep !== null) expect(bid.at).toBeLessThan(closesAtStep);
      }
      for (const answer of answers) {
        const own = auction.bids.get(answer.offer.bidId);
        // An accepted bid is told as accepted, whoever asks; only an unknown outcome or a crowd may stand between.
        if ('bid' in answer) expect(answer.bid).toEqual(own);
        else if (own && own.at < answer.startedAt) expect(['outcome-unknown', 'lot-busy']).toContain(answer.code);
      }
      const accepted = answers.filter((answer) => 'bid' in answer);
      for (const earlier of accepted) {
        for (const later of accepted) {
          if (earlier.offer.bidId === later.offer.bidId || earlier.endedAt >= later.startedAt) continue;
          if (later.bid.at < earlier.endedAt) continue; // a retry: its bid was there before
          expect(later.bid.version).toBeGreaterThan(earlier.bid.version);
        }
      }
      const closed = decideClose(auction.lot, auction.lot.closesAt)!;
      const best = committed.at(-1);
      expect(closed.outcome).toEqual(
        best
          ? { result: 'sold', winner: best.bidder, bidId: best.bidId, amountCents: best.amountCents }
          : { result: 'no-bids' },
      );
    }),
    { numRuns: 300 },
  );
});

test('a lot that changes before every commit is given up as busy, with a longer pause each time', async () => {
  const auction = new MemoryAuction(openLot());
  const pauses: number[] = [];
  const ports = {
    store: {
      findLot: (lotId: string) => auction.findLot(lotId),
      findBid: (lotId: string, bidId: string) => auction.findBid(lotId, bidId),
      commit: async () => ({ outcome: 'stale' as const }),
    },
    now: () => 0,
    pause: async (attempt: number) => void pauses.push(attempt),
  };
  const bidding = placeBid(ports, 'lot-1', { bidId: 'b', bidder: 'ada', amountCents: 2_000 });
  await expect(bidding).rejects.toMatchObject({ refusal: { code: 'lot-busy' } });
  expect(pauses).toEqual(Array.from({ length: pauses.length }, (_, index) => index + 1));
  expect(pauses.length).toBeGreaterThan(5);
});

test('another bid under a used id is refused, whether it would count or not', async () => {
  const store = new MemoryAuction(openLot());
  const ports = { store, now: () => 0, pause: async () => {} };
  const offer = { bidId: 'b', bidder: 'ada', amountCents: 2_000 };
  await placeBid(ports, 'lot-1', offer);
  for (const changed of [
    { ...offer, amountCents: 3_000 },
    { ...offer, amountCents: 1 },
    { ...offer, bidder: 'eve' },
  ]) {
    await expect(placeBid(ports, 'lot-1', changed)).rejects.toBeInstanceOf(AuctionError);
    await expect(placeBid(ports, 'lot-1', changed)).rejects.toMatchObject({ refusal: { code: 'bid-id-reused' } });
  }
  expect(store.log).toHaveLength(1);
});
