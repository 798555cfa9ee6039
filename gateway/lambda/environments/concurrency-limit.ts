/** What a pool shows to the others of its function. */
export type LimitedPool = {
  /** Has events and not one environment. */
  readonly isStranded: boolean;
  /** Ends an environment that has nothing to do; false where there is none. */
  giveWay(): boolean;
  consider(): void;
  /** Starts what is to be ready at all times and found no place before. */
  fill(): void;
};

/** The environments that all versions of a function may have together. */
export class ConcurrencyLimit {
  maximum: number;
  taken = 0;
  readonly #pools = new Set<LimitedPool>();

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  get isReached(): boolean {
    return this.taken >= this.maximum;
  }

  /** A reload or a control plane may lower the maximum below what runs. */
  get isExceeded(): boolean {
    return this.taken > this.maximum;
  }

  join(pool: LimitedPool): void {
    this.#pools.add(pool);
  }

  depart(pool: LimitedPool): void {
    this.#pools.delete(pool);
  }

  /** Whether another version has events and, as the limit is reached, not one environment for them. */
  wantsOfAnother(own: LimitedPool): boolean {
    if (this.#pools.size < 2 || !this.isReached) return false;
    for (const pool of this.#pools) if (pool !== own && pool.isStranded) return true;
    return false;
  }

  /** Another version's idle environment gives way: the limit is the function's, not the version's. */
  takeFromAnother(own: LimitedPool): void {
    for (const pool of this.#pools) if (pool !== own && pool.giveWay()) return;
  }

  /** A place has come free: another version's events may want it, or this one's. */
  release(own: LimitedPool): void {
    for (const pool of this.#pools) {
      if (pool === own) continue;
      pool.fill();
      pool.consider();
    }
    own.consider();
  }
}
