import { invalidInput } from './auction-error.ts';
import type { Lot, Make } from './lot.ts';

export type NewLot = {
  readonly make: Make;
  readonly model: string;
  readonly year: number;
  readonly startPriceCents: number;
  readonly reservePriceCents?: number | undefined;
  readonly closesAt: number;
};

/** A lot opens when it is listed. */
export const createLot = (input: NewLot, lotId: string, now: number): Lot => {
  if (input.closesAt <= now) throw invalidInput('closesAt', 'must be in the future');
  // Next year's models are sold this year.
  const newest = new Date(now).getUTCFullYear() + 1;
  if (input.year > newest) throw invalidInput('year', `must be ${newest} at the latest`);
  const { make, model, startPriceCents, reservePriceCents = null, closesAt } = input;
  if (reservePriceCents !== null && reservePriceCents < startPriceCents) {
    throw invalidInput('reservePriceCents', 'must be at least startPriceCents');
  }
  return {
    lotId,
    make,
    model,
    year: input.year,
    startPriceCents,
    reservePriceCents,
    closesAt,
    status: 'open',
    version: 0,
    highestBid: null,
  };
};
