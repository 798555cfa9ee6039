import { formatPlace } from '../model/place.ts';
import type { SupportLine } from '../template/support.ts';
import { type Paint, table } from './terminal.ts';

/** The short form that `start` prints: each thing that is not honoured once, with where it stands. */
export const notHonouredText = (support: readonly SupportLine[], paint: Paint): string => {
  const missing = support.filter((line) => line.level === 'not honoured');
  if (missing.length === 0) return '';
  const rows = [...Map.groupBy(missing, (line) => line.note)].map(([note, lines]) => {
    const subjects = new Set(lines.map(subjectOf));
    const [first, second, ...others] = subjects;
    const named = second === undefined ? first! : `${first}, ${second}`;
    return [paint.dim('·'), note, paint.dim(`${named}${others.length > 0 ? ` and ${others.length} more` : ''}`)];
  });
  return `${paint.yellow('Not honoured here')} ${paint.dim('(gavel check lists every line)')}\n${table(rows)}`;
};

/** What a section of the template lacks belongs to no resource. */
const subjectOf = ({ logicalId, resourceType, property }: SupportLine): string =>
  logicalId === '' ? property : property === '' ? `${logicalId} (${resourceType})` : logicalId;

const levels = ['honoured', 'differently', 'not honoured'] as const;
const named = { honoured: 'honoured', differently: 'honoured differently', 'not honoured': 'not honoured' } as const;
const colourOf = (paint: Paint) => ({ honoured: paint.green, differently: paint.yellow, 'not honoured': paint.red });

/** The long form, a line for each: what is not honoured last, next to the count. */
export const supportLinesText = (support: readonly SupportLine[], paint: Paint): string => {
  const colour = colourOf(paint);
  const ordered = levels.flatMap((level) => support.filter((line) => line.level === level));
  return table(
    ordered.map((line) => [
      colour[line.level](named[line.level]),
      line.logicalId,
      line.property || line.resourceType,
      paint.dim(formatPlace(line.place)),
      line.note,
    ]),
    '',
  );
};

/** The long form for a terminal: resource by resource under each level, as wide as the terminal is. */
export const supportText = (support: readonly SupportLine[], paint: Paint, columns: number): string => {
  const colour = colourOf(paint);
  return levels
    .map((level) => {
      const lines = support.filter((line) => line.level === level);
      if (lines.length === 0) return '';
      const owners = [...Map.groupBy(lines, ({ logicalId }) => logicalId)];
      const heading = `${colour[level](paint.bold(named[level]))}: ${lines.length}\n`;
      return heading + owners.map(([logicalId, own]) => ownerText(logicalId, own, paint, columns)).join('');
    })
    .filter((text) => text !== '')
    .join('\n');
};

const ownerText = (logicalId: string, lines: readonly SupportLine[], paint: Paint, columns: number): string => {
  const type = lines[0]!.resourceType;
  const head = logicalId === '' ? 'the template' : `${logicalId} ${paint.dim(type)}`;
  const rows = lines.map((line) => ({
    name: line.property || 'the resource',
    place: formatPlace(line.place),
    note: line.note,
  }));
  const widest = (key: 'name' | 'place'): number => Math.max(...rows.map((row) => row[key].length));
  // A name that is longer than half of the terminal makes its own row longer, and no other.
  const name = Math.min(widest('name'), Math.floor(columns / 2) - 4);
  const place = widest('place');
  const noteAt = 4 + name + 2 + place + 2;
  const beside = columns - noteAt >= 36 ? noteAt : 8;
  const text = rows.map((row) => {
    const start = `    ${row.name.padEnd(name)}  ${paint.dim(row.place.padEnd(place))}`;
    if (row.note === '') return start.trimEnd();
    const note = wrapped(row.note, Math.max(columns - beside, 20));
    const indent = `\n${' '.repeat(beside)}`;
    return beside === noteAt && row.name.length <= name
      ? `${start}  ${note.join(indent)}`
      : `${start.trimEnd()}${indent}${note.join(indent)}`;
  });
  return `  ${head}\n${text.join('\n')}\n`;
};

const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

export const countsText = (counts: { honoured: number; differently: number; notHonoured: number }): string =>
  `${counts.honoured} honoured, ${counts.differently} honoured differently, ${counts.notHonoured} not honoured`;
