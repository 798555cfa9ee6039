import { JavaException } from '../../../java-regex/java-exception.ts';
import { matchesWhole, replaceAll, replaceFirst, split } from '../../../java-regex/java-regex.ts';
import { hashOf } from '../values/hash.ts';
import { partText } from '../values/text.ts';
import { JavaChar, JavaList, type Value } from '../values/value.ts';
import { formatText } from './java-format.ts';
import { itemsOf, methodTable } from './method-table.ts';

const outOfBounds = (what: string): never => {
  throw new JavaException(`StringIndexOutOfBoundsException: ${what}`);
};

/** Java's null check on a text argument. */
const text = (value: string | null | undefined): string => {
  if (value === null || value === undefined) throw new JavaException('NullPointerException');
  return value;
};

const substring = (self: string, begin: number, end: number): string =>
  begin < 0 || end > self.length || begin > end
    ? outOfBounds(`begin ${begin}, end ${end}, length ${self.length}`)
    : self.slice(begin, end);

/** The difference at the first character that differs, or of the lengths. */
const compare = (one: string, other: string): number => {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) {
    const difference = one.charCodeAt(at) - other.charCodeAt(at);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
};

const folded = (self: string): string => self.toUpperCase().toLowerCase();
const characters = (self: string): JavaList =>
  new JavaList(
    [...Array(self.length).keys()].map((at) => new JavaChar(self[at]!)),
    'array',
  );
const bytes = (self: string): JavaList => new JavaList([...new Int8Array(Buffer.from(self, 'utf8'))], 'array');
const join = (separator: Value, values: readonly Value[]): string => values.map(partText).join(partText(separator));
const strip = /^[\p{White_Space}&&[^\u00a0\u2007\u202f\u0085]]+|[\p{White_Space}&&[^\u00a0\u2007\u202f\u0085]]+$/gv;
const trim = /^[\x00-\x20]+|[\x00-\x20]+$/g;

/** Where a character is, given by its code; nowhere for what is no code. */
const at = (code: number, find: (character: string) => number): number =>
  code < 0 || code > 0x10ffff ? -1 : find(String.fromCodePoint(code));

export const stringMethods = methodTable<string>({
  'length()': (self) => self.length,
  'isEmpty()': (self) => self.length === 0,
  'isBlank()': (self) => self.replace(strip, '') === '',
  'charAt(i)': (self, at: number) =>
    at < 0 || at >= self.length ? outOfBounds(`index ${at}, length ${self.length}`) : new JavaChar(self[at]!),
  'codePointAt(i)': (self, at: number) => self.codePointAt(at) ?? outOfBounds(`index ${at}, length ${self.length}`),
  'substring(i)': (self, begin: number) => substring(self, begin, self.length),
  'substring(ii)': substring,
  'subSequence(ii)': substring,
  'indexOf(s)': (self, part: string) => self.indexOf(text(part)),
  'indexOf(i)': (self, code: number) => at(code, (character) => self.indexOf(character)),
  'indexOf(si)': (self, part: string, from: number) => self.indexOf(text(part), from),
  'indexOf(ii)': (self, code: number, from: number) => at(code, (character) => self.indexOf(character, from)),
  'lastIndexOf(s)': (self, part: string) => self.lastIndexOf(text(part)),
  'lastIndexOf(i)': (self, code: number) => at(code, (character) => self.lastIndexOf(character)),
  'lastIndexOf(si)': (self, part: string, from: number) => (from < 0 ? -1 : self.lastIndexOf(text(part), from)),
  'lastIndexOf(ii)': (self, code: number, from: number) =>
    from < 0 ? -1 : at(code, (character) => self.lastIndexOf(character, from)),
  'startsWith(s)': (self, part: string) => self.startsWith(text(part)),
  'startsWith(si)': (self, part: string, from: number) => from >= 0 && self.startsWith(text(part), from),
  'endsWith(s)': (self, part: string) => self.endsWith(text(part)),
  'contains(t)': (self, part: string) => self.includes(text(part)),
  'equals(o)': (self, other: Value) => self === other,
  'contentEquals(t)': (self, other: string) => self === text(other),
  'equalsIgnoreCase(s)': (self, other: string) => other != null && folded(self) === folded(other),
  'compareTo(s)': (self, other: string) => compare(self, text(other)),
  'compareToIgnoreCase(s)': (self, other: string) => compare(folded(self), folded(text(other))),
  'concat(s)': (self, other: string) => self + text(other),
  'replace(tt)': (self, part: string, by: string) => self.replaceAll(text(part), () => text(by)),
  'replaceAll(ss)': (self, pattern: string, by: string) => replaceAll(self, text(pattern), text(by)),
  'replaceFirst(ss)': (self, pattern: string, by: string) => replaceFirst(self, text(pattern), text(by)),
  'matches(s)': (self, pattern: string) => matchesWhole(self, text(pattern)),
  'split(s)': (self, pattern: string) => new JavaList(split(self, text(pattern), 0), 'array'),
  'split(si)': (self, pattern: string, limit: number) => new JavaList(split(self, text(pattern), limit), 'array'),
  'toLowerCase()': (self) => self.toLowerCase(),
  'toUpperCase()': (self) => self.toUpperCase(),
  'trim()': (self) => self.replace(trim, ''),
  'strip()': (self) => self.replace(strip, ''),
  'stripLeading()': (self) => self.slice(self.length - self.trimStart().length),
  'stripTrailing()': (self) => self.trimEnd(),
  'repeat(i)': (self, count: number) => {
    if (count < 0) throw new JavaException(`IllegalArgumentException: count is negative: ${count}`);
    // No template means this much; a process that builds it would fall.
    if (count * self.length > 2 ** 26) throw new JavaException('OutOfMemoryError');
    return self.repeat(count);
  },
  'join(tc)': (_self, separator: Value, values: Value) => join(separator, itemsOf(values) ?? []),
  'join(t*)': (_self, separator: Value, ...values: Value[]) =>
    join(separator, values.length === 1 ? (itemsOf(values[0]) ?? values) : values),
  'format(s*)': (_self, pattern: string, ...values: Value[]) => formatText(text(pattern), values),
  'formatted(*)': (self, ...values: Value[]) => formatText(self, values),
  'valueOf(o)': (_self, value: Value) => partText(value),
  'toString()': (self) => self,
  'intern()': (self) => self,
  'hashCode()': hashOf,
  'toCharArray()': characters,
  'getBytes()': bytes,
});
