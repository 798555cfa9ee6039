import { isList, isMap, type Plain } from '../text/plain.ts';

/** The name of the intrinsic function that a map calls; null for plain data. */
export const intrinsicName = (value: Plain): string | null => {
  if (!isMap(value)) return null;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0]! : '';
  // A property may have the name Ref, as in a schema: a map that calls nothing is such a property's value.
  if (only === 'Ref') return isMap(value.Ref) && intrinsicName(value.Ref) === null ? null : only;
  return /^Fn::[A-Za-z0-9]+$/.test(only) ? only : null;
};

/** The first name that a value waits for: of a resource, or of nothing at all. */
export const pendingName = (value: Plain): string | null => {
  if (typeof value !== 'object' || value === null) return null;
  const name = intrinsicName(value);
  if (name === 'Ref') return String((value as { Ref: Plain }).Ref);
  if (name === 'Fn::GetAtt') return String(Object.values(value).flat()[0]);
  for (const inner of Object.values(value)) {
    const found = pendingName(inner);
    if (found !== null) return found;
  }
  return null;
};

/** Whether a value still names resources, here or further in. */
export const isPending = (value: Plain): boolean => {
  if (isList(value)) return value.some(isPending);
  if (!isMap(value)) return false;
  return intrinsicName(value) !== null || Object.values(value).some(isPending);
};
