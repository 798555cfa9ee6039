import { evolve } from '#domain/auction.ts';
import type { Bid, BidAccepted, Lot, LotEvent } from '#domain/lot.ts';
import type { BidStore } from '#domain/place-bid.ts';

export const openLot = (changes: Partial<Lot> = {}): Lot => ({
  lotId: 'lot-1',
  make: 'Volvo',
  model: 'P1800 S',
  year: 1967,
  startPriceCents: 1_000,
  reservePriceCents: null,
  closesAt: 1_000_000,
  status: 'open',
  version: 0,
  highestBid: null,
  ...changes,
});

/** The store of bids as the table keeps it: a commit is one step, and everything before it may be out of date. */
export class MemoryAuction implements BidStore {
  lot: Lot;
  readonly log: LotEvent[] = [];
  readonly bids = new Map<string, Bid>();

  constructor(lot: Lot) {
    this.lot = lot;
  }

  async findLot(lotId: string): Promise<Lot | null> {
    return lotId === this.lot.lotId ? this.lot : null;
  }

  async findBid(_lotId: string, bidId: string): Promise<Bid | null> {
    return this.bids.get(bidId) ?? null;
  }

  async commit(event: BidAccepted): ReturnType<BidStore['commit']> {
    const earlier = this.bids.get(event.bid.bidId);
    if (earlier) return { outcome: 'repeated', bid: earlier };
    if (!this.append(event)) return { outcome: 'stale' };
    this.bids.set(event.bid.bidId, event.bid);
    return { outcome: 'committed' };
  }

  append(event: LotEvent): boolean {
    const version = event.type === 'bid-accepted' ? event.bid.version : event.version;
    if (version !== this.lot.version + 1 || this.lot.status === 'closed') return false;
    this.lot = evolve(this.lot, event);
    this.log.push(event);
    return true;
  }
}
