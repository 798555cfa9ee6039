import type { FilterExpression } from './filter-expression.ts';

/** A path as it was read: its root, and what leads from there, step by step. */
export type ParsedPath = { readonly root: '$' | '@'; readonly tokens: readonly PathToken[] };

export type PathToken =
  | { readonly kind: 'property'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | null; readonly to: number | null }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'scan' }
  | { readonly kind: 'filter'; readonly expression: FilterExpression }
  | FunctionToken;

export type FunctionToken = {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
};

export type FunctionParameter =
  | { readonly kind: 'path'; readonly path: ParsedPath }
  | { readonly kind: 'json'; readonly text: string };

/** Whether a token leads to one place at most. Several names at the end of a path make one object. */
export const isDefinite = (token: PathToken, isLast: boolean): boolean => {
  switch (token.kind) {
    case 'property':
      return isLast || token.names.length === 1;
    case 'index':
      return token.indexes.length === 1;
    case 'function':
      return true;
    default:
      return false;
  }
};
