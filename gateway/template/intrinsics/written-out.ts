import type { Problems } from '../problems.ts';
import { entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, mergePlaces, placeOf } from '../text/positions.ts';
import type { Lookup, Scope } from './call.ts';
import { createConditions } from './conditions.ts';
import { createEvaluator, type Evaluator } from './evaluate.ts';
import { expandLoops } from './for-each.ts';
import { snippetOf } from './include.ts';
import { loopsOf, refuseMisplacedLoops } from './loop-places.ts';
import { readMappings } from './mappings.ts';
import { sectionOf } from './sections.ts';
import { transformsOf } from './transforms.ts';

export type WrittenOut = {
  readonly template: PlainMap;
  readonly scope: Scope;
  /** Knows parameters, mappings and conditions. */
  readonly evaluator: Evaluator;
};

/**
 * The template as it stands after its transforms of text: what `AWS::Include` brings into its sections, and its loops,
 * are written out, so that all that comes later reads plain sections. Includes come first, as on AWS, then the loops of
 * Conditions, which those of Resources and Outputs may ask.
 */
export const writeOut = (
  written: PlainMap,
  parts: {
    readonly lookup: Lookup;
    readonly region: string;
    readonly include: Scope['include'];
    readonly exports: PlainMap;
    readonly standIns: Scope['standIns'];
    readonly problems: Problems;
  },
): WrittenOut => {
  const { problems } = parts;
  const transforms = transformsOf(written);
  let mappings: PlainMap = {};
  let condition: Scope['condition'] = (name, place) => {
    problems.add(`The condition ${name} is not known yet.`, place, 'A loop of Conditions goes by parameters alone.');
    return false;
  };
  const scope: Scope = {
    condition: (name, place) => condition(name, place),
    get mappings() {
      return mappings;
    },
    region: parts.region,
    languageExtensions: transforms.languageExtensions,
    include: parts.include,
    exports: parts.exports,
    standIns: parts.standIns,
  };
  const evaluator = createEvaluator(scope, parts.lookup, problems);

  let template = withIncludes(written, scope, evaluator, problems);
  mappings = readMappings(sectionOf(template, 'Mappings'), evaluator.evaluate, problems);

  const loops = loopsOf(template);
  refuseMisplacedLoops(template, loops, problems);
  const parameters = sectionOf(template, 'Parameters');
  const resources = sectionOf(template, 'Resources');
  const noEcho = new Set(Object.keys(parameters).filter((name) => isNoEcho(parameters[name]!)));
  const writeLoops = (name: string): void => {
    if (!transforms.languageExtensions || !loops.some(({ section }) => section === name)) return;
    const expanded = expandLoops(sectionOf(template, name), {
      evaluate: evaluator.evaluate,
      snippetOf: (request, place) => snippetOf(request, place, scope, evaluator.evaluate, problems),
      taken: (id) => (Object.hasOwn(parameters, id) ? 'parameter' : Object.hasOwn(resources, id) ? 'resource' : null),
      noEcho,
      problems,
    });
    template = copyPlace(template, { ...template, [name]: expanded });
  };
  writeLoops('Conditions');
  const conditions = sectionOf(template, 'Conditions');
  condition = createConditions(conditions, evaluator.evaluate, problems);
  // One that nothing uses is evaluated too: AWS refuses a wrong one wherever it stands.
  for (const name of Object.keys(conditions)) condition(name, placeOf(conditions, name));
  writeLoops('Resources');
  writeLoops('Outputs');
  return { template, scope, evaluator };
};

const isNoEcho = (parameter: Plain): boolean => isMap(parameter) && String(entry(parameter, 'NoEcho')) === 'true';

/** What stands at the top of the template or of a section is brought in; further in, evaluation does it. */
const withIncludes = (written: PlainMap, scope: Scope, evaluator: Evaluator, problems: Problems): PlainMap => {
  const { 'Fn::Transform': atTop, ...own } = written;
  let template = atTop === undefined ? written : copyPlace(written, own);
  for (const request of [...transformsOf(written).includes, ...(atTop === undefined ? [] : [atTop])]) {
    const place = isMap(request) ? placeOf(request) : placeOf(written, 'Fn::Transform');
    const snippet = snippetOf(request, place, scope, evaluator.evaluate, problems);
    template = mergePlaces({ ...snippet, ...template }, template, snippet);
  }
  for (const name of ['Mappings', 'Conditions', 'Resources', 'Outputs']) {
    const section = sectionOf(template, name);
    if (!Object.hasOwn(section, 'Fn::Transform')) continue;
    const { 'Fn::Transform': request, ...others } = section;
    const place = placeOf(section, 'Fn::Transform');
    const snippet = snippetOf(request!, place, scope, evaluator.evaluate, problems);
    template = copyPlace(template, { ...template, [name]: mergePlaces({ ...snippet, ...others }, section, snippet) });
  }
  return template;
};
