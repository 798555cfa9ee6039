/** The values that one field of a cron expression names, of those that it may have. */
export type FieldRange = { readonly least: number; readonly most: number; readonly names: readonly string[] };

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const ranges = {
  minute: { least: 0, most: 59, names: [] },
  hour: { least: 0, most: 23, names: [] },
  dayOfMonth: { least: 1, most: 31, names: [] },
  month: { least: 1, most: 12, names: months },
  /** From Sunday (1) to Saturday (7). */
  dayOfWeek: { least: 1, most: 7, names: weekdays },
  year: { least: 1970, most: 2199, names: [] },
} as const satisfies Readonly<Record<string, FieldRange>>;

/** Lists, ranges and steps: `1,3-5`, `MON-FRI`, `0/15`, `*`. Throws where the text is none of these. */
export const parseField = (text: string, range: FieldRange): ReadonlySet<number> =>
  new Set(text.split(',').flatMap((part) => parsePart(part, range)));

export const parseNumber = (text: string, { least, most, names }: FieldRange): number => {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? named + least : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new Error(`'${text}' is no number from ${least} to ${most}`);
  return value;
};

const parsePart = (part: string, range: FieldRange): number[] => {
  const [span = '', stepText, ...more] = part.split('/');
  if (more.length > 0) throw new Error(`'${part}' has more than one step`);
  const step = stepText === undefined ? 1 : Number(stepText);
  if (!(Number.isInteger(step) && step > 0)) throw new Error(`'${stepText}' is no step`);
  const [from, to] = boundsOf(span, stepText !== undefined, range);
  // FRI-MON goes on from the beginning.
  const length = to >= from ? to - from : to - from + (range.most - range.least + 1);
  const values: number[] = [];
  for (let at = 0; at <= length; at += step) {
    const value = from + at;
    values.push(value > range.most ? value - (range.most - range.least + 1) : value);
  }
  return values;
};

const boundsOf = (span: string, hasStep: boolean, range: FieldRange): readonly [number, number] => {
  if (span === '*') return [range.least, range.most];
  const [first = '', last, ...more] = span.split('-');
  if (more.length > 0) throw new Error(`'${span}' is no range`);
  const from = parseNumber(first, range);
  if (last !== undefined) return [from, parseNumber(last, range)];
  return [from, hasStep ? range.most : from];
};
