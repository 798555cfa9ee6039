import { JavaException } from './java-exception.ts';
import { type Translated, translate } from './pattern.ts';

/** Java's regular expressions, by way of JavaScript's. Templates bring few and use them often. */
const known = new Map<string, { readonly translated: Translated; readonly search: RegExp; readonly whole: RegExp }>();
const most = 500;

const compiled = (pattern: string) => {
  const found = known.get(pattern);
  if (found) return found;
  const translated = translate(pattern);
  try {
    const made = {
      translated,
      search: new RegExp(translated.source, 'gv'),
      whole: new RegExp(`^(?:${translated.source})$`, 'v'),
    };
    if (known.size >= most) known.clear();
    known.set(pattern, made);
    return made;
  } catch (error) {
    if (error instanceof SyntaxError) throw new JavaException(`PatternSyntaxException: ${pattern}`);
    throw error;
  }
};

/** Whether this is a pattern, and one that JavaScript can say. */
export const isPattern = (pattern: string): boolean => {
  try {
    compiled(pattern);
    return true;
  } catch (error) {
    if (error instanceof JavaException) return false;
    throw error;
  }
};

export const matchesWhole = (text: string, pattern: string): boolean => compiled(pattern).whole.test(text);

/** What a replacement adds: `$1`, `${name}`, and a backslash before what stands for itself. */
const expand = (replacement: string, found: RegExpExecArray, { groups, names }: Translated): string => {
  let text = '';
  for (let at = 0; at < replacement.length; at++) {
    const character = replacement[at]!;
    if (character === '\\') {
      at++;
      if (at === replacement.length)
        throw new JavaException('IllegalArgumentException: character to be escaped is missing');
      text += replacement[at];
    } else if (character !== '$') {
      text += character;
    } else if (replacement[at + 1] === '{') {
      const end = replacement.indexOf('}', at);
      const group = names.get(replacement.slice(at + 2, end));
      if (end < 0 || group === undefined) throw new JavaException('IllegalArgumentException: no such named group');
      text += found.groups?.[`g${group}`] ?? '';
      at = end;
    } else {
      const digit = /[0-9]/.exec(replacement[at + 1] ?? '');
      if (!digit) throw new JavaException('IllegalArgumentException: Illegal group reference');
      let group = Number(digit[0]);
      if (group > groups) throw new JavaException(`IndexOutOfBoundsException: No group ${group}`);
      at++;
      // More digits belong to the number as long as there is such a group.
      while (/[0-9]/.test(replacement[at + 1] ?? '') && group * 10 + Number(replacement[at + 1]) <= groups) {
        group = group * 10 + Number(replacement[++at]);
      }
      text += group === 0 ? found[0] : (found.groups?.[`g${group}`] ?? '');
    }
  }
  return text;
};

/** Goes past the character that an empty match stands before: past both halves of one that has two. */
const pass = (search: RegExp, text: string): void => {
  search.lastIndex += (text.codePointAt(search.lastIndex) ?? 0) > 0xffff ? 2 : 1;
};

const replace = (text: string, pattern: string, replacement: string, first: boolean): string => {
  const { search, translated } = compiled(pattern);
  let result = '';
  let last = 0;
  search.lastIndex = 0;
  for (let found = search.exec(text); found; found = search.exec(text)) {
    result += text.slice(last, found.index) + expand(replacement, found, translated);
    last = found.index + found[0].length;
    if (found[0] === '') pass(search, text);
    if (first) break;
  }
  return result + text.slice(last);
};

export const replaceAll = (text: string, pattern: string, replacement: string): string =>
  replace(text, pattern, replacement, false);

export const replaceFirst = (text: string, pattern: string, replacement: string): string =>
  replace(text, pattern, replacement, true);

/** `split`: without a limit no empty texts at the end; an empty match at the start parts nothing. */
export const split = (text: string, pattern: string, limit: number): string[] => {
  const { search } = compiled(pattern);
  const parts: string[] = [];
  let last = 0;
  search.lastIndex = 0;
  for (let found = search.exec(text); found; found = search.exec(text)) {
    const end = found.index + found[0].length;
    if (found[0] === '') pass(search, text);
    if (limit > 0 && parts.length === limit - 1) break;
    if (end === 0) continue;
    if (found[0] === '' && found.index >= text.length && limit === 0) break;
    parts.push(text.slice(last, found.index));
    last = end;
  }
  if (parts.length === 0) return [text];
  parts.push(text.slice(last));
  if (limit === 0) while (parts.length > 0 && parts.at(-1) === '') parts.pop();
  return parts;
};
