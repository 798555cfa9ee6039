import { JavaException } from '../../../java-regex/java-exception.ts';
import { hashCode } from '../values/hash.ts';
import { BIG_DECIMAL, DOUBLE, type JavaNumber, numberKind, toBigInt, toDouble } from '../values/numbers.ts';
import { partText } from '../values/text.ts';
import { JavaChar, type Value } from '../values/value.ts';

const directive = /%(?:(\d+)\$)?([-#+ 0,(<]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g;

type Spec = {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | null;
  readonly letter: string;
};

/** `String.format`. */
export const formatText = (pattern: string, values: readonly Value[]): string => {
  let next = 0;
  let last = -1;
  const shown = pattern.replace(
    directive,
    (_, index: string, flags: string, width: string, precision: string, letter: string) => {
      const spec: Spec = {
        flags,
        width: Number(width ?? 0),
        precision: precision === undefined ? null : Number(precision),
        letter,
      };
      if (letter === 'n') return '\n';
      if (letter === '%') return pad('%', spec);
      last = index !== undefined ? Number(index) - 1 : flags.includes('<') ? last : next++;
      if (last < 0 || last >= values.length)
        throw new JavaException('MissingFormatArgumentException: Format specifier');
      return pad(one(spec, values[last]), spec);
    },
  );
  if (/%(?!%)/.test(pattern.replace(directive, ''))) throw new JavaException('UnknownFormatConversionException');
  return shown;
};

const pad = (text: string, { flags, width }: Spec): string =>
  flags.includes('-') ? text.padEnd(width) : text.padStart(width);

const one = (spec: Spec, value: Value): string => {
  const lower = spec.letter.toLowerCase();
  const text = plain(spec, lower, value);
  return spec.letter === lower ? text : text.toUpperCase();
};

const plain = (spec: Spec, letter: string, value: Value): string => {
  const cut = (text: string): string => (spec.precision === null ? text : text.slice(0, spec.precision));
  if (letter === 'b') return cut(typeof value === 'boolean' ? String(value) : String(value != null));
  if (value === null || value === undefined) return cut('null');
  const kind = numberKind(value);
  const wrong = (): never => {
    throw new JavaException(`IllegalFormatConversionException: ${spec.letter} for ${partText(value)}`);
  };
  switch (letter) {
    case 's':
      return cut(partText(value));
    case 'h':
      return (hashCode(value) >>> 0).toString(16);
    case 'c':
      return value instanceof JavaChar ? value.value : kind === 1 ? String.fromCodePoint(value as number) : wrong();
    case 'd':
      return kind === 0 || kind === DOUBLE || kind === BIG_DECIMAL
        ? wrong()
        : signed(spec, String(toBigInt(value as JavaNumber)));
    case 'x':
    case 'o': {
      if (kind === 0 || kind === DOUBLE || kind === BIG_DECIMAL) return wrong();
      const digits = BigInt.asUintN(kind === 1 ? 32 : 64, toBigInt(value as JavaNumber)).toString(
        letter === 'x' ? 16 : 8,
      );
      return spec.flags.includes('0') ? digits.padStart(spec.width, '0') : digits;
    }
    case 'f':
      return kind === DOUBLE || kind === BIG_DECIMAL
        ? signed(spec, fixed(toDouble(value as JavaNumber), spec.precision ?? 6))
        : wrong();
    case 'e': {
      if (kind !== DOUBLE && kind !== BIG_DECIMAL) return wrong();
      const [digits, exponent] = toDouble(value as JavaNumber)
        .toExponential(spec.precision ?? 6)
        .split('e') as [string, string];
      return signed(spec, `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`);
    }
    default:
      throw new JavaException(`UnknownFormatConversionException: Conversion = '${spec.letter}'`);
  }
};

/** Half up on the decimal that the number shows as, which is how Java rounds here. */
const fixed = (value: number, places: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))!;
  const scale = fraction.length - Number(exponent);
  const unscaled = BigInt(whole! + fraction);
  const wanted =
    scale <= places
      ? unscaled * 10n ** BigInt(places - scale)
      : (unscaled * 2n + 10n ** BigInt(scale - places)) / (2n * 10n ** BigInt(scale - places));
  const digits = String(wanted).padStart(places + 1, '0');
  return sign + (places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`);
};

const signed = ({ flags, width }: Spec, text: string): string => {
  const negative = text.startsWith('-');
  let digits = negative ? text.slice(1) : text;
  if (flags.includes(',')) digits = digits.replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, ','));
  const before = negative
    ? flags.includes('(')
      ? '('
      : '-'
    : flags.includes('+')
      ? '+'
      : flags.includes(' ')
        ? ' '
        : '';
  const after = negative && flags.includes('(') ? ')' : '';
  if (flags.includes('0')) digits = digits.padStart(width - before.length - after.length, '0');
  return before + digits + after;
};
