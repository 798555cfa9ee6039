/** What the world may see of a lot. The reserve price stays inside; only whether it is met comes out. */
import { isOpen, isReserveMet, outcomeOf } from './auction.ts';
import type { Bid, Lot, Make } from './lot.ts';

export type BidView = {
  readonly bidId: string;
  readonly bidder: string;
  readonly amountCents: number;
  readonly version: number;
  readonly at: string;
};

export type LotView = {
  readonly lotId: string;
  readonly make: Make;
  readonly model: string;
  readonly year: number;
  readonly startPriceCents: number;
  readonly reserveMet: boolean;
  readonly closesAt: string;
  readonly status: 'open' | 'closed';
  readonly version: number;
  readonly highestBid?: BidView;
  readonly winner?: string;
};

export const bidView = ({ bidId, bidder, amountCents, version, at }: Bid): BidView => ({
  bidId,
  bidder,
  amountCents,
  version,
  at: new Date(at).toISOString(),
});

export const lotView = (lot: Lot, now: number): LotView => {
  const open = isOpen(lot, now);
  const outcome = outcomeOf(lot);
  return {
    lotId: lot.lotId,
    make: lot.make,
    model: lot.model,
    year: lot.year,
    startPriceCents: lot.startPriceCents,
    reserveMet: isReserveMet(lot),
    closesAt: new Date(lot.closesAt).toISOString(),
    status: open ? 'open' : 'closed',
    version: lot.version,
    ...(lot.highestBid && { highestBid: bidView(lot.highestBid) }),
    ...(!open && outcome.result === 'sold' && { winner: outcome.winner }),
  };
};
