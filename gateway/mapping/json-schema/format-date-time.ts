const shape =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,12})?(?:[Zz]|[+-](\d{2})(?::?(\d{2})(?::?(\d{2}))?)?)$/;

/** A moment as the validator reads it: with seconds and an offset, which may lack its colon and have seconds. */
export const isDateTime = (text: string): boolean => {
  const found = shape.exec(text);
  if (!found) return false;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute, offsetSecond] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (
    isWithin(month!, 1, 12) &&
    isWithin(day!, 1, daysIn(year!, month!)) &&
    isWithin(hour!, 0, 23) &&
    isWithin(minute!, 0, 59) &&
    isWithin(second!, 0, 59) &&
    isWithin(offsetHour!, 0, 23) &&
    isWithin(offsetMinute!, 0, 59) &&
    isWithin(offsetSecond!, 0, 59)
  );
};

const isWithin = (value: number, least: number, most: number): boolean => value >= least && value <= most;

const daysIn = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};
