import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';

const sam = 'AWS::Serverless-2016-10-31';
export const languageExtensions = 'AWS::LanguageExtensions';

/** The transforms that a template asks for, as far as the gateway runs them. */
export type Transforms = {
  readonly sam: boolean;
  readonly languageExtensions: boolean;
  /** AWS runs transforms in their order: SAM then meets loops that nobody has written out yet. */
  readonly samFirst: boolean;
  /** The requests of `AWS::Include` at the top: what they bring in stands beside the template's sections. */
  readonly includes: readonly PlainMap[];
};

export const transformsOf = (template: PlainMap): Transforms => {
  const written = entry(template, 'Transform');
  const list: readonly Plain[] = written === undefined ? [] : isList(written) ? written : [written];
  const [samAt, extensionsAt] = [list.indexOf(sam), list.indexOf(languageExtensions)];
  return {
    sam: samAt >= 0,
    languageExtensions: extensionsAt >= 0,
    samFirst: samAt >= 0 && samAt < extensionsAt,
    includes: list.filter((item): item is PlainMap => isMap(item) && entry(item, 'Name') === 'AWS::Include'),
  };
};

export const addExtensions = `Add ${languageExtensions} to Transform, before ${sam} where both stand there.`;
