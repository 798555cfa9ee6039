import { Cursor } from './cursor.ts';
import type { JsonPathDialect } from './dialect.ts';
import { parseAsItStands } from './parse-path.ts';
import type { FunctionParameter } from './path-token.ts';

/**
 * Reads the parameters of a function up to its closing parenthesis: paths, and JSON that begins with a digit, a double
 * quote or a brace. What begins otherwise is passed over, as Jayway passes it over.
 */
export const readFunctionParameters = (
  cursor: Cursor,
  name: string,
  dialect: JsonPathDialect,
): readonly FunctionParameter[] => {
  const parameters: FunctionParameter[] = [];
  const open = { '(': 1, '[': 0, '{': 0, '"': 0 };
  let kind: FunctionParameter['kind'] | null = null;
  let text = '';
  let begin = 0;
  let before = '';
  for (let closed = false; cursor.inBounds() && !closed; ) {
    const character = cursor.current;
    cursor.position++;
    if (kind === null) {
      if (/[ \t\n\r]/.test(character)) continue;
      kind = kindOf(character, dialect);
      begin = cursor.position - 1;
    }
    if (character === '"') open['"'] += open['"'] > 0 && before !== '\\' ? -1 : 1;
    else if (character === '(' || character === '[' || character === '{') open[character]++;
    else if (character === '}' && open['{']-- === 0) cursor.fail("'}' closes nothing");
    else if (character === ']' && open['[']-- === 0) cursor.fail("']' closes nothing");
    else if (character === ')') {
      open['(']--;
      const isEmptyCall = dialect.checksClosing ? open['('] < 0 || before === '(' : open['('] !== 0;
      if (isEmptyCall) text += character;
    }
    const isEnd = character === ')' || character === ',';
    const depth = open['('];
    if (isEnd && !open['"'] && !open['{'] && !open['['] && ((depth === 0 && character === ')') || depth === 1)) {
      closed = depth === 0;
      if (kind === 'json') parameters.push({ kind, text });
      if (kind === 'path') {
        const path = parseAsItStands(new Cursor(text, cursor.offset + begin), dialect);
        parameters.push({ kind, path });
      }
      kind = null;
      text = '';
    }
    if (kind !== null && !(character === ',' && !open['{'] && !open['['] && open['('] === 1)) text += character;
    before = character;
  }
  if (open['{'] || open['('] || open['[']) cursor.fail(`the parameters of '${name}' are not closed`);
  return parameters;
};

const kindOf = (character: string, { negativeParameters }: JsonPathDialect): FunctionParameter['kind'] | null => {
  if (character === '$' || character === '@') return 'path';
  return /[{"\d]/.test(character) || (character === '-' && negativeParameters) ? 'json' : null;
};
