/** A sleep that can be cut short, and remembers a call that came while nobody slept. */
export class Wakeup {
  #called = false;
  #end: (() => void) | null = null;

  wake(): void {
    this.#called = true;
    this.#end?.();
  }

  /** Sleeps for `ms`, or until it is called, though no less than `least`. True when it was called. */
  async sleep(ms: number, least: number): Promise<boolean> {
    await this.#wait(least);
    if (!this.#called && ms > least) await this.#wait(ms - least, true);
    const called = this.#called;
    this.#called = false;
    return called;
  }

  #wait(ms: number, interruptible = false): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#end = null;
        resolve();
      };
      const timer = setTimeout(end, ms);
      if (interruptible) this.#end = end;
    });
  }
}
