import type { Place } from '../../model/place.ts';
import type { Resource, Resources } from '../resource.ts';

import type { SupportLine } from '../support.ts';
import { entry, isMap, isTrue, mapAt, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** What becomes of events whose API takes no routes from them: their own properties look honoured and are not. */
export const linesOfEvents = (resources: Resources): readonly SupportLine[] =>
  [...resources.values()].flatMap((resource) => {
    const events = entry(resource.properties, 'Events');
    if (resource.type !== 'AWS::Serverless::Function' || !isMap(events ?? null)) return [];
    return Object.entries(events as { [name: string]: Plain }).flatMap(([name, event]) => {
      if (!isMap(event) || (event.Type !== 'Api' && event.Type !== 'HttpApi')) return [];
      const key = event.Type === 'Api' ? 'RestApiId' : 'ApiId';
      const properties = entry(event, 'Properties');
      const given = isMap(properties ?? null) ? entry(properties as Record<string, Plain>, key) : undefined;
      if (given === undefined) return [];
      const auth = mapAt(properties as PlainMap, 'Auth');
      const adds = isTrue(entry(auth, 'OverrideApiAuth'))
        ? 'its Auth and a permission alone'
        : 'nothing to it but a permission';
      const isAny = /^(any|\*)$/i.test(String(entry(properties as PlainMap, 'Method')));
      const said = verdict(given, `AWS::Serverless::${event.Type}`, resources, adds, isAny);
      const place: Place = placeOf(properties as Record<string, Plain>, key) ?? resource.place;
      return said ? [line(resource, `Events.${name}.Properties.${key}`, said, place)] : [];
    });
  });

const verdict = (
  given: Plain,
  wanted: string,
  resources: Resources,
  adds: string,
  isAny: boolean,
): Pick<SupportLine, 'level' | 'note'> | null => {
  const named = isMap(given) ? entry(given, 'Ref') : given;
  const api = typeof named === 'string' ? resources.get(named) : undefined;
  if (api?.type !== wanted) {
    return {
      level: 'not honoured',
      note: `this names no ${wanted} of the template; as in SAM, the event makes no route`,
    };
  }
  const isOwn = entry(api.properties, 'DefinitionBody') ?? entry(api.properties, 'DefinitionUri');
  if (isOwn === undefined || isOwn === null) return null;
  // An HTTP API's events make the routes that its definition lacks.
  if (wanted === 'AWS::Serverless::HttpApi' && entry(api.properties, 'DefinitionUri') === undefined) return null;
  if (isTrue(entry(api.properties, 'MergeDefinitions'))) {
    const note =
      'SAM merges ANY under a key that API Gateway does not know: the event makes no route; name its methods';
    return isAny ? { level: 'not honoured', note } : null;
  }
  return {
    level: 'differently',
    note: `${api.logicalId} has a definition of its own; as in SAM, the event adds ${adds}`,
  };
};

const line = (
  resource: Resource,
  property: string,
  said: Pick<SupportLine, 'level' | 'note'>,
  place: Place,
): SupportLine => ({ logicalId: resource.logicalId, resourceType: resource.type, property, ...said, place });
