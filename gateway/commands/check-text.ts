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

/** The long form: every resource and property, what is not honoured last, next to the count. */
export const supportTable = (support: readonly SupportLine[], paint: Paint): string => {
  const colour = { honoured: paint.green, differently: paint.yellow, 'not honoured': paint.red };
  const ordered = (['honoured', 'differently', 'not honoured'] as const).flatMap((level) =>
    support.filter((line) => line.level === level),
  );
  return table(
    ordered.map((line) => [
      colour[line.level](line.level === 'differently' ? 'honoured differently' : line.level),
      line.logicalId,
      line.property || line.resourceType,
      paint.dim(formatPlace(line.place)),
      line.note,
    ]),
    '',
  );
};
