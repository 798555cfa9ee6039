import { JavaException } from './java-exception.ts';
import { type Escape, escapeOf, literal } from './pattern-escapes.ts';

/** A class of Java's, with unions (`[a-d[m-p]]`) and intersections (`[a-z&&[^aeiou]]`). */
export const translateClass = (pattern: string, start: number): Escape => {
  let at = start + 1;
  const negative = pattern[at] === '^';
  if (negative) at++;
  const operands: string[] = [];
  let members = '';
  let first = true;
  for (;;) {
    const character = pattern[at];
    if (character === undefined)
      throw new JavaException(`PatternSyntaxException: Unclosed character class near index ${at - 1}`);
    if (character === ']' && !first) break;
    first = false;
    if (character === '[') {
      const inner = translateClass(pattern, at);
      members += inner.source;
      at = inner.end;
    } else if (pattern.startsWith('&&', at)) {
      if (members !== '') operands.push(members);
      members = '';
      at += 2;
    } else if (pattern.startsWith('\\Q', at)) {
      const end = pattern.indexOf('\\E', at);
      const text = pattern.slice(at + 2, end < 0 ? undefined : end);
      members += [...text].map(literal).join('');
      at = end < 0 ? pattern.length : end + 2;
    } else {
      const from = member(pattern, at);
      at = from.end;
      const range =
        pattern[at] === '-' && pattern[at + 1] !== ']' && pattern[at + 1] !== '[' && pattern[at + 1] !== undefined;
      members += from.source;
      if (range) {
        const to = member(pattern, at + 1);
        members += `-${to.source}`;
        at = to.end;
      }
    }
  }
  if (members !== '') operands.push(members);
  const inside = operands.length === 1 ? operands[0]! : operands.map((operand) => `[${operand}]`).join('&&');
  return { source: `[${negative ? '^' : ''}${inside}]`, end: at + 1 };
};

const member = (pattern: string, at: number): Escape => {
  if (pattern[at] !== '\\') {
    const character = String.fromCodePoint(pattern.codePointAt(at)!);
    return { source: literal(character), end: at + character.length };
  }
  const found = escapeOf(pattern, at);
  if (!found || /^\(/.test(found.source)) {
    throw new JavaException(`PatternSyntaxException: Illegal escape in a class near index ${at}`);
  }
  return found;
};
