import type { Place } from '../model/place.ts';
import { isLoop } from './intrinsics/for-each.ts';
import { insteadOf, type Problems } from './problems.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

/** The outputs whose condition holds, as text. */
export const readOutputs = (
  template: PlainMap,
  evaluate: (value: Plain, place: Place | null) => Plain,
  condition: (name: string, place: Place | null) => boolean,
  problems: Problems,
): Readonly<Record<string, string>> => {
  const declared = entry(template, 'Outputs') ?? {};
  const outputs: [string, string][] = [];
  if (!isMap(declared)) return {};
  for (const [name, output] of Object.entries(declared)) {
    // Loops that could not be written out are refused already.
    if (isLoop(name)) continue;
    const place = placeOf(declared, name);
    if (!/^[A-Za-z0-9]+$/.test(name))
      problems.add(`${name} is no name of an output.`, place, 'Use letters and digits alone.');
    if (!isMap(output)) {
      problems.add(`The output ${name} must be a map, not ${describe(output)}.`, place, 'Write its Value into it.');
      continue;
    }
    const when = entry(output, 'Condition');
    if (typeof when === 'string' && !condition(when, placeOf(output, 'Condition'))) continue;
    const written = entry(output, 'Value');
    if (written === undefined || written === null) {
      const remedy = `Give it one.${insteadOf('Value', Object.keys(output))}`;
      problems.add(`The output ${name} has no Value.`, place, remedy);
      continue;
    }
    const value = evaluate(written, placeOf(output, 'Value'));
    outputs.push([name, typeof value === 'object' ? JSON.stringify(value) : String(value)]);
  }
  return Object.fromEntries(outputs);
};
