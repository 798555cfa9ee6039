import type { Clock } from '../../clock.ts';

/** How long records wait for company, on the gateway's clock. */
export type BatchWindow = { over(): boolean; close(): void };

export const openWindow = (clock: Clock, seconds: number, wake: () => void): BatchWindow => {
  let over = seconds <= 0;
  const timer = over
    ? null
    : clock.after(seconds * 1000, () => {
        over = true;
        wake();
      });
  return {
    over: () => over,
    close() {
      over = true;
      timer?.cancel();
    },
  };
};
