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

export const mapAt = (properties: PlainMap, name: string): PlainMap => {
  const value = entry(properties, name);
  return value !== undefined && isMap(value) ? value : {};
};

export const textAt = (properties: PlainMap, name: string): string | null => {
  const value = entry(properties, name);
  return typeof value === 'string' && value !== '' ? value : null;
};

/** YAML as CloudFormation reads it knows `yes` and `on` too. */
export const isTrue = (value: Plain | undefined): boolean =>
  value === true || (typeof value === 'string' && /^(true|yes|on)$/i.test(value));
/** As `isTrue`, for what holds unless it is denied. */
export const isFalse = (value: Plain | undefined): boolean =>
  value === false || (typeof value === 'string' && /^(false|no|off)$/i.test(value));
