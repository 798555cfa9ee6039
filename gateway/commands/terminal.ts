/** Colours on a terminal, plain text in a pipe or where NO_COLOR asks for it. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan', (text: string) => string>>;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export const paintFor = (stream: { isTTY?: boolean }): Paint => {
  const on = stream.isTTY === true && !process.env.NO_COLOR;
  const painter =
    (code: number) =>
    (text: string): string =>
      on ? `\u001b[${code}m${text}\u001b[0m` : text;
  return Object.fromEntries(Object.entries(codes).map(([name, code]) => [name, painter(code)])) as Paint;
};

/** Columns as wide as their widest cell, two spaces apart; the last one is not padded. */
export const table = (rows: readonly (readonly string[])[], indent = '  '): string => {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, visible(cell));
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat(widths[i]! - visible(cell))));
      return `${indent}${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
};

/** Colour codes take no room. */
// biome-ignore lint/complexity/useRegexLiterals: the escape character is easier to see in a string
const colour = new RegExp('\u001b\\[\\d+m', 'g');
const visible = (text: string): number => text.replace(colour, '').length;
