import type { Place } from '../../model/place.ts';
import { didYouMean, type Problems } from '../problems.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

const locations = ['query', 'header', 'path', 'body', 'formData', 'cookie'];

/** The parameters of a path or an operation, references followed; one that says not what it is, is refused. */
export const readParameters = (
  holder: PlainMap,
  subject: string,
  follow: (value: Plain, place: Place) => Plain,
  place: Place,
  problems: Problems,
): readonly PlainMap[] => {
  const written = entry(holder, 'parameters') ?? null;
  const at = placeOf(holder, 'parameters') ?? place;
  if (written === null) return [];
  if (!Array.isArray(written)) {
    problems.add(`The parameters of ${subject} must be a list, not ${describe(written)}.`, at, 'Write - name: …');
    return [];
  }
  const followed = written.map((parameter: Plain) => follow(parameter, at));
  const odd = followed.find((parameter) => !isMap(parameter));
  if (odd !== undefined) {
    const what = `A parameter of ${subject} must be a map, not ${describe(odd)}.`;
    problems.add(what, placeOf(written, followed.indexOf(odd)) ?? at, 'Give it a name, and what it is in.');
  }
  const parameters = followed.filter(isMap);
  for (const parameter of parameters) {
    if (Object.keys(parameter).length > 0) refuseOddParameter(parameter, subject, placeOf(parameter) ?? at, problems);
  }
  const [, second] = parameters.filter((parameter) => parameter.in === 'body');
  if (second)
    problems.add(`${subject} has two parameters in: body.`, placeOf(second) ?? at, 'A request has one body: keep one.');
  return parameters;
};

const refuseOddParameter = (parameter: PlainMap, subject: string, place: Place, problems: Problems): void => {
  const name = entry(parameter, 'name');
  const location = entry(parameter, 'in');
  const shown = typeof name === 'string' ? `The parameter ${name} of ${subject}` : `A parameter of ${subject}`;
  if (typeof name !== 'string' && location !== 'body') problems.add(`${shown} has no name.`, place, 'Give it one.');
  if (location === undefined || location === null) {
    problems.add(`${shown} does not say what it is in.`, place, 'Write in: query, in: header or in: path.');
  } else if (!locations.includes(String(location))) {
    problems.add(
      `${shown} is in ${JSON.stringify(location)}.`,
      placeOf(parameter, 'in') ?? place,
      `It can be query, header or path.${didYouMean(String(location), locations)}`,
    );
  }
};
