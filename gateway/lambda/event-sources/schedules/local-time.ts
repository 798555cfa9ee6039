import type { Day } from './cron-days.ts';

export type LocalTime = Day & { readonly hour: number; readonly minute: number; readonly second: number };

/** The calendar and clocks of one time zone. */
export type TimeZone = {
  localOf(utc: number): LocalTime;
  /** Null where clocks that were put forward never showed it; the first of both where they showed it twice. */
  utcOf(local: LocalTime): number | null;
};

export const timeZone = (name: string): TimeZone => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const localOf = (utc: number): LocalTime => {
    const parts = Object.fromEntries(format.formatToParts(utc).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
    return { year, month, day, hour, minute, second };
  };
  const offsetAt = (utc: number): number => asUtc(localOf(utc)) - Math.floor(utc / 1000) * 1000;
  return {
    localOf,
    utcOf(local) {
      const wanted = asUtc(local);
      // A day earlier and later clocks stand as before and after any change around this time.
      const found = [wanted - dayMs, wanted + dayMs]
        .map((around) => wanted - offsetAt(around))
        .filter((utc) => asUtc(localOf(utc)) === wanted);
      return found.length > 0 ? Math.min(...found) : null;
    },
  };
};

const dayMs = 86_400_000;

const asUtc = ({ year, month, day, hour, minute, second }: LocalTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);
