/**
 * How far a partition has come where several batches are under way: up to the first record that is not done with. A
 * restart repeats what was done beyond it.
 */
export class Progress {
  readonly #open: { readonly position: string; done: boolean }[] = [];
  readonly #entries = new Map<string, { done: boolean }>();
  readonly #reached: (position: string) => void;

  constructor(reached: (position: string) => void) {
    this.#reached = reached;
  }

  get isComplete(): boolean {
    return this.#open.length === 0;
  }

  begin(position: string): void {
    const entry = { position, done: false };
    this.#open.push(entry);
    this.#entries.set(position, entry);
  }

  done(positions: Iterable<string>): void {
    for (const position of positions) {
      const entry = this.#entries.get(position);
      if (entry) entry.done = true;
    }
    let last: string | null = null;
    while (this.#open[0]?.done) {
      last = this.#open.shift()!.position;
      this.#entries.delete(last);
    }
    if (last !== null) this.#reached(last);
  }
}
