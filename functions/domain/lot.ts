export const makes = [
  'Alfa Romeo',
  'Audi',
  'BMW',
  'Citroen',
  'Ford',
  'Honda',
  'Jaguar',
  'Lancia',
  'Land Rover',
  'Mazda',
  'Mercedes-Benz',
  'MG',
  'Mini',
  'Nissan',
  'Peugeot',
  'Porsche',
  'Renault',
  'Saab',
  'Skoda',
  'Tesla',
  'Toyota',
  'Volkswagen',
  'Volvo',
] as const;
export type Make = (typeof makes)[number];

/** What a client sends. The client makes the id, so that the bid can be sent again when its answer got lost. */
export type BidOffer = { readonly bidId: string; readonly bidder: string; readonly amountCents: number };

/** An offer that was accepted, with the version of the lot that it made. */
export type Bid = BidOffer & { readonly version: number; readonly at: number };

/** A lot as it stands. Money is whole cents, time is milliseconds since 1970. */
export type Lot = {
  readonly lotId: string;
  readonly make: Make;
  readonly model: string;
  readonly year: number;
  readonly startPriceCents: number;
  /** Below it nobody wins; null: whoever bids highest does. */
  readonly reservePriceCents: number | null;
  readonly closesAt: number;
  /** Closed once its closing is an event; from `closesAt` on it takes no bids either way. */
  readonly status: 'open' | 'closed';
  /** 0 when listed, then one more with each event. */
  readonly version: number;
  readonly highestBid: Bid | null;
};

export type LotOutcome =
  | { readonly result: 'sold'; readonly winner: string; readonly bidId: string; readonly amountCents: number }
  | { readonly result: 'reserve-not-met' | 'no-bids' };

export type BidAccepted = { readonly type: 'bid-accepted'; readonly lotId: string; readonly bid: Bid };

export type LotClosed = {
  readonly type: 'lot-closed';
  readonly lotId: string;
  readonly version: number;
  readonly at: number;
  readonly outcome: LotOutcome;
};

/** What happens to a lot. Each event makes the next version, so the log of a lot has no gap. */
export type LotEvent = BidAccepted | LotClosed;
