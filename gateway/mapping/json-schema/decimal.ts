import type { JavaBigDecimal } from '../vtl/values/value.ts';

/** Below zero, zero or above it as the first is less than, equal to or greater than the second. */
export const compareDecimals = (one: JavaBigDecimal, other: JavaBigDecimal): number => {
  const [first, second] = aligned(one, other);
  return first < second ? -1 : first > second ? 1 : 0;
};

export const isMultipleOf = (value: JavaBigDecimal, divisor: JavaBigDecimal): boolean => {
  const [dividend, by] = aligned(value, divisor);
  return dividend % by === 0n;
};

/** The digits without zeros at the end: equal numbers have equal keys. */
export const decimalKey = ({ unscaled, scale }: JavaBigDecimal): string => {
  if (unscaled === 0n) return '0';
  const digits = String(unscaled);
  const significant = digits.replace(/0+$/, '');
  return `${significant}e${digits.length - significant.length - scale}`;
};

const aligned = (one: JavaBigDecimal, other: JavaBigDecimal): readonly [bigint, bigint] => {
  const scale = Math.max(one.scale, other.scale);
  return [one.unscaled * 10n ** BigInt(scale - one.scale), other.unscaled * 10n ** BigInt(scale - other.scale)];
};
