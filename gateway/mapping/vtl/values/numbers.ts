import { JavaBigDecimal, JavaBigInteger, JavaDouble, type Value } from './value.ts';

/** Ordered as Java widens. */
export const INT = 1;
export const LONG = 2;
export const DOUBLE = 3;
export const BIG_INTEGER = 4;
export const BIG_DECIMAL = 5;

/** Which of Java's number classes a value is; 0 for none. */
export const numberKind = (value: Value): number => {
  if (typeof value === 'number') {
    if (value === (value | 0)) return INT;
    return Number.isInteger(value) ? LONG : DOUBLE;
  }
  if (typeof value === 'bigint') return LONG;
  if (typeof value !== 'object' || value === null) return 0;
  if (value instanceof JavaDouble) return DOUBLE;
  if (value instanceof JavaBigInteger) return BIG_INTEGER;
  return value instanceof JavaBigDecimal ? BIG_DECIMAL : 0;
};

export type JavaNumber = number | bigint | JavaDouble | JavaBigInteger | JavaBigDecimal;

export const double = (value: number): number | JavaDouble => (Number.isInteger(value) ? new JavaDouble(value) : value);

/** A Long, or an Integer where both operands were. */
export const integral = (value: bigint, long: boolean): number | bigint | JavaBigInteger => {
  if (BigInt.asIntN(64, value) !== value) return new JavaBigInteger(value);
  return !long && BigInt.asIntN(32, value) === value ? Number(value) : value;
};

export const toDouble = (value: JavaNumber): number => {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof JavaDouble) return value.value;
  if (value instanceof JavaBigInteger) return Number(value.value);
  return Number(`${value.unscaled}e${-value.scale}`);
};

/** As Java casts to an integer: cut off, and for a Double held within 64 bits. */
export const toBigInt = (value: JavaNumber): bigint => {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' || value instanceof JavaDouble) {
    const number = typeof value === 'number' ? value : value.value;
    if (Number.isNaN(number)) return 0n;
    if (number >= 2 ** 63) return 2n ** 63n - 1n;
    return number <= -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(number));
  }
  if (value instanceof JavaBigInteger) return value.value;
  return value.scale > 0 ? value.unscaled / 10n ** BigInt(value.scale) : value.unscaled * 10n ** BigInt(-value.scale);
};

/** `intValue()`: a Double is held within 32 bits, an integer loses its upper ones. */
export const toInt = (value: JavaNumber): number => {
  if (numberKind(value) !== DOUBLE) return Number(BigInt.asIntN(32, toBigInt(value)));
  const number = toDouble(value);
  return Number.isNaN(number) ? 0 : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.trunc(number)));
};

export const isZero = (value: JavaNumber): boolean =>
  value instanceof JavaBigDecimal ? value.unscaled === 0n : toDouble(value) === 0;

/** `Double.toString`. */
export const doubleText = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits, exponent] = value.toExponential().split('e') as [string, string];
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
};

/** `BigDecimal.toString`. */
export const decimalText = ({ unscaled, scale }: JavaBigDecimal): string => {
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  const exponent = digits.length - 1 - scale;
  if (scale === 0) return sign + digits;
  if (scale > 0 && exponent >= -6) {
    const padded = digits.padStart(scale + 1, '0');
    return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  const point = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${sign}${point}E${exponent < 0 ? '' : '+'}${exponent}`;
};

export const numberText = (value: JavaNumber): string => {
  if (typeof value === 'number') {
    if (value === (value | 0)) return String(value | 0);
    return Number.isInteger(value) ? String(BigInt(value)) : doubleText(value);
  }
  if (typeof value === 'bigint') return String(value);
  if (value instanceof JavaDouble) return doubleText(value.value);
  return value instanceof JavaBigInteger ? String(value.value) : decimalText(value);
};

/** Reads a decimal as `new BigDecimal(text)` does; null where it is none. */
export const parseDecimal = (text: string): JavaBigDecimal | null => {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text);
  if (!found || (found[2] === '' && (found[3] ?? '') === '')) return null;
  const unscaled = BigInt(`${found[2]}${found[3] ?? ''}`);
  return new JavaBigDecimal(found[1] === '-' ? -unscaled : unscaled, (found[3]?.length ?? 0) - Number(found[4] ?? 0));
};

/** By way of a Double, as Velocity does: 1.7 to the last binary digit (`exact`), 2.x as the Double is written. */
export const toDecimal = (value: JavaNumber, exact: boolean): JavaBigDecimal => {
  if (value instanceof JavaBigDecimal) return value;
  if (value instanceof JavaBigInteger) return new JavaBigDecimal(value.value, 0);
  const number = toDouble(value);
  return (exact ? exactDecimal(number) : parseDecimal(doubleText(number))) ?? new JavaBigDecimal(0n, 0);
};

const exactDecimal = (value: number): JavaBigDecimal | null => {
  if (!Number.isFinite(value)) return null;
  let scale = 0;
  let whole = value;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    scale++;
  }
  return new JavaBigDecimal(BigInt(whole) * 5n ** BigInt(scale), scale);
};
