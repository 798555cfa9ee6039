/** The rows of the auctions table, and the way between them and the domain. template.yaml draws the keys. */
import type { Bid, BidAccepted, Lot, Make } from '#domain/lot.ts';
import { type Item, number, readNumber, readText, readTime, text, time } from './item.ts';

/** The partition of `lots-by-closing`. Only lots carry the attribute, so only lots are in the index. */
export const catalogue = 'LOTS';

export const lotKey = (lotId: string): Item => ({ pk: text(`LOT#${lotId}`), sk: text('LOT') });
export const bidKey = (lotId: string, bidId: string): Item => ({ pk: text(`LOT#${lotId}`), sk: text(`BID#${bidId}`) });
/** Twelve digits, so that versions sort as text. */
export const eventKey = (lotId: string, version: number): Item => ({
  pk: text(`LOT#${lotId}`),
  sk: text(`EVENT#${String(version).padStart(12, '0')}`),
});

export const lotItem = (lot: Lot): Item => ({
  ...lotKey(lot.lotId),
  catalogue: text(catalogue),
  lotId: text(lot.lotId),
  make: text(lot.make),
  model: text(lot.model),
  year: number(lot.year),
  startPriceCents: number(lot.startPriceCents),
  ...(lot.reservePriceCents !== null && { reservePriceCents: number(lot.reservePriceCents) }),
  closesAt: time(lot.closesAt),
  status: text(lot.status),
  version: number(lot.version),
  ...(lot.highestBid && { highestBid: { M: bidAttributes(lot.highestBid) } }),
});

export const readLot = (item: Item): Lot => ({
  lotId: readText(item, 'lotId'),
  make: readText(item, 'make') as Make,
  model: readText(item, 'model'),
  year: readNumber(item, 'year'),
  startPriceCents: readNumber(item, 'startPriceCents'),
  reservePriceCents: item.reservePriceCents ? readNumber(item, 'reservePriceCents') : null,
  closesAt: readTime(item, 'closesAt'),
  status: readText(item, 'status') === 'closed' ? 'closed' : 'open',
  version: readNumber(item, 'version'),
  highestBid: item.highestBid?.M ? readBid(item.highestBid.M) : null,
});

export const bidAttributes = (bid: Bid): Item => ({
  bidId: text(bid.bidId),
  bidder: text(bid.bidder),
  amountCents: number(bid.amountCents),
  version: number(bid.version),
  at: time(bid.at),
});

export const readBid = (item: Item): Bid => ({
  bidId: readText(item, 'bidId'),
  bidder: readText(item, 'bidder'),
  amountCents: readNumber(item, 'amountCents'),
  version: readNumber(item, 'version'),
  at: readTime(item, 'at'),
});

export const eventItem = ({ type, lotId, bid }: BidAccepted): Item => ({
  ...eventKey(lotId, bid.version),
  type: text(type),
  lotId: text(lotId),
  ...bidAttributes(bid),
});

export const readBidAccepted = (item: Item): BidAccepted => ({
  type: 'bid-accepted',
  lotId: readText(item, 'lotId'),
  bid: readBid(item),
});
