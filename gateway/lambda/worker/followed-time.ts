import type { ClockReading } from '../../clock.ts';

export type FollowedTime = {
  /** Wall time, whole milliseconds. */
  now(): number;
  /** Elapsed time that never goes back; advances with the clock. */
  monotonic(): number;
  /** How long, in system milliseconds, until `ms` of the clock have passed; null while the clock stands still. */
  systemDelay(ms: number): number | null;
  set(reading: ClockReading): void;
};

/** The gateway's clock from its reading, by this thread's own system time. */
export const createFollowedTime = (first: ClockReading): FollowedTime => {
  const systemNow = Date.now.bind(Date);
  const systemElapsed = performance.now.bind(performance);
  const wallAt = (reading: ClockReading): number => reading.at + (systemNow() - reading.systemAt) * reading.speed;
  let reading = first;
  let elapsedAnchor = systemElapsed();
  let elapsed = elapsedAnchor;

  const monotonic = (): number => elapsed + (systemElapsed() - elapsedAnchor) * reading.speed;
  return {
    now: () => Math.floor(wallAt(reading)),
    monotonic,
    systemDelay: (ms) => (ms <= 0 ? 0 : reading.speed === 0 ? null : ms / reading.speed),
    set(next) {
      const jump = Math.max(0, wallAt(next) - wallAt(reading));
      elapsed = monotonic() + jump;
      elapsedAnchor = systemElapsed();
      reading = next;
    },
  };
};
