const classes: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Punct: '!-\\/:-@\\[-`\\{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  XDigit: '0-9A-Fa-f',
  Space: '\\s',
  ASCII: '\\x00-\\x7f',
};

/**
 * An `AllowedPattern` as JavaScript writes it: patterns are Java's, and a value must match the whole of one. Null for one
 * that JavaScript cannot say.
 */
export const javaPattern = (pattern: string): RegExp | null => {
  let flags = '';
  let written = pattern.replace(/^\(\?([ims]+)\)/, (_, given: string) => {
    flags = given;
    return '';
  });
  written = written
    .replace(/\\Q(.*?)(?:\\E|$)/gs, (_, literal: string) => literal.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'))
    .replace(/\\([pP])\{(?:Is)?(\w+)\}/g, (whole, kind: string, name: string, at: number, all: string) => {
      const members = Object.hasOwn(classes, name) ? classes[name]! : null;
      if (members === null) return whole;
      if (kind === 'p') return isInClass(all, at) ? members : `[${members}]`;
      return isInClass(all, at) ? whole : `[^${members}]`;
    })
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\\h/g, '[ \\t]')
    .replace(/\(\?>/g, '(?:')
    // What is in both classes.
    .replace(/\[((?:[^[\]\\]|\\.)+)&&\[((?:[^[\]\\]|\\.)+)\]\]/g, '(?:(?=[$2])[$1])')
    // A possessive quantifier gives nothing back; what matches it matches the plain one.
    .replace(/((?:^|[^\\])(?:\\\\)*[*+?}])\+/g, '$1');
  for (const mode of ['u', '']) {
    try {
      return new RegExp(`^(?:${written})$`, flags + mode);
    } catch {}
  }
  return null;
};

const isInClass = (pattern: string, at: number): boolean => {
  let inside = false;
  for (let i = 0; i < at; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '[') inside = true;
    else if (pattern[i] === ']') inside = false;
  }
  return inside;
};
