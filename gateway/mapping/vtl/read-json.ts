import { parseDecimal } from './values/numbers.ts';
import { type JavaBigDecimal, JavaBigInteger, JavaDouble, type Value } from './values/value.ts';

/** What JavaScript's own reader would lose: a number such as 1.0 or past 53 bits, and the order of names such as "1". */
const lossy = /\d[eE]|\.0+(?!\d)|[\d.]{16}|"\d+"\s*:/;

/**
 * Reads JSON for a template. Objects keep the order of their names, which for names that are numbers takes a Map; whole
 * Doubles stay Doubles. Throws a SyntaxError as JSON.parse does.
 */
export const readJson = (text: string): Value => {
  const value = JSON.parse(text);
  return lossy.test(text) ? new JsonReader(text).value() : value;
};

/** Reads a text that has been found to be JSON. */
class JsonReader {
  readonly text: string;
  at = 0;
  constructor(text: string) {
    this.text = text;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  take(token: string): boolean {
    this.match(/[ \t\r\n]*/y);
    if (this.text[this.at] !== token) return false;
    this.at++;
    return true;
  }

  value(): Value {
    if (this.take('{')) return this.object();
    if (this.take('[')) return this.array();
    if (this.text[this.at] === '"') return this.string();
    const word = this.match(/[^\s,\]}]+/y)!;
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : numberOf(word);
  }

  string(): string {
    return JSON.parse(this.match(/"[^"\\]*(?:\\.[^"\\]*)*"/y)!);
  }

  array(): Value[] {
    const items: Value[] = [];
    if (this.take(']')) return items;
    do items.push(this.value());
    while (this.take(','));
    this.take(']');
    return items;
  }

  object(): Value {
    const entries: [string, Value][] = [];
    if (this.take('}')) return {};
    do {
      this.take('"');
      this.at--;
      const name = this.string();
      this.take(':');
      entries.push([name, this.value()]);
    } while (this.take(','));
    this.take('}');
    return entries.some(([name]) => /^\d+$|^__proto__$/.test(name)) ? new Map(entries) : Object.fromEntries(entries);
  }
}

/** As API Gateway's JSON reader has it: Integer, Long, BigInteger; Double, or BigDecimal where one is written long. */
const numberOf = (word: string): Value => {
  const value = Number(word);
  if (/[.eE]/.test(word)) {
    if (word.length > 18) return parseDecimal(word) as JavaBigDecimal;
    return Number.isInteger(value) ? new JavaDouble(value) : value;
  }
  if (value === (value | 0)) return value | 0;
  const whole = BigInt(word);
  return BigInt.asIntN(64, whole) === whole ? whole : new JavaBigInteger(whole);
};
