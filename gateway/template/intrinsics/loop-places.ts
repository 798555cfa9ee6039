import type { Problems } from '../problems.ts';
import { isList, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { isLoop } from './for-each.ts';
import { sectionOf } from './sections.ts';
import { addExtensions, transformsOf } from './transforms.ts';

/** A loop where it is written. */
export type Loop = { readonly key: string; readonly section: string; readonly around: PlainMap };

export const loopsOf = (template: PlainMap): readonly Loop[] => {
  const found: Loop[] = [];
  const visit = (value: Plain, section: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isList(value)) {
      for (const item of value) visit(item, section);
      return;
    }
    for (const key in value) {
      if (key.startsWith('Fn::F') && isLoop(key)) found.push({ key, section, around: value as PlainMap });
      visit((value as PlainMap)[key]!, section);
    }
  };
  for (const section in template) visit(template[section]!, section);
  return found;
};

const sections = ['Conditions', 'Resources', 'Outputs'];

/** What AWS refuses of loops before it runs any. */
export const refuseMisplacedLoops = (template: PlainMap, loops: readonly Loop[], problems: Problems): void => {
  const transforms = transformsOf(template);
  const known = new Set<string>();
  const resources = sectionOf(template, 'Resources');
  for (const { key, section, around } of loops) {
    const place = placeOf(around, key);
    if (!sections.includes(section)) {
      problems.add(`${key} has no place in ${section}.`, place, `Loops stand in ${sections.join(', ')}.`);
    } else if (!transforms.languageExtensions) {
      problems.add(`${key} needs the transform AWS::LanguageExtensions.`, place, addExtensions);
    } else if (transforms.samFirst && section === 'Resources') {
      const what = `${key}: AWS::Serverless-2016-10-31 stands first in Transform, and runs before loops are written out.`;
      problems.add(what, placeOf(template, 'Transform'), 'Name AWS::LanguageExtensions before it.');
    }
    const name = key.slice('Fn::ForEach::'.length);
    if (known.has(key)) problems.add(`Two loops have the name ${name}.`, place, 'Give each a name of its own.');
    known.add(key);
    const kind = Object.hasOwn(resources, name) ? 'resource' : null;
    const taken = Object.hasOwn(sectionOf(template, 'Parameters'), name) ? 'parameter' : kind;
    if (taken !== null) problems.add(`${key} has the name of a ${taken}.`, place, 'Rename one of the two.');
  }
};
