/** A figure, and what it must not miss. */
export type Gate = {
  readonly what: string;
  readonly value: number;
  readonly bound: 'at least' | 'at most';
  readonly limit: number;
  readonly unit: string;
};

export const gate = (what: string, value: number, bound: Gate['bound'], limit: number, unit: string): Gate => ({
  what,
  value,
  bound,
  limit,
  unit,
});

export const holds = ({ value, bound, limit }: Gate): boolean =>
  bound === 'at least' ? value >= limit : value <= limit;

const figure = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
};

export const gateTable = (gates: readonly Gate[]): string =>
  table(
    ['gate', 'measured', 'wanted', ''],
    gates.map((each) => [
      each.what,
      `${figure(each.value)} ${each.unit}`.trim(),
      `${each.bound} ${each.limit} ${each.unit}`.trim(),
      holds(each) ? 'ok' : 'MISSED',
    ]),
  );
