import type { Place } from '../../model/place.ts';
import type { SupportLine } from '../support.ts';
import { textSize } from '../text/document.ts';
import { entry, isMap, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { notHonoured } from './node.ts';
import { globalsTable, sectionTable } from './table.ts';
import { meant, walk } from './walk.ts';

/** What belongs to no resource: sections that are not known, members that they do not have, and limits. */
export const linesOfSections = (template: PlainMap, globals: PlainMap, top: Place): readonly SupportLine[] => {
  const lines: SupportLine[] = [];
  const tell = (line: Omit<SupportLine, 'logicalId' | 'resourceType'>): void => {
    lines.push({ logicalId: '', resourceType: '', ...line });
  };
  for (const [name, value] of Object.entries(template)) {
    const node =
      entry(sectionTable, name) ?? notHonoured(`not known to the gateway${meant(name, Object.keys(sectionTable))}`);
    const place = placeOf(template, name) ?? top;
    const at = node.judge ? node.judge(value) : node;
    // What is free here has its lines elsewhere.
    if (at.free) continue;
    if (at.level === 'honoured') walk({ value, node: at, path: name, place }, () => false, tell);
    else tell({ property: name, level: at.level, note: at.note, place });
  }
  const globalsPlace = placeOf(globals) ?? top;
  for (const [kind, section] of Object.entries(globals)) {
    const known = entry(globalsTable, kind);
    const at = placeOf(globals, kind) ?? globalsPlace;
    if (!known)
      tell({ property: `Globals.${kind}`, level: 'not honoured', note: 'SAM has no globals of this kind', place: at });
    for (const key of known && isMap(section) ? Object.keys(section) : []) {
      if (known!.has(key)) continue;
      const note = `SAM takes no such global${meant(key, [...known!])}`;
      const place = placeOf(section as PlainMap, key) ?? at;
      tell({ property: `Globals.${kind}.${key}`, level: 'not honoured', note, place });
    }
  }
  for (const note of beyondLimits(template, top))
    tell({ property: 'Resources', level: 'differently', note, place: top });
  return lines;
};

const mostBytes = 1_000_000;
const most = { Parameters: 200, Resources: 500, Mappings: 200, Outputs: 200 } as const;

/** What CloudFormation would refuse for its size alone. */
const beyondLimits = (template: PlainMap, top: Place): readonly string[] => {
  const notes: string[] = [];
  const bytes = textSize(top.file);
  if (bytes !== null && bytes > mostBytes)
    notes.push(`the template has ${bytes} bytes; CloudFormation takes ${mostBytes} at the most`);
  for (const [name, limit] of Object.entries(most)) {
    const section = entry(template, name);
    const count = section !== undefined && isMap(section) ? Object.keys(section).length : 0;
    if (count > limit) notes.push(`there are ${count} ${name}; CloudFormation takes ${limit} at the most`);
  }
  return notes;
};
