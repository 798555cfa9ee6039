import type { Clock, Timer } from '../../../clock.ts';
import type { ScheduleTimes } from './schedule-times.ts';

export type AlarmOptions = {
  readonly clock: Clock;
  readonly times: ScheduleTimes;
  /** Nothing is due before; null: from now on. */
  readonly from: number | null;
  /** Nothing is due after. */
  readonly until: number | null;
  /** Milliseconds by which a time is put off, drawn for each. */
  delay(): number;
  /** `scheduled` is the time as the schedule has it. */
  ring(scheduled: number): void;
};

/** Rings at each time of a schedule, as long as it is not cancelled. */
export const startAlarm = ({ clock, times, from, until, delay, ring }: AlarmOptions): Timer => {
  let timer: Timer | null = null;
  const arm = (scheduled: number | null): void => {
    if (scheduled === null || (until !== null && scheduled > until)) return;
    const due = scheduled + delay();
    const wait = (): void => {
      timer = clock.after(due - clock.now(), () => {
        // A timer of the system's has a longest time.
        if (clock.now() < due) {
          wait();
          return;
        }
        // The next one first: a clock that is advanced rings for each.
        arm(times.after(scheduled));
        ring(scheduled);
      });
    };
    wait();
  };
  arm(times.after(Math.max(clock.now(), from ?? 0) - 1));
  return { cancel: () => timer?.cancel() };
};
