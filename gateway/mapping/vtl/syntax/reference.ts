import type { Cursor } from './cursor.ts';
import { parseArguments, parseExpression, parseIndex } from './expression.ts';
import type { Expression, Reference, Step } from './nodes.ts';

const start = /\\*(?:\$\\*!|\$)\{?[A-Za-z_]/y;

/** Whether a reference begins here, with the backslashes before it. */
export const atReference = (cursor: Cursor): boolean => cursor.sees(start);

const hyphenated = /[A-Za-z_][A-Za-z0-9_-]*/y;
const plain = /[A-Za-z_][A-Za-z0-9_]*/y;

/** Reads `$x`, `$!x`, `${x}`, `$!{x}` with all that hangs on it. The caller has seen that one begins here. */
export const parseReference = (cursor: Cursor): Reference => {
  const at = cursor.at;
  const backslashes = cursor.match(/\\*/y)!.length;
  const dollar = cursor.at;
  cursor.expect('$');
  const quiet = cursor.take('!');
  const formal = cursor.take('{');
  const name = identifier(cursor);
  const steps = parseSteps(cursor);
  let alternate: Expression | null = null;
  if (formal) {
    if (cursor.dialect.expressionsEverywhere && cursor.take('|')) {
      alternate = parseExpression(cursor);
      cursor.space();
    }
    if (!cursor.take('}')) cursor.unexpected(`“}” of the reference “\${${name}”`);
  }
  const literal = cursor.source.slice(dollar, cursor.at);
  return { kind: 'reference', name, steps, quiet, literal, backslashes, alternate, at: cursor.offset(at) };
};

const identifier = (cursor: Cursor, after = false): string => {
  const name = cursor.match(cursor.dialect.hyphensInNames ? hyphenated : plain);
  if (name === null) cursor.unexpected('a name');
  // These two are read as values wherever they stand, in 2.x but for the first.
  if ((after || !cursor.dialect.expressionsEverywhere) && (name === 'true' || name === 'false')) {
    cursor.fail(`“${name}” cannot be a name`, cursor.at - name.length);
  }
  return name;
};

const parseSteps = (cursor: Cursor): Step[] => {
  const steps: Step[] = [];
  for (;;) {
    const at = cursor.at;
    if (cursor.take('[')) {
      steps.push({ kind: 'index', index: parseIndex(cursor), at: cursor.offset(at) });
    } else if (cursor.peek() === 46 && startsStep(cursor)) {
      cursor.at++;
      const name = identifier(cursor, true);
      if (cursor.take('(')) {
        steps.push({ kind: 'method', name, arguments: parseArguments(cursor), at: cursor.offset(at) });
      } else {
        steps.push({ kind: 'property', name, at: cursor.offset(at) });
      }
    } else {
      return steps;
    }
  }
};

/** A dot is text unless a letter follows; 2.x takes an underscore too. */
const startsStep = (cursor: Cursor): boolean => {
  const next = cursor.peek(1);
  return (
    (next >= 97 && next <= 122) || (next >= 65 && next <= 90) || (next === 95 && cursor.dialect.expressionsEverywhere)
  );
};
