/** What a template holds once its text is read: plain data, with every intrinsic function in its long form. */
export type Plain = null | boolean | number | string | PlainList | PlainMap;
export type PlainList = readonly Plain[];
export type PlainMap = { readonly [key: string]: Plain };

export const isMap = (value: unknown): value is PlainMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: unknown): value is PlainList => Array.isArray(value);

/** A key's own value: `constructor` and its like are ordinary names in a template. */
export const entry = <Value = Plain>(map: { readonly [key: string]: Value }, key: string): Value | undefined =>
  Object.hasOwn(map, key) ? map[key] : undefined;

export const describe = (value: Plain | undefined): string => {
  if (value === null || value === undefined) return 'nothing';
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'a map';
  return typeof value === 'string' ? 'text' : `a ${typeof value}`;
};
