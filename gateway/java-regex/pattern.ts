import { translateClass } from './character-class.ts';
import { JavaException } from './java-exception.ts';
import { escapeOf, lineEnd, literal } from './pattern-escapes.ts';

export type Translated = {
  /** For a RegExp with the `v` flag. Java's group 1 is the group named g1, and so on. */
  readonly source: string;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
};

type Flags = { readonly i: boolean; readonly s: boolean; readonly m: boolean; readonly x: boolean };

/** Rewrites one of Java's regular expressions. */
export const translate = (pattern: string): Translated => new Translation(pattern).run();

class Translation {
  readonly pattern: string;
  at = 0;
  flags: Flags = { i: false, s: false, m: false, x: false };
  groups = 0;
  atomics = 0;
  readonly names = new Map<string, number>();

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  run(): Translated {
    const source = this.alternatives();
    if (this.at < this.pattern.length) this.fail('Unmatched closing )');
    return { source, groups: this.groups, names: this.names };
  }

  fail(reason: string): never {
    throw new JavaException(`PatternSyntaxException: ${reason} near index ${this.at} of ${this.pattern}`);
  }

  take(text: string): boolean {
    if (!this.pattern.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  match(wanted: RegExp): RegExpExecArray | null {
    wanted.lastIndex = this.at;
    const found = wanted.exec(this.pattern);
    if (found) this.at += found[0].length;
    return found;
  }

  /** Up to the end of the group. Flags that are set on the way hold until there. */
  alternatives(): string {
    let source = '';
    let open = 0;
    const before = this.flags;
    while (this.at < this.pattern.length && this.pattern[this.at] !== ')') {
      const flags = this.match(/\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/y);
      if (flags) {
        const insensitive = this.flags.i;
        this.setFlags(flags[1]!, flags[2]);
        if (this.flags.i !== insensitive) {
          source += this.flags.i ? '(?i:' : '(?-i:';
          open++;
        }
      } else if (this.take('|')) {
        // The flag goes on behind the bar, which JavaScript's group would end in.
        source += open > 0 ? `${')'.repeat(open)}|${(this.flags.i ? '(?i:' : '(?-i:').repeat(open)}` : '|';
      } else {
        source += this.quantified();
      }
    }
    this.flags = before;
    return source + ')'.repeat(open);
  }

  setFlags(on: string, off: string | undefined): void {
    const has = (letter: 'i' | 's' | 'm' | 'x'): boolean =>
      !off?.includes(letter) && (on.includes(letter) || this.flags[letter]);
    this.flags = { i: has('i'), s: has('s'), m: has('m'), x: has('x') };
  }

  quantified(): string {
    if (this.flags.x && this.match(/\s+|#[^\n]*/y)) return '';
    let atom = this.atom();
    const quantifier = this.match(/(?:[*+?]|\{\d+(?:,\d*)?\})([+?])?/y);
    if (!quantifier) return atom;
    // JavaScript repeats no assertions.
    if (/^\(\?(?:<?[=!])|^\\[bB]/.test(atom)) atom = `(?:${atom})`;
    if (quantifier[1] !== '+') return atom + quantifier[0];
    // A possessive quantifier never gives back: a look-ahead does not either.
    return this.atomic(`${atom}${quantifier[0].slice(0, -1)}`);
  }

  atomic(inside: string): string {
    const name = `a${++this.atomics}`;
    return `(?=(?<${name}>${inside}))\\k<${name}>`;
  }

  atom(): string {
    const character = this.pattern[this.at]!;
    switch (character) {
      case '(':
        return this.group();
      case '[': {
        const found = translateClass(this.pattern, this.at);
        this.at = found.end;
        return found.source;
      }
      case '.':
        this.at++;
        return this.flags.s ? '[\\s\\S]' : '[^\\n\\r\\u0085\\u2028\\u2029]';
      case '^':
        this.at++;
        return this.flags.m
          ? '(?:(?<![\\s\\S])|(?<=\\n|\\r(?!\\n)|[\\u0085\\u2028\\u2029]))(?=[\\s\\S])'
          : '(?<![\\s\\S])';
      case '$':
        this.at++;
        return this.flags.m ? `(?=${lineEnd}|(?![\\s\\S]))` : `(?=${lineEnd}?(?![\\s\\S]))`;
      case '\\':
        return this.escape();
      case '*':
      case '+':
      case '?':
        return this.fail(`Dangling meta character '${character}'`);
      default: {
        const whole = String.fromCodePoint(this.pattern.codePointAt(this.at)!);
        this.at += whole.length;
        return literal(whole);
      }
    }
  }

  group(): string {
    const special = this.match(/\(\?(?:<([a-zA-Z][a-zA-Z0-9]*)>|<?[=!]|:|>|([a-z]*)(?:-([a-z]*))?:)/y);
    let source: string;
    if (!special) {
      if (this.pattern.startsWith('(?', this.at)) this.fail('Unknown group');
      this.at++;
      source = this.capturing();
    } else if (special[1] !== undefined) {
      this.names.set(special[1], this.groups + 1);
      source = this.capturing();
    } else if (special[0] === '(?>') {
      const inside = this.alternatives();
      this.close();
      return this.atomic(inside);
    } else if (special[2] !== undefined) {
      const outer = this.flags;
      this.setFlags(special[2], special[3]);
      const insensitive = this.flags.i;
      source = `${insensitive === outer.i ? '(?:' : insensitive ? '(?i:' : '(?-i:'}${this.alternatives()}`;
      this.flags = outer;
    } else {
      source = special[0] + this.alternatives();
    }
    this.close();
    return `${source})`;
  }

  capturing(): string {
    const name = `g${++this.groups}`;
    return `(?<${name}>${this.alternatives()}`;
  }

  close(): void {
    if (!this.take(')')) this.fail('Unclosed group');
  }

  escape(): string {
    if (this.take('\\Q')) {
      const end = this.pattern.indexOf('\\E', this.at);
      const text = this.pattern.slice(this.at, end < 0 ? undefined : end);
      this.at = end < 0 ? this.pattern.length : end + 2;
      return [...text].map(literal).join('');
    }
    const named = this.match(/\\k<([a-zA-Z][a-zA-Z0-9]*)>/y);
    if (named) return `\\k<g${this.names.get(named[1]!) ?? this.fail('no such named group')}>`;
    const numbered = this.match(/\\([1-9])/y);
    if (numbered) {
      return Number(numbered[1]) > this.groups ? this.fail('no such group') : `\\k<g${numbered[1]}>`;
    }
    const found = escapeOf(this.pattern, this.at);
    if (!found) this.fail('Illegal/unsupported escape sequence');
    this.at = found.end;
    return found.source;
  }
}
