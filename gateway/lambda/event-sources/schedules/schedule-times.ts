import { type Day, type DayTest, daysIn, parseDays } from './cron-days.ts';
import { parseField, ranges } from './cron-field.ts';
import { type TimeZone, timeZone } from './local-time.ts';

/** The times of a schedule, compiled once. */
export type ScheduleTimes = {
  /** The first time after `time`; null: there is none any more. Both in milliseconds since 1970. */
  after(time: number): number | null;
};

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `rate(…)`, counted from `from` on, `cron(…)` or `at(…)`, both by the clocks of a time zone. Throws where it is none. */
export const scheduleTimes = (expression: string, zoneName: string, from: number): ScheduleTimes => {
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'rate') return rateTimes(inner, from);
  if (kind === 'cron') return cronTimes(inner, timeZone(zoneName));
  if (kind === 'at') return atTime(inner, timeZone(zoneName));
  throw new Error(`${expression} is no schedule`);
};

const rateTimes = (text: string, from: number): ScheduleTimes => {
  const [, count, unit] = /^(\d+)\s+(minute|hour|day)s?$/.exec(text.trim()) ?? [];
  const periodMs = Number(count) * unitMs[unit as keyof typeof unitMs];
  if (!(periodMs > 0)) throw new Error(`'${text}' is no rate`);
  return { after: (time) => (time < from ? from : from + (Math.floor((time - from) / periodMs) + 1) * periodMs) };
};

const atTime = (text: string, zone: TimeZone): ScheduleTimes => {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text.trim()) ?? [];
  if (parts.length === 0) throw new Error(`'${text}' is no date`);
  const [year, month, day, hour, minute, second] = parts.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const due = zone.utcOf({ year, month, day, hour, minute, second });
  return { after: (time) => (due !== null && due > time ? due : null) };
};

type Cron = {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  readonly isDay: DayTest;
};

const cronTimes = (text: string, zone: TimeZone): ScheduleTimes => {
  const cron = parseCron(text);
  return {
    after(time) {
      const start = zone.localOf(time);
      for (const day of daysFrom(start, cron)) {
        const found = firstOf(day, cron, zone, time);
        if (found !== null) return found;
      }
      return null;
    },
  };
};

const parseCron = (text: string): Cron => {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 6) throw new Error('a cron expression has six fields');
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = parts as [string, string, string, string, string, string];
  const sorted = (values: ReadonlySet<number>): readonly number[] => [...values].sort((a, b) => a - b);
  return {
    minutes: sorted(parseField(minute, ranges.minute)),
    hours: sorted(parseField(hour, ranges.hour)),
    months: parseField(month, ranges.month),
    years: parseField(year, ranges.year),
    isDay: parseDays(dayOfMonth, dayOfWeek),
  };
};

function* daysFrom(start: Day, { years, months, isDay }: Cron): Generator<Day> {
  for (let year = start.year; year <= ranges.year.most; year++) {
    if (!years.has(year)) continue;
    for (let month = year === start.year ? start.month : 1; month <= 12; month++) {
      if (!months.has(month)) continue;
      const first = year === start.year && month === start.month ? start.day : 1;
      for (let day = first; day <= daysIn(year, month); day++) {
        if (isDay({ year, month, day })) yield { year, month, day };
      }
    }
  }
}

const firstOf = (day: Day, { hours, minutes }: Cron, zone: TimeZone, after: number): number | null => {
  // The day may have begun long before: what is over by the zone's own clocks need not be asked for.
  const begun = zone.localOf(after);
  const isToday = begun.year === day.year && begun.month === day.month && begun.day === day.day;
  for (const hour of hours) {
    if (isToday && hour < begun.hour - 1) continue;
    for (const minute of minutes) {
      const utc = zone.utcOf({ ...day, hour, minute, second: 0 });
      if (utc !== null && utc > after) return utc;
    }
  }
  return null;
};
