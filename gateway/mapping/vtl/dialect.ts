/** Where engines of the Velocity Template Language differ: Velocity 1.7, 2.x, and API Gateway's own. */
export type Dialect = {
  /** `$a-b` is one name (1.7), not `$a` followed by text. */
  readonly hyphensInNames: boolean;
  /** `bc`: directives take the line end behind them; `lines`: a line of nothing but a directive leaves nothing. */
  readonly spaceGobbling: 'bc' | 'lines';
  /**
   * The grammar of 2.x in all that 1.7 did not read yet: `$list[$i + 1]`, `$s.substring($i + 1)`, `${x|'y'}`, `-$x`,
   * `#foreach … #else`, defaults of macro parameters.
   */
  readonly expressionsEverywhere: boolean;
  /** A lone `$` or `#` may end a template. */
  readonly loneSymbolAtEnd: boolean;
  /** Empty texts, empty collections and zero are false. */
  readonly emptyIsFalse: boolean;
  /** `#set($x = $null)` takes the variable's value away; 1.7 leaves it as it was. */
  readonly setToNull: boolean;
  /** `#set(${x} = 1)` and `#set($!x = 1)` set nothing that could be read again (1.7). */
  readonly plainTargetsOnly: boolean;
  /** `#stop` within `#evaluate` ends that alone (1.7). */
  readonly stopEndsEvaluate: boolean;
  /** Texts stand for numbers and numbers for texts where the other kind is wanted; `$list.size` is `$list.size()`. */
  readonly conversions: boolean;
  /** Macro arguments are looked up each time they are named, as if written out; 2.x evaluates them once. */
  readonly argumentsByName: boolean;
  /** `$velocityCount` and `$velocityHasNext`. */
  readonly velocityCount: boolean;
  /** An unresolved reference shows as it was written, or as nothing. */
  readonly unresolved: 'literal' | 'empty';
  /** `$missing == ""`. */
  readonly nullEqualsEmptyText: boolean;
  /** `#foreach` ends quietly after so many rounds. */
  readonly mostRounds: number;
  readonly mostBytes: number;
  /** `#macro` calls inside each other. */
  readonly deepestMacro: number;
};

export const VELOCITY_1_7: Dialect = {
  hyphensInNames: true,
  spaceGobbling: 'bc',
  expressionsEverywhere: false,
  loneSymbolAtEnd: false,
  emptyIsFalse: false,
  setToNull: false,
  plainTargetsOnly: true,
  stopEndsEvaluate: true,
  conversions: false,
  argumentsByName: true,
  velocityCount: true,
  unresolved: 'literal',
  nullEqualsEmptyText: false,
  mostRounds: Number.POSITIVE_INFINITY,
  mostBytes: Number.POSITIVE_INFINITY,
  deepestMacro: 20,
};

export const VELOCITY_2: Dialect = {
  ...VELOCITY_1_7,
  hyphensInNames: false,
  spaceGobbling: 'lines',
  expressionsEverywhere: true,
  loneSymbolAtEnd: true,
  emptyIsFalse: true,
  setToNull: true,
  plainTargetsOnly: false,
  stopEndsEvaluate: false,
  conversions: true,
  argumentsByName: false,
  velocityCount: false,
};

/**
 * API Gateway's: an engine of 2015 with its own limits. Nothing public says which; an empty text counts as true in
 * `#if`, which is 1.7. That nothing shows for what is unresolved and that null equals an empty text was recorded from AWS.
 */
export const API_GATEWAY: Dialect = {
  ...VELOCITY_1_7,
  unresolved: 'empty',
  nullEqualsEmptyText: true,
  mostRounds: 1000,
  mostBytes: 300 * 1024,
};
