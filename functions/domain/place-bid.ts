import { decideBid } from './auction.ts';
import { AuctionError, bidIdReused, lotBusy, lotUnknown } from './auction-error.ts';
import type { Bid, BidAccepted, BidOffer, Lot } from './lot.ts';

/** Where bids are decided. Both reads are strongly consistent. */
export type BidStore = {
  findLot(lotId: string): Promise<Lot | null>;
  /** The bid that was accepted under this id, if one was. */
  findBid(lotId: string, bidId: string): Promise<Bid | null>;
  /**
   * Writes bid, lot and event together or not at all. `stale`: the lot is no longer what the decision saw; `repeated`:
   * a bid with this id was accepted before.
   */
  commit(event: BidAccepted): Promise<{ outcome: 'committed' | 'stale' } | { outcome: 'repeated'; bid: Bid }>;
};

export type BidPorts = {
  readonly store: BidStore;
  readonly now: () => number;
  /** Waits a little, longer with each attempt, so that bidders for one lot do not collide again at once. */
  readonly pause: (attempt: number) => Promise<void>;
};

const maxAttempts = 12;

/** Accepts a bid exactly once, however often it is sent and however many bid at the same moment. */
export const placeBid = async (ports: BidPorts, lotId: string, offer: BidOffer): Promise<Bid> => {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const lot = await ports.store.findLot(lotId);
    if (lot === null) throw lotUnknown(lotId);
    let event: BidAccepted;
    try {
      event = decideBid(lot, offer, ports.now());
    } catch (error) {
      // A retry of an accepted bid looks too low, or too late. The lot was read first: had that bid made this very lot,
      // its row would be there by now.
      const earlier = error instanceof AuctionError ? await ports.store.findBid(lotId, offer.bidId) : null;
      if (earlier !== null) return sameBid(earlier, offer);
      throw error;
    }
    const answer = await ports.store.commit(event);
    if (answer.outcome === 'committed') return event.bid;
    if (answer.outcome === 'repeated') return sameBid(answer.bid, offer);
    await ports.pause(attempt);
  }
  throw lotBusy(lotId);
};

const sameBid = (earlier: Bid, offer: BidOffer): Bid => {
  if (earlier.amountCents !== offer.amountCents || earlier.bidder !== offer.bidder) throw bidIdReused(offer.bidId);
  return earlier;
};
