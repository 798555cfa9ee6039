/** A line end as Java's `$` sees one. */
export const lineEnd = '(?:\\r\\n|[\\n\\r\\u0085\\u2028\\u2029])';

/** A character that stands for itself, inside a class or out of one. */
export const literal = (character: string): string =>
  /[$()*+.?[\]^{|}/\\&!#%,:;<=>@`~-]/.test(character)
    ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    : character;

/** What Java 8 to 17 take for a word at its boundaries, unlike `\\w`. */
const word = '[\\p{L}\\p{Nd}_]';

/** Java's classes by letter are ASCII; JavaScript's `\s` is not. */
const letters: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  s: '[ \\t\\n\\x0b\\f\\r]',
  S: '[^ \\t\\n\\x0b\\f\\r]',
  w: '[a-zA-Z_0-9]',
  W: '[^a-zA-Z_0-9]',
  h: '[ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  H: '[^ \\t\\u00a0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000]',
  v: '[\\n\\x0b\\f\\r\\u0085\\u2028\\u2029]',
  V: '[^\\n\\x0b\\f\\r\\u0085\\u2028\\u2029]',
  R: '(?:\\r\\n|[\\n\\x0b\\f\\r\\u0085\\u2028\\u2029])',
  b: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  B: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
  A: '(?<![\\s\\S])',
  z: '(?![\\s\\S])',
  Z: `(?=${lineEnd}?(?![\\s\\S]))`,
  t: '\\t',
  n: '\\n',
  r: '\\r',
  f: '\\f',
  a: '\\x07',
  e: '\\x1b',
};

const posix: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7f',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  Graph: '\\x21-\\x7e',
  Print: '\\x20-\\x7e',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1f\\x7f',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0b\\f\\r',
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaWhitespace: '\\s',
};

const property = (name: string, negative: boolean): string => {
  const known = posix[name];
  if (known) return `[${negative ? '^' : ''}${known}]`;
  const unicode = name.startsWith('Is') ? name.slice(2) : name.replace(/^(?:script|sc)=/i, 'Script=');
  const script =
    name.startsWith('Is') && !/^(?:Alphabetic|Lowercase|Uppercase|White_Space|Ideographic|[A-Z][a-z]?)$/.test(unicode);
  return `\\${negative ? 'P' : 'p'}{${script ? `Script=${unicode}` : unicode}}`;
};

export type Escape = { readonly source: string; readonly end: number };

/** What the escape at `at` means in JavaScript; null for one that Java does not know. */
export const escapeOf = (pattern: string, at: number): Escape | null => {
  const read = (wanted: RegExp): RegExpExecArray | null => {
    wanted.lastIndex = at;
    return wanted.exec(pattern);
  };
  const code = (digits: string, radix: number): string => `\\u{${Number.parseInt(digits, radix).toString(16)}}`;
  const hex = read(/\\(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4}))/y);
  if (hex) return { source: code((hex[1] ?? hex[2] ?? hex[3])!, 16), end: at + hex[0].length };
  const octal = read(/\\0([0-3][0-7]{2}|[0-7]{1,2})/y);
  if (octal) return { source: code(octal[1]!, 8), end: at + octal[0].length };
  const control = read(/\\c(.)/y);
  if (control) {
    return { source: code(String(control[1]!.charCodeAt(0) ^ 64), 10), end: at + control[0].length };
  }
  const named = read(/\\([pP])(?:\{([A-Za-z_=]+)\}|([A-Z]))/y);
  if (named) {
    return { source: property((named[2] ?? named[3])!, named[1] === 'P'), end: at + named[0].length };
  }
  const character = pattern[at + 1];
  if (character === undefined) return null;
  if (/[a-zA-Z]/.test(character)) {
    const source = letters[character];
    return source === undefined ? null : { source, end: at + 2 };
  }
  const whole = String.fromCodePoint(pattern.codePointAt(at + 1)!);
  return { source: literal(whole), end: at + 1 + whole.length };
};
