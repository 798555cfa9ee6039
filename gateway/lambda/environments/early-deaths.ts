import type { ExitReason } from './failures.ts';

/** Environments that end before they are ready: whether the function itself is to blame. */
export class EarlyDeaths {
  #deaths = 0;
  #last: ExitReason | null = null;

  /**
   * The first may be a neighbour's doing, which took the whole host down and with it, for one and the same reason, all
   * that were starting there; a second is not.
   */
  blames(reason: ExitReason): boolean {
    if (reason !== this.#last) this.#deaths++;
    this.#last = reason;
    if (this.#deaths < 2) return false;
    this.forget();
    return true;
  }

  /** One became ready, so that others may. */
  forget(): void {
    this.#deaths = 0;
  }
}
