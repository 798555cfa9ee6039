import type { Cursor } from './cursor.ts';
import { isDirectiveName } from './directive.ts';
import type { Node } from './nodes.ts';

const escaped = /(\\+)(#(?:([A-Za-z_@][A-Za-z0-9_@]*)|\{([A-Za-z_@][A-Za-z0-9_@]*)\}))?/y;

/**
 * Backslashes that touch a directive: an odd number escapes it, and half of them show. Before anything else they are
 * text. The cursor moves behind what the returned text stands for, or, where the text stays as it is, behind the backslashes.
 */
export const escapedDirective = (cursor: Cursor): string | null => {
  escaped.lastIndex = cursor.at;
  const [, slashes, directive, word, bracketed] = escaped.exec(cursor.source)!;
  const known = directive !== undefined && isEscapable(cursor, (word ?? bracketed)!);
  const count = slashes!.length;
  if (!known) {
    cursor.at += count + (directive !== undefined && count % 2 === 1 ? directive.length : 0);
    return null;
  }
  if (count % 2 === 1) {
    cursor.at += count + directive.length;
    return '\\'.repeat((count - 1) / 2) + directive;
  }
  cursor.at += count;
  // Velocity looks at the one token behind: `#set(` and `#{if}` are no names of directives to it.
  return '\\'.repeat(word === 'set' || bracketed !== undefined ? count : count / 2);
};

const isEscapable = (cursor: Cursor, word: string): boolean =>
  word === 'if' ||
  word === 'elseif' ||
  word === 'else' ||
  word === 'end' ||
  word === 'set' ||
  isDirectiveName(word) ||
  cursor.macros.has(word);

/** `$\!x` is text, less one backslash. */
export const escapedReference = (cursor: Cursor): Node | null => {
  const image = cursor.match(/\$\\+!\{?(?:[A-Za-z_][A-Za-z0-9_-]*)?/y);
  return image === null ? null : { kind: 'text', text: image.replace('\\', '') };
};
