import { isOpen } from './auction.ts';
import type { Refusal } from './auction-error.ts';
import type { BidAccepted, Lot } from './lot.ts';
import { type BidView, bidView } from './views.ts';

/**
 * What Live sends. Versions of a lot have no gap: a client shows a price whose version is above the last it has, and
 * leaves the others out, which came twice or late.
 */
export type LiveMessage =
  /** A bid was accepted. */
  | {
      readonly type: 'price';
      readonly lotId: string;
      readonly version: number;
      readonly highestBid: BidView;
      readonly at: string;
    }
  /** The answer to watch: where the lot stands. */
  | {
      readonly type: 'watching';
      readonly lotId: string;
      readonly version: number;
      readonly status: 'open' | 'closed';
      readonly highestBid: BidView | null;
      readonly closesAt: string;
    }
  /** The answer to unwatch. */
  | { readonly type: 'unwatched'; readonly lotId: string }
  | { readonly type: 'error'; readonly error: Refusal };

export const priceMessage = ({ lotId, bid }: BidAccepted): LiveMessage => ({
  type: 'price',
  lotId,
  version: bid.version,
  highestBid: bidView(bid),
  at: new Date(bid.at).toISOString(),
});

export const watchingMessage = (lot: Lot, now: number): LiveMessage => ({
  type: 'watching',
  lotId: lot.lotId,
  version: lot.version,
  status: isOpen(lot, now) ? 'open' : 'closed',
  highestBid: lot.highestBid && bidView(lot.highestBid),
  closesAt: new Date(lot.closesAt).toISOString(),
});
