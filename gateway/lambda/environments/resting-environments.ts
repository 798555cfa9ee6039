import type { Environment } from './environment.ts';

/**
 * Environments that have nothing to do. The one that rested last works first, so that those at the bottom rest for long;
 * how few there were at any moment says which: that costs an event one comparison and no look at a clock.
 */
export class RestingEnvironments {
  readonly #resting: Environment[] = [];
  #fewest = 0;

  get size(): number {
    return this.#resting.length;
  }

  push(environment: Environment): void {
    this.#resting.push(environment);
  }

  pop(): Environment | undefined {
    const environment = this.#resting.pop();
    if (this.#resting.length < this.#fewest) this.#fewest = this.#resting.length;
    return environment;
  }

  /** The one that has rested longest. */
  first(): Environment | undefined {
    return this.#resting[0];
  }

  delete(environment: Environment): void {
    const at = this.#resting.indexOf(environment);
    if (at < 0) return;
    this.#resting.splice(at, 1);
    if (at < this.#fewest) this.#fewest--;
  }

  /** Those that have rested ever since the last time this was asked. */
  restedSince(): readonly Environment[] {
    const rested = this.#resting.slice(0, this.#fewest);
    this.#fewest = this.#resting.length;
    return rested;
  }
}
