import { isList, isMap, type Plain } from '../text/plain.ts';

/** The name of the intrinsic function that a map calls; null for plain data. */
export const intrinsicName = (value: Plain): string | null => {
  if (!isMap(value)) return null;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0]! : '';
  if (only === 'Ref') return typeof value.Ref === 'string' ? only : null;
  return /^Fn::[A-Za-z0-9]+$/.test(only) ? only : null;
};

/** Whether a value still names resources, here or further in. */
export const isPending = (value: Plain): boolean => {
  if (isList(value)) return value.some(isPending);
  if (!isMap(value)) return false;
  return intrinsicName(value) !== null || Object.values(value).some(isPending);
};
