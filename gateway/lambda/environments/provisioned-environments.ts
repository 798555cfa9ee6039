import type { Environment } from './environment.ts';

/** The environments that are kept ready, whether events come or not. */
export class ProvisionedEnvironments {
  readonly #environments = new Set<Environment>();
  #wanted = 0;

  get lacks(): boolean {
    return this.#environments.size < this.#wanted;
  }

  get size(): number {
    return this.#environments.size;
  }

  has(environment: Environment): boolean {
    return this.#environments.has(environment);
  }

  add(environment: Environment): void {
    this.#environments.add(environment);
  }

  delete(environment: Environment): void {
    this.#environments.delete(environment);
  }

  /** Those that are too many go on as any other: they end when they have rested for long. */
  want(count: number): void {
    this.#wanted = count;
    for (const environment of this.#environments) {
      if (this.#environments.size <= count) return;
      this.#environments.delete(environment);
    }
  }
}
