import type { Place } from '../../model/place.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, mergePlaces, placeOf } from '../text/positions.ts';

/**
 * A loop's body with what `AWS::Include` brings into it: on AWS includes run before loops, so that the loop's identifier
 * counts in such a file too.
 */
export const withSnippets = (value: Plain, snippetOf: (request: Plain, place: Place | null) => PlainMap): Plain => {
  if (isList(value)) {
    const items = value.map((item) => withSnippets(item, snippetOf));
    return items.some((item, i) => item !== value[i]) ? copyPlace(value, items) : value;
  }
  if (!isMap(value)) return value;
  const request = entry(value, 'Fn::Transform');
  const snippet = request === undefined ? null : snippetOf(request, placeOf(value, 'Fn::Transform'));
  const entries = Object.entries(value)
    .filter(([key]) => key !== 'Fn::Transform')
    .map(([key, inner]) => [key, withSnippets(inner, snippetOf)] as const);
  if (snippet) return mergePlaces({ ...snippet, ...Object.fromEntries(entries) }, value, snippet);
  return entries.some(([key, inner]) => inner !== value[key]) ? copyPlace(value, Object.fromEntries(entries)) : value;
};
