import { JsonPathSyntaxError } from './errors.ts';

/** Where reading has come to in a path, or in the part of it that is a filter. */
export class Cursor {
  readonly text: string;
  /** Where `text` begins in the path that the user wrote. */
  readonly offset: number;
  position = 0;
  /** The index of the last character that counts. */
  end: number;

  constructor(text: string, offset: number) {
    this.text = text;
    this.offset = offset;
    this.end = text.length - 1;
  }

  fail(message: string, position = this.position): never {
    throw new JsonPathSyntaxError(message, Math.max(0, this.offset + position));
  }

  at(index: number): string {
    const character = this.text[index];
    if (character !== undefined) return character;
    throw new JsonPathSyntaxError('the path ends too early', Math.max(0, this.offset + this.text.length), false);
  }

  get current(): string {
    return this.at(this.position);
  }

  inBounds(index = this.position): boolean {
    return index >= 0 && index <= this.end;
  }

  /** A path ends at its last character, whatever that is. */
  get atTail(): boolean {
    return this.position >= this.end;
  }

  skipBlanks(): this {
    while (this.position < this.end && this.current === ' ') this.position++;
    return this;
  }

  trim(): this {
    this.skipBlanks();
    while (this.position < this.end && this.text[this.end] === ' ') this.end--;
    return this;
  }

  /** The index of the first character after `index` that is no blank, or -1 where another than `wanted` stands there. */
  nextIndexOf(wanted: string, index = this.position): number {
    const next = this.afterBlanks(index);
    return this.at(next) === wanted ? next : -1;
  }

  nextIs(wanted: string, index = this.position): boolean {
    return this.next(index) === wanted;
  }

  next(index = this.position): string {
    const next = this.afterBlanks(index);
    return this.inBounds(next) ? this.at(next) : ' ';
  }

  indexOf(wanted: string, from: number): number {
    const index = this.text.indexOf(wanted, from);
    return index > this.end ? -1 : index;
  }

  /** The index of the next `wanted` after `index` that no backslash precedes, or -1. */
  unescapedIndexOf(wanted: string, index = this.position): number {
    for (let at = index + 1; this.inBounds(at); at++) {
      if (this.at(at) === '\\') at++;
      else if (this.at(at) === wanted) return at;
    }
    return -1;
  }

  /** The index of the bracket that closes the one at `start`, or -1. */
  closing(start: number, open: string, close: string, skipPatterns: boolean): number {
    let opened = 1;
    for (let at = start + 1; this.inBounds(at); at++) {
      const quote = this.at(at);
      if (quote === '"' || quote === "'") at = this.afterClosing(quote, at);
      if (skipPatterns && this.at(at) === '/') at = this.afterClosing('/', at);
      if (this.at(at) === open) opened++;
      if (this.at(at) === close && --opened === 0) return at;
    }
    return -1;
  }

  private afterClosing(quote: string, at: number): number {
    const closing = this.unescapedIndexOf(quote, at);
    if (closing === -1) this.fail(`${quote} is not closed`, at);
    return closing + 1;
  }

  private afterBlanks(index: number): number {
    let next = index + 1;
    while (this.inBounds(next) && this.text[next] === ' ') next++;
    return next;
  }
}

const escapes: Readonly<Record<string, string>> = { r: '\r', f: '\f', t: '\t', n: '\n', b: '\b' };

/** The text of a quoted string without its backslashes. */
export const unescapeText = (text: string): string => {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\(u[\s\S]{4}|u[\s\S]*$|[\s\S]|$)/g, (_, what: string) => {
    if (what[0] !== 'u') return what === '' ? '\\' : (escapes[what] ?? what);
    if (what.length < 5) return '';
    if (!/^u[0-9a-fA-F]{4}$/.test(what)) throw new JsonPathSyntaxError(`\\${what} is no character`, 0, false);
    return String.fromCharCode(Number.parseInt(what.slice(1), 16));
  });
};
