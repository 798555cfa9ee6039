/**
 * The rules of an auction. Each decision takes a lot and the time and gives an event or refuses; nothing here knows
 * where lots are kept.
 */
import { bidTooLow, lotClosed } from './auction-error.ts';
import type { BidAccepted, BidOffer, Lot, LotClosed, LotEvent, LotOutcome } from './lot.ts';

export const isOpen = (lot: Lot, now: number): boolean => lot.status === 'open' && now < lot.closesAt;

/** Accepts an offer, which must be above the highest bid or, as the first, at least the start price. */
export const decideBid = (lot: Lot, offer: BidOffer, now: number): BidAccepted => {
  if (!isOpen(lot, now)) throw lotClosed(lot.lotId);
  const highest = lot.highestBid?.amountCents ?? null;
  if (highest !== null && offer.amountCents <= highest) {
    throw bidTooLow(highest, `amountCents must be above ${highest}, the highest bid`);
  }
  if (highest === null && offer.amountCents < lot.startPriceCents) {
    throw bidTooLow(lot.startPriceCents, `amountCents must be at least ${lot.startPriceCents}, the start price`);
  }
  const { bidId, bidder, amountCents } = offer;
  return {
    type: 'bid-accepted',
    lotId: lot.lotId,
    bid: { bidId, bidder, amountCents, version: lot.version + 1, at: now },
  };
};

/** Closes a lot whose time has come; null where there is nothing to close, because it is too early or was done before. */
export const decideClose = (lot: Lot, now: number): LotClosed | null => {
  if (lot.status === 'closed' || now < lot.closesAt) return null;
  return { type: 'lot-closed', lotId: lot.lotId, version: lot.version + 1, at: now, outcome: outcomeOf(lot) };
};

/** Who would win if the lot closed as it stands. */
export const outcomeOf = (lot: Lot): LotOutcome => {
  if (lot.highestBid === null) return { result: 'no-bids' };
  if (!isReserveMet(lot)) return { result: 'reserve-not-met' };
  const { bidder, bidId, amountCents } = lot.highestBid;
  return { result: 'sold', winner: bidder, bidId, amountCents };
};

export const isReserveMet = (lot: Lot): boolean =>
  lot.reservePriceCents === null || (lot.highestBid !== null && lot.highestBid.amountCents >= lot.reservePriceCents);

/** The lot after an event. */
export const evolve = (lot: Lot, event: LotEvent): Lot =>
  event.type === 'bid-accepted'
    ? { ...lot, version: event.bid.version, highestBid: event.bid }
    : { ...lot, version: event.version, status: 'closed' };
