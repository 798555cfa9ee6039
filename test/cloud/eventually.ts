import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `condition` gives something other than null, undefined or false; fails with `what` after ten seconds. */
export const eventually = async <T>(
  what: string,
  condition: () => T | Promise<T>,
): Promise<Exclude<T, null | undefined | false>> => {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const value = await condition();
    if (value !== null && value !== undefined && value !== false) return value as Exclude<T, null | undefined | false>;
    if (performance.now() > deadline) throw new Error(`in vain: ${what}`);
    await delay(5);
  }
};
