/**
 * Reads the status out of a MOCK integration's request body. API Gateway takes more than JSON here: bare and
 * single-quoted names, single-quoted texts, commas before a closing bracket. The status must be an integer, not a text.
 */
export const parseMockStatus = (text: string): number | null => {
  const reader = new LenientReader(text);
  try {
    const value = reader.document();
    const status = value instanceof Map ? value.get('statusCode') : undefined;
    return typeof status === 'number' && Number.isInteger(status) ? status : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

type Value = string | number | boolean | null | Value[] | Map<string, Value>;

const deepest = 200;

class LenientReader {
  readonly text: string;
  at = 0;
  depth = 0;
  constructor(text: string) {
    this.text = text;
  }

  document(): Value {
    const value = this.value();
    this.space();
    if (this.at < this.text.length) throw new SyntaxError('text after the end');
    return value;
  }

  space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  take(token: string): boolean {
    this.space();
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  value(): Value {
    if (++this.depth > deepest) throw new SyntaxError('nested too deeply');
    this.space();
    const next = this.text[this.at];
    const value = next === '{' ? this.object() : next === '[' ? this.array() : this.scalar();
    this.depth--;
    return value;
  }

  object(): Map<string, Value> {
    const object = new Map<string, Value>();
    this.take('{');
    while (!this.take('}')) {
      const name = this.name();
      if (!this.take(':')) throw new SyntaxError('a colon is missing');
      object.set(name, this.value());
      if (!this.take(',') && !this.text.startsWith('}', this.skipTo())) throw new SyntaxError('a comma is missing');
    }
    return object;
  }

  array(): Value[] {
    const array: Value[] = [];
    this.take('[');
    while (!this.take(']')) {
      array.push(this.value());
      if (!this.take(',') && !this.text.startsWith(']', this.skipTo())) throw new SyntaxError('a comma is missing');
    }
    return array;
  }

  skipTo(): number {
    this.space();
    return this.at;
  }

  name(): string {
    this.space();
    const quote = this.text[this.at];
    return quote === '"' || quote === "'" ? this.quoted(quote) : this.word(/[A-Za-z0-9_$]+/y);
  }

  scalar(): Value {
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") return this.quoted(quote);
    const word = this.word(/[-+.A-Za-z0-9]+/y);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (!/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(word)) throw new SyntaxError(`not a value: ${word}`);
    return Number(word);
  }

  quoted(quote: string): string {
    let value = '';
    for (this.at++; this.text[this.at] !== quote; this.at++) {
      if (this.at >= this.text.length) throw new SyntaxError('a quote is missing');
      if (this.text[this.at] === '\\') this.at++;
      value += this.text[this.at] ?? '';
    }
    this.at++;
    return value;
  }

  word(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.text)?.[0];
    if (word === undefined) throw new SyntaxError('nothing to read');
    this.at += word.length;
    return word;
  }
}
