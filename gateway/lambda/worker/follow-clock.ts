import type { ClockReading } from '../../clock.ts';
import { createFollowedTime, type FollowedTime } from './followed-time.ts';
import { followTimers } from './followed-timers.ts';

let time: FollowedTime | null = null;
let rearm: () => void = () => {};

/**
 * Makes the environment's time follow the gateway's clock: dates, elapsed time and timers agree with it, or an advanced
 * clock would make signatures, tokens and closings disagree with the handlers that look at them.
 */
export const followClock = (reading: ClockReading): void => {
  time = createFollowedTime(reading);
  followDates(time);
  rearm = followTimers(time);
};

export const setClock = (reading: ClockReading): void => {
  time?.set(reading);
  rearm();
};

const followDates = (followed: FollowedTime): void => {
  const SystemDate = Date;
  globalThis.Date = new Proxy(SystemDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [followed.now()] : given, newTarget),
    apply: () => new SystemDate(followed.now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? followed.now : Reflect.get(target, key, receiver)),
  });
  // `date.constructor` and what frameworks compare with it must be the same class.
  SystemDate.prototype.constructor = globalThis.Date;
  performance.now = followed.monotonic;
};
