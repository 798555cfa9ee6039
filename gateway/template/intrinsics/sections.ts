import { entry, isMap, type PlainMap } from '../text/plain.ts';

/** A section of the template; one that is no map is refused elsewhere. */
export const sectionOf = (template: PlainMap, name: string): PlainMap => {
  const value = entry(template, name);
  return value !== undefined && isMap(value) ? value : {};
};
