/** Everything that the domain refuses: a closed set, so that every edge can map all of it. */
export type Refusal =
  | { readonly code: 'invalid-input'; readonly message: string; readonly field: string }
  | { readonly code: 'lot-unknown'; readonly message: string; readonly field: 'lotId' }
  | { readonly code: 'lot-closed'; readonly message: string }
  | {
      readonly code: 'bid-too-low';
      readonly message: string;
      readonly field: 'amountCents';
      readonly priceToBeatCents: number;
    }
  | { readonly code: 'bid-id-reused'; readonly message: string; readonly field: 'bidId' }
  | { readonly code: 'lot-busy'; readonly message: string }
  | { readonly code: 'outcome-unknown'; readonly message: string };

export class AuctionError extends Error {
  override readonly name = 'AuctionError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

export const invalidInput = (field: string, message: string): AuctionError =>
  new AuctionError({ code: 'invalid-input', field, message: `${field} ${message}` });

export const lotUnknown = (lotId: string): AuctionError =>
  new AuctionError({ code: 'lot-unknown', field: 'lotId', message: `There is no lot ${lotId}` });

export const lotClosed = (lotId: string): AuctionError =>
  new AuctionError({ code: 'lot-closed', message: `Lot ${lotId} is closed` });

export const bidTooLow = (priceToBeatCents: number, message: string): AuctionError =>
  new AuctionError({ code: 'bid-too-low', field: 'amountCents', priceToBeatCents, message });

export const bidIdReused = (bidId: string): AuctionError =>
  new AuctionError({ code: 'bid-id-reused', field: 'bidId', message: `Bid id ${bidId} belongs to another bid` });

export const lotBusy = (lotId: string): AuctionError =>
  new AuctionError({ code: 'lot-busy', message: `Lot ${lotId} gets too many bids; send the same bid again` });

export const outcomeUnknown = (bidId: string): AuctionError =>
  new AuctionError({ code: 'outcome-unknown', message: `Whether bid ${bidId} counts is unknown; send it again` });
