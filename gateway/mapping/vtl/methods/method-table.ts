import { JavaException } from '../../../java-regex/java-exception.ts';
import { isMap } from '../values/maps.ts';
import { DOUBLE, INT, type JavaNumber, LONG, numberKind, parseDecimal, toDouble, toInt } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { JavaChar, JavaList, type Value } from '../values/value.ts';

/**
 * What a parameter takes: `i` int, `l` long, `d` double, `b` boolean, `s` String, `t` CharSequence, `c` collection, `m` map, `o` anything, and
 * `*` at the end any number of anything.
 */
export type Signature = string;

export type Method<Self> = {
  readonly takes: Signature;
  readonly call: (self: Self, values: readonly Value[]) => Value;
};

/** Methods by name, each overload in the order in which Java would prefer it. */
export type MethodTable<Self> = ReadonlyMap<string, readonly Method<Self>[]>;

/** Builds a table from `name(signature)` keys. */
export const methodTable = <Self>(
  methods: Readonly<Record<string, (self: Self, ...values: never[]) => Value>>,
): MethodTable<Self> => {
  const table = new Map<string, Method<Self>[]>();
  for (const [key, call] of Object.entries(methods)) {
    const [, name, takes] = /^(\w+)\((.*)\)$/.exec(key)!;
    const method = { takes: takes!, call: withValues(call as (self: Self, ...values: Value[]) => Value, takes!) };
    table.set(name!, [...(table.get(name!) ?? []), method]);
  }
  return table;
};

/** Hands the values over one by one; written out for the few that nearly all methods take. */
const withValues = <Self>(call: (self: Self, ...values: Value[]) => Value, takes: Signature): Method<Self>['call'] => {
  if (takes.length > 2 || takes.endsWith('*')) return (self, values) => call(self, ...values);
  if (takes === '') return (self) => call(self);
  if (takes.length === 1) return (self, values) => call(self, values[0]);
  return (self, values) => call(self, values[0], values[1]);
};

export const itemsOf = (value: Value): Value[] | null =>
  Array.isArray(value) ? value : value instanceof JavaList ? value.items : null;

const accepts = (letter: string, value: Value): boolean => {
  if (letter === 'o') return true;
  if (value === null || value === undefined)
    return letter === 's' || letter === 't' || letter === 'c' || letter === 'm';
  switch (letter) {
    case 's':
    case 't':
      return typeof value === 'string';
    case 'i':
      return numberKind(value) === INT;
    case 'l':
      return numberKind(value) === INT || numberKind(value) === LONG;
    case 'd':
      return numberKind(value) >= INT && numberKind(value) <= DOUBLE;
    case 'b':
      return typeof value === 'boolean';
    case 'c':
      return itemsOf(value) !== null && !(value instanceof JavaList && value.kind === 'array');
    default:
      return isMap(value);
  }
};

const refused = Symbol('refused');

/** What Velocity 2 makes of a value that is not of the wanted kind. */
const converted = (letter: string, value: Value): Value | typeof refused => {
  if (accepts(letter, value)) return value;
  if (letter === 's' && (numberKind(value) !== 0 || typeof value === 'boolean' || value instanceof JavaChar)) {
    return toText(value);
  }
  if (letter === 'i' || letter === 'l' || letter === 'd') {
    const number = typeof value === 'string' ? parseDecimal(value) : numberKind(value) ? (value as JavaNumber) : null;
    if (typeof value === 'string' && number === null) throw new JavaException(`NumberFormatException: ${value}`);
    if (number !== null) return letter === 'd' ? toDouble(number) : toInt(number);
  }
  if (letter === 'b' && typeof value === 'string') return value === 'true';
  return refused;
};

/** The overloads of one name that a call with so many arguments can mean. */
export const overloads = <Self>(
  table: MethodTable<Self>,
  name: string,
  count: number,
  conversions: boolean,
): readonly Method<Self>[] => {
  const named = table.get(name) ?? [];
  const found = named.filter(({ takes }) => (takes.endsWith('*') ? count >= takes.length - 1 : takes.length === count));
  // 1.7 calls a method without parameters whatever it is given, which fails.
  const unfit = !conversions && count > 0 && named.some(({ takes }) => takes === '');
  return unfit ? [...found, { takes: 'o'.repeat(count), call: wrongCount }] : found;
};

const wrongCount = (): never => {
  throw new JavaException('IllegalArgumentException: wrong number of arguments');
};

export type Candidates<Self> = {
  readonly all: readonly Method<Self>[];
  /** The only one, where it takes anything at all. */
  readonly only: Method<Self>['call'] | null;
};

export const candidates = <Self>(all: readonly Method<Self>[]): Candidates<Self> => ({
  all,
  only: all.length === 1 && /^o*$/.test(all[0]!.takes) ? all[0]!.call : null,
});

/** Calls the overload that the values fit; undefined where none does. */
export const invoke = <Self>(
  { only, all }: Candidates<Self>,
  self: Self,
  values: readonly Value[],
  conversions: boolean,
): Value => {
  if (only !== null) return only(self, values);
  for (const { takes, call } of all) {
    let fits = true;
    for (let at = 0; fits && at < values.length && takes[at] !== '*' && takes[at] !== undefined; at++) {
      fits = accepts(takes[at]!, values[at]);
    }
    if (fits) return call(self, values);
  }
  return conversions ? invokeConverted(all, self, values) : undefined;
};

const invokeConverted = <Self>(all: readonly Method<Self>[], self: Self, values: readonly Value[]): Value => {
  for (const { takes, call } of all) {
    const found = values.map((value, at) =>
      takes.charAt(at) === '*' ? value : converted(takes.charAt(at) || 'o', value),
    );
    if (!found.includes(refused as never)) return call(self, found as Value[]);
  }
  return undefined;
};
