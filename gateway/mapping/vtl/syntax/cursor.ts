import type { Dialect } from '../dialect.ts';
import { type Position, positionAt, VtlSyntaxError } from '../errors.ts';
import type { Macro } from './nodes.ts';

/** A place in a template's text, and what the parser knows of the template so far. */
export class Cursor {
  readonly source: string;
  readonly dialect: Dialect;
  readonly macros: Map<string, Macro>;
  /** The text lies inside a string of another: `$` and `#` may end it. */
  readonly embedded: boolean;
  readonly whole: { readonly source: string; readonly offset: number };
  at = 0;
  /** Nothing but blanks stands between here and the line end before: what `lines` gobbling goes by. */
  afterNewline = true;

  constructor(
    source: string,
    dialect: Dialect,
    macros: Map<string, Macro>,
    whole: { readonly source: string; readonly offset: number } | null = null,
  ) {
    this.source = source;
    this.dialect = dialect;
    this.macros = macros;
    this.embedded = whole !== null;
    this.whole = whole ?? { source, offset: 0 };
  }

  /** The offset in the outermost text, which errors are told by. */
  offset(at = this.at): number {
    return this.whole.offset + at;
  }

  position(at = this.at): Position {
    return positionAt(this.whole.source, Math.min(this.offset(at), this.whole.source.length));
  }

  fail(reason: string, at = this.at): never {
    throw new VtlSyntaxError(reason, this.position(at));
  }

  /** Fails at what stands here, naming it. */
  unexpected(wanted: string): never {
    const found = this.source.slice(this.at, this.at + 12).split('\n', 1)[0]!;
    this.fail(found === '' ? `${wanted} is missing at the end` : `${wanted} expected, found “${found}”`);
  }

  peek(ahead = 0): number {
    return this.source.charCodeAt(this.at + ahead);
  }

  starts(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.take(text)) this.unexpected(`“${text}”`);
  }

  /** Whether a sticky pattern matches here. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.source);
  }

  match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }

  space(): void {
    this.match(/[ \t\r\n]*/y);
  }

  /** Takes blanks up to and with a line end; nothing where something else stands on the line. */
  lineEnd(): boolean {
    return this.match(/[ \t]*(?:\r\n|\n|\r)/y) !== null;
  }
}
