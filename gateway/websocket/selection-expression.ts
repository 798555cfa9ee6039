import { compilePath, followPath, type SelectionPath } from './selection-path.ts';

/**
 * A selection expression, compiled: `$request.body.action`, `${request.body.service}/${request.body.action}`, `\$default`
 * or plain text. It is evaluated in one pass; what it finds is never read as an expression again.
 */
export type SelectionExpression = {
  readonly text: string;
  readonly parts: readonly SelectionPart[];
  /** Variables in it that this gateway cannot follow; they evaluate to nothing. */
  readonly unsupported: readonly string[];
};

type SelectionPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly path: SelectionPath };

/** What the variables of an expression stand for, as a tree: `request.body.action` is a walk through it. */
export type SelectionVariables = {
  readonly request: { readonly body: unknown };
  readonly integration?: { readonly response: { readonly statuscode: string } };
};

/** A literal dollar, a variable with bounds (quotes in it may hold a brace), a variable without, or anything else. */
const token =
  /\\\$|\$\{((?:[^}'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*)\}|\$([A-Za-z](?:[\w.-]|\[(?:[^\]'"]|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")*\])*)|[^\\$]+|[\\$]/gy;

export const compileSelectionExpression = (text: string): SelectionExpression => {
  const parts: SelectionPart[] = [];
  const unsupported: string[] = [];
  for (const [whole, bounded, bare] of text.matchAll(token)) {
    const variable = bounded ?? bare;
    if (variable === undefined) {
      parts.push({ kind: 'literal', text: whole === '\\$' ? '$' : whole });
      continue;
    }
    const path = compilePath(`.${variable.trim()}`);
    if (path) parts.push({ kind: 'variable', path });
    else unsupported.push(variable);
  }
  return { text, parts, unsupported };
};

export const evaluateSelection = (expression: SelectionExpression, variables: SelectionVariables): string => {
  let result = '';
  for (const part of expression.parts) {
    result += part.kind === 'literal' ? part.text : stringify(followPath(variables, part.path));
  }
  return result;
};

/** A missing value and null are nothing; lists and objects take the text form that API Gateway's runtime gives them. */
const stringify = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return `[${value.map(inner).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}=${inner(item)}`)
      .join(', ')}}`;
  return String(value);
};

const inner = (value: unknown): string => (value === null ? 'null' : stringify(value));
