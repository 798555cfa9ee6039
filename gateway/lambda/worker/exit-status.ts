import { constants } from 'node:os';

/**
 * The status with which a worker ends where a process would have been ended by a signal. Beyond what processes may say, so
 * that no handler's own status is taken for one.
 */
const firstSignal = 1000;

export const statusOf = (signal: string): number => firstSignal + (constants.signals[signal as NodeJS.Signals] ?? 0);

export const signalOf = (status: number): string | null =>
  Object.entries(constants.signals).find(([, number]) => number === status - firstSignal)?.[0] ?? null;
