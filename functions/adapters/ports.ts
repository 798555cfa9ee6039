/** What handlers hand to the domain beside the tables: waiting and ids. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** Twice as long with each attempt up to a fifth of a second, and a random part of that, so that bidders spread. */
export const pause = async (attempt: number): Promise<void> => {
  await wait(Math.random() * Math.min(200, 5 * 2 ** attempt));
};

export const newLotId = (): string => `lot-${randomUUID().slice(0, 13)}`;
