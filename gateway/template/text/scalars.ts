import type { Plain } from './plain.ts';

/**
 * What an unquoted word of YAML means. CloudFormation and SAM read YAML 1.1, where yes and on are true. Words that are
 * numbers to a machine and names to a person stay text: account ids such as 012345678901, clock times, dates.
 */
export const plainScalar = (text: string): Plain => {
  // Most words are names, and none of these starts like a word below.
  const first = text.charCodeAt(0);
  if (first >= 48 && first <= 57) return number(text);
  switch (text[0]) {
    case undefined:
    case '~':
    case 'n':
    case 'N':
    case 't':
    case 'T':
    case 'y':
    case 'Y':
    case 'o':
    case 'O':
    case 'f':
    case 'F': {
      const word = words.get(text);
      return word === undefined ? text : word;
    }
    case '+':
    case '-':
    case '.':
      return number(text);
    default:
      return text;
  }
};

const cases = (word: string): readonly string[] => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()];

const words: ReadonlyMap<string, Plain> = new Map<string, Plain>([
  ['', null],
  ['~', null],
  ...cases('null').map((word) => [word, null] as const),
  ...['true', 'yes', 'on'].flatMap((word) => cases(word).map((each) => [each, true] as const)),
  ...['false', 'no', 'off'].flatMap((word) => cases(word).map((each) => [each, false] as const)),
]);

const decimal = /^[-+]?(?:0|[1-9][0-9_]*)$/;
/** YAML 1.1 wants a point in a number that is not whole, and a sign in an exponent. */
const fraction = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;
const based = /^([-+]?)(0x[0-9a-fA-F_]+|0b[01_]+)$/;

const number = (text: string): Plain => {
  if (decimal.test(text)) return safe(Number(text.replaceAll('_', '')), text);
  if (fraction.test(text) && !/^[-+]?0[0-9]/.test(text)) return safe(Number(text.replaceAll('_', '')), text);
  const [, sign, digits] = based.exec(text) ?? [];
  if (digits === undefined) return text;
  const value = Number(digits.replaceAll('_', ''));
  return safe(sign === '-' ? -value : value, text);
};

/** A whole number that JavaScript cannot hold would lose its last digits. */
const safe = (value: number, text: string): Plain =>
  !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) ? text : value;

/** A scalar with a tag of YAML's own, such as `!!str 012`; undefined for one that says nothing of the kind. */
export const taggedScalar = (tag: string, text: string): Plain | undefined => {
  switch (tag) {
    case 'str':
      return text;
    case 'null':
      return null;
    case 'int':
    case 'float':
    case 'bool': {
      const value = plainScalar(text);
      return typeof value === (tag === 'bool' ? 'boolean' : 'number') ? value : undefined;
    }
    default:
      return undefined;
  }
};
