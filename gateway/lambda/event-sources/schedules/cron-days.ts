import { parseField, parseNumber, ranges } from './cron-field.ts';

export type Day = { readonly year: number; readonly month: number; readonly day: number };

/** Whether a day is one of those that the fields for days name. */
export type DayTest = (day: Day) => boolean;

export const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** 1 for Sunday. */
const weekdayOf = ({ year, month, day }: Day): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

/** One of both fields says which days, the other one is `?`. */
export const parseDays = (dayOfMonth: string, dayOfWeek: string): DayTest => {
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error('either the day of the month or the day of the week must be ?, and not both');
  }
  return dayOfWeek === '?' ? anyOf(dayOfMonth, monthDay) : anyOf(dayOfWeek, weekDay);
};

const anyOf = (field: string, parse: (part: string) => DayTest): DayTest => {
  const tests = field.split(',').map(parse);
  return (day) => tests.some((test) => test(day));
};

const monthDay = (part: string): DayTest => {
  if (part === 'L') return ({ year, month, day }) => day === daysIn(year, month);
  if (part === 'LW') return (day) => day.day === nearestWeekday(day, daysIn(day.year, day.month));
  const weekday = /^(\d+)W$/.exec(part)?.[1];
  if (weekday !== undefined) {
    const wanted = parseNumber(weekday, ranges.dayOfMonth);
    return (day) => wanted <= daysIn(day.year, day.month) && day.day === nearestWeekday(day, wanted);
  }
  const days = parseField(part, ranges.dayOfMonth);
  return ({ day }) => days.has(day);
};

const weekDay = (part: string): DayTest => {
  // The last day of the week.
  if (part === 'L') return (day) => weekdayOf(day) === 7;
  const [, last] = /^(\w+)L$/.exec(part) ?? [];
  if (last !== undefined) {
    const wanted = parseNumber(last, ranges.dayOfWeek);
    return (day) => weekdayOf(day) === wanted && day.day + 7 > daysIn(day.year, day.month);
  }
  const [, name, count] = /^(\w+)#([1-5])$/.exec(part) ?? [];
  if (name !== undefined) {
    const wanted = parseNumber(name, ranges.dayOfWeek);
    return (day) => weekdayOf(day) === wanted && Math.ceil(day.day / 7) === Number(count);
  }
  const days = parseField(part, ranges.dayOfWeek);
  return (day) => days.has(weekdayOf(day));
};

/** The weekday next to a day of the month, within that month. */
const nearestWeekday = ({ year, month }: Day, wanted: number): number => {
  const weekday = weekdayOf({ year, month, day: wanted });
  if (weekday === 7) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekday === 1) return wanted < daysIn(year, month) ? wanted + 1 : wanted - 2;
  return wanted;
};
