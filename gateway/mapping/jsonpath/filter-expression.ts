import type { JavaBigDecimal } from '../vtl/values/value.ts';
import type { LenientJson } from './lenient-json.ts';
import type { ParsedPath } from './path-token.ts';

export type FilterExpression =
  | { readonly kind: 'or' | 'and'; readonly operands: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | { readonly kind: 'exists'; readonly path: ParsedPath; readonly wanted: boolean }
  | { readonly kind: 'relation'; readonly left: Operand; readonly operator: string; readonly right: Operand };

export type Operand =
  | { readonly kind: 'path'; readonly path: ParsedPath }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null | JavaBigDecimal }
  | { readonly kind: 'json'; readonly json: LenientJson }
  | { readonly kind: 'pattern'; readonly pattern: string };
