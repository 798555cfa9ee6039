import type { Clock, ClockReading, Timer } from './clock.ts';

type Pending = { readonly due: number; readonly order: number; readonly callback: () => void };

export type AdjustableClock = Clock & {
  /** Lets `ms` pass at once: every timer that falls due on the way fires, in order, each at its own time. */
  advance(ms: number): void;
  setSpeed(speed: number): void;
};

/**
 * A clock that starts at a given time and can be advanced or run faster; speed 0 stands still until `advance`.
 * Elapsed time and wall time move together.
 */
export const adjustableClock = (start: number = Date.now(), initialSpeed = 1): AdjustableClock => {
  let speed = initialSpeed;
  let anchorAt = start;
  let anchorSystem = performance.now();
  let wake: ReturnType<typeof setTimeout> | undefined;
  let order = 0;
  const pending = new Set<Pending>();
  const listeners = new Set<() => void>();

  const exact = (): number => anchorAt + (performance.now() - anchorSystem) * speed;
  const anchor = (at: number): void => {
    anchorAt = at;
    anchorSystem = performance.now();
  };
  const earliest = (): Pending | undefined => {
    let first: Pending | undefined;
    for (const timer of pending) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  };
  const arm = (): void => {
    clearTimeout(wake);
    const next = earliest();
    if (!next || speed === 0) return;
    wake = setTimeout(fireDue, Math.min(Math.max(0, (next.due - exact()) / speed), 2_147_483_647));
    wake.unref();
  };
  const fireDue = (): void => {
    for (let next = earliest(); next && next.due <= exact(); next = earliest()) {
      pending.delete(next);
      next.callback();
    }
    arm();
  };
  const announce = (): void => {
    for (const listener of listeners) listener();
  };

  return {
    now: () => Math.floor(exact()),
    monotonic: () => exact() - start,
    after(ms, callback): Timer {
      const timer: Pending = { due: exact() + Math.max(0, ms), order: order++, callback };
      pending.add(timer);
      arm();
      return { cancel: () => void (pending.delete(timer) && arm()) };
    },
    advance(ms) {
      const target = exact() + ms;
      for (let next = earliest(); next && next.due <= target; next = earliest()) {
        pending.delete(next);
        anchor(Math.max(exact(), next.due));
        next.callback();
      }
      anchor(Math.max(exact(), target));
      arm();
      announce();
    },
    setSpeed(next) {
      anchor(exact());
      speed = next;
      arm();
      announce();
    },
    reading: (): ClockReading => ({ at: exact(), systemAt: Date.now(), speed }),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};
