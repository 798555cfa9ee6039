import { describe, expect, test } from 'vitest';
import { scheduleTimes } from '#gateway/lambda/event-sources/schedules/schedule-times.ts';

const at = (text: string): number => Date.parse(text);
/** The first times after a moment, as UTC. */
const times = (expression: string, after: string, count: number, zone = 'UTC', from = after): (string | null)[] => {
  const schedule = scheduleTimes(expression, zone, at(from));
  const found: (string | null)[] = [];
  let time: number | null = at(after);
  while (found.length < count && time !== null) {
    time = schedule.after(time);
    found.push(time === null ? null : new Date(time).toISOString().slice(0, 16));
  }
  return found;
};

describe('cron', () => {
  test.each([
    ['every quarter of an hour', '0/15 * * * ? *', ['2026-08-01T12:15', '2026-08-01T12:30', '2026-08-01T12:45']],
    ['a time of each day', '30 9 * * ? *', ['2026-08-02T09:30', '2026-08-03T09:30']],
    ['weekdays by name', '0 18 ? * MON-FRI *', ['2026-08-03T18:00', '2026-08-04T18:00']],
    ['weekdays by number, Sunday first', '0 18 ? * 1 *', ['2026-08-02T18:00', '2026-08-09T18:00']],
    ['a range that goes over the end', '0 0 ? * SAT-SUN *', ['2026-08-02T00:00', '2026-08-08T00:00']],
    ['lists and steps', '5,35 8-10/2 * * ? *', ['2026-08-02T08:05', '2026-08-02T08:35', '2026-08-02T10:05']],
    ['the last day of the month', '0 0 L * ? *', ['2026-08-31T00:00', '2026-09-30T00:00']],
    ['the last weekday of the month', '0 0 LW * ? *', ['2026-08-31T00:00', '2026-09-30T00:00', '2026-10-30T00:00']],
    ['the weekday next to the 1st, within the month', '0 0 1W * ? *', ['2026-08-03T00:00', '2026-09-01T00:00']],
    ['the weekday next to the 15th', '0 0 15W * ? *', ['2026-08-14T00:00', '2026-09-15T00:00']],
    ['the last Friday', '0 0 ? * 6L *', ['2026-08-28T00:00', '2026-09-25T00:00']],
    ['the last Friday by name', '0 0 ? * FRIL *', ['2026-08-28T00:00', '2026-09-25T00:00']],
    ['the second Tuesday', '0 0 ? * 3#2 *', ['2026-08-11T00:00', '2026-09-08T00:00']],
    ['months by name', '0 0 1 JAN,JUL ? *', ['2027-01-01T00:00', '2027-07-01T00:00']],
    ['a leap day', '0 0 29 2 ? *', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['years', '0 0 1 1 ? 2027-2028', ['2027-01-01T00:00', '2028-01-01T00:00', null]],
    ['a year that is over', '0 0 1 1 ? 2020', [null]],
  ])('%s', (_, expression, expected) => {
    expect(times(`cron(${expression})`, '2026-08-01T12:00:00Z', expected.length)).toEqual(expected);
  });

  test.each([
    '* * * * * *',
    '* * ? * ? *',
    '60 * * * ? *',
    '* * * * ?',
    '* * 1 FOO ? *',
    '0/0 * * * ? *',
    '1-2-3 * * * ? *',
    '* * ? * 3#6 *',
  ])('refuses %s', (expression) => {
    expect(() => scheduleTimes(`cron(${expression})`, 'UTC', 0)).toThrow();
  });

  test('goes by the clocks of its time zone: an hour that is skipped rings not at all, one that comes twice once', () => {
    expect(times('cron(0 9 * * ? *)', '2026-03-27T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-28T08:00',
      '2026-03-29T07:00',
    ]);
    expect(times('cron(30 2 * * ? *)', '2026-03-28T00:00:00Z', 2, 'Europe/Berlin')).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
    ]);
    expect(times('cron(30 1 * * ? *)', '2026-10-31T12:00:00Z', 2, 'America/New_York')).toEqual([
      '2026-11-01T05:30',
      '2026-11-02T06:30',
    ]);
    expect(times('cron(0 0 1 * ? *)', '2026-07-31T10:30:00Z', 1, 'Pacific/Kiritimati')).toEqual(['2026-08-31T10:00']);
  });
});

test('a rate counts from its beginning', () => {
  expect(times('rate(90 minutes)', '2026-08-01T12:00:00Z', 2)).toEqual(['2026-08-01T13:30', '2026-08-01T15:00']);
  expect(times('rate(1 day)', '2026-08-01T12:00:00Z', 2, 'UTC', '2026-08-03T06:00:00Z')).toEqual([
    '2026-08-03T06:00',
    '2026-08-04T06:00',
  ]);
  expect(() => scheduleTimes('rate(0 minutes)', 'UTC', 0)).toThrow();
});

test('a date comes once', () => {
  expect(times('at(2026-12-24T18:00:00)', '2026-08-01T12:00:00Z', 2, 'Europe/Berlin')).toEqual([
    '2026-12-24T17:00',
    null,
  ]);
  expect(times('at(2026-01-01T00:00:00)', '2026-08-01T12:00:00Z', 1)).toEqual([null]);
});
