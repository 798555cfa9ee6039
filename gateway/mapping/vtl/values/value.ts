/**
 * What a template works on, with Java's meaning: a whole number within 32 bits is an Integer, a larger one or a bigint a
 * Long, any other number a Double; an array is what JSON held, and prints as JSON; an object or a Map is a map in order.
 * What the scope holds belongs to the template, which may change it.
 */
export type Value =
  | null
  | undefined
  | boolean
  | string
  | number
  | bigint
  | JavaDouble
  | JavaBigInteger
  | JavaBigDecimal
  | JavaChar
  | JavaList
  | JavaIterator
  | MapEntry
  | ForeachScope
  | DefinedBlock
  | HostObject
  | Value[]
  | Map<Value, Value>
  | { [name: string]: Value };

/** A Double that is whole, such as 1.0; all others are plain numbers. */
export class JavaDouble {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Past 64 bits. */
export class JavaBigInteger {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export class JavaBigDecimal {
  readonly unscaled: bigint;
  readonly scale: number;
  constructor(unscaled: bigint, scale: number) {
    this.unscaled = unscaled;
    this.scale = scale;
  }
}

export class JavaChar {
  readonly value: string;
  constructor(value: string) {
    this.value = value;
  }
}

/** `list` grows, `array` is Java's own (of `split`), `fixed` takes no change, `set` has each once (of `keySet`). */
export type ListKind = 'list' | 'array' | 'fixed' | 'set';

export class JavaList {
  readonly items: Value[];
  readonly kind: ListKind;
  /** The map whose keys these are: what is taken from them is taken from it. */
  readonly keysOf: Map<Value, Value> | { [name: string]: Value } | null;
  constructor(items: Value[], kind: ListKind = 'list', keysOf: JavaList['keysOf'] = null) {
    this.items = items;
    this.kind = kind;
    this.keysOf = keysOf;
  }
}

export class JavaIterator {
  readonly items: readonly Value[];
  at = 0;
  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

export class MapEntry {
  readonly map: Map<Value, Value> | { [name: string]: Value };
  readonly key: Value;
  constructor(map: Map<Value, Value> | { [name: string]: Value }, key: Value) {
    this.map = map;
    this.key = key;
  }
}

/** `$foreach`. */
export class ForeachScope {
  index = -1;
  hasNext = false;
  readonly parent: ForeachScope | null;
  readonly replaced: Value;
  /** What a template has put into it: seldom anything. */
  own: Map<Value, Value> | null = null;
  constructor(outer: Value) {
    this.parent = outer instanceof ForeachScope ? outer : null;
    this.replaced = outer instanceof ForeachScope ? outer.replaced : outer;
  }
  put(key: Value, value: Value): void {
    this.own ??= new Map();
    this.own.set(key, value);
  }
}

/** What `#define` gives a name to: rendered anew wherever it shows. Null where it is nested too deeply. */
export abstract class DefinedBlock {
  abstract render(): string | null;
  /** Shows it where the template stands; false where it is nested too deeply. */
  abstract show(): boolean;
}

/** `$input` and its like: named methods and properties, and nothing else of the object behind them. */
export abstract class HostObject {
  /** A property, undefined where there is none. */
  property(_name: string): Value {
    return undefined;
  }
  /** A method's result; undefined where there is no such method for these arguments. */
  call(_name: string, _values: readonly Value[]): Value {
    return undefined;
  }
  /** What it shows as. */
  text(): string {
    return '';
  }
}
