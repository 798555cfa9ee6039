import type { Value } from '../values/value.ts';

/** What a template is made of. `at` is an offset in its text. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | Reference
  | { readonly kind: 'set'; readonly target: Reference; readonly value: Expression }
  | If
  | Foreach
  | { readonly kind: 'define'; readonly name: string; readonly body: readonly Node[] }
  | MacroCall
  | { readonly kind: 'evaluate'; readonly text: Expression; readonly at: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'break'; readonly scope: Expression | null; readonly at: number };

export type If = {
  readonly kind: 'if';
  readonly branches: readonly Branch[];
  readonly otherwise: readonly Node[] | null;
};

export type Branch = { readonly test: Expression; readonly body: readonly Node[] };

export type Foreach = {
  readonly kind: 'foreach';
  readonly variable: string;
  readonly items: Expression;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[] | null;
  readonly at: number;
};

export type MacroCall = {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** Of `#@name() … #end`: `$bodyContent`. */
  readonly body: readonly Node[] | null;
  /** What is shown where there is no such macro. */
  readonly literal: string;
  /** A word without quotes among the arguments: an error once there is such a macro. */
  readonly bareWord: boolean;
  readonly at: number;
};

export type Macro = {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly otherwise: Expression | null }[];
  readonly body: readonly Node[];
};

export type Reference = {
  readonly kind: 'reference';
  readonly name: string;
  readonly steps: readonly Step[];
  readonly quiet: boolean;
  /** As written, from the dollar on. */
  readonly literal: string;
  readonly backslashes: number;
  /** `${x|'shown instead'}`. */
  readonly alternate: Expression | null;
  readonly at: number;
};

export type Step =
  | { readonly kind: 'property'; readonly name: string; readonly at: number }
  | { readonly kind: 'method'; readonly name: string; readonly arguments: readonly Expression[]; readonly at: number }
  | { readonly kind: 'index'; readonly index: Expression; readonly at: number };

export type BinaryOperator = 'or' | 'and' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';

export type Expression =
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'interpolated'; readonly nodes: readonly Node[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly kind: 'range'; readonly from: Expression; readonly to: Expression }
  | Reference
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | Binary;

export type Binary = {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly at: number;
};
