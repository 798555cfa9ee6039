/** Where the releases of Jayway's JsonPath differ in what a path means. */
export type JsonPathDialect = {
  /** `$..a.length()` is `$.length($..a)`; before, the function was applied to each match. */
  readonly functionsTakeScans: boolean;
  /** `$..[0].a` takes `a` of the first elements; before, of all elements. */
  readonly scansKeepIndexes: boolean;
  readonly operators: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** `1e3` is a number in a filter. */
  readonly exponents: boolean;
  /** `=~` asks whether any element of a list matches, and takes all flags of Java's patterns. */
  readonly patternsTakeLists: boolean;
  /** A string in the document that stands in quotes counts as what is within them. */
  readonly stripsQuotes: boolean;
  /** `-1` is a parameter of a function. */
  readonly negativeParameters: boolean;
  /** What is opened must be closed, and a comma within quotes belongs to the name. */
  readonly checksClosing: boolean;
};

const operators = ['>=', '<=', '==', '===', '!=', '!==', '<', '>', '=~', 'NIN', 'IN', 'CONTAINS', 'ALL', 'SIZE'];
const wordOperators = ['TYPE', 'MATCHES', 'EMPTY', 'SUBSETOF'];
const functions = ['avg', 'stddev', 'sum', 'min', 'max', 'concat', 'length', 'size', 'append'];

export const jayway210: JsonPathDialect = {
  functionsTakeScans: true,
  scansKeepIndexes: true,
  operators: new Set([...operators, ...wordOperators, 'ANYOF', 'NONEOF']),
  functions: new Set([...functions, 'keys', 'first', 'last', 'index']),
  exponents: true,
  patternsTakeLists: true,
  stripsQuotes: false,
  negativeParameters: true,
  checksClosing: true,
};

export const jayway24: JsonPathDialect = {
  functionsTakeScans: false,
  scansKeepIndexes: false,
  operators: new Set([...operators, ...wordOperators]),
  functions: new Set(functions),
  exponents: false,
  patternsTakeLists: false,
  stripsQuotes: true,
  negativeParameters: false,
  checksClosing: false,
};

/**
 * AWS names Jayway as the implementation and no release. Releases before 2.9 have a published vulnerability
 * (CVE-2023-51074), which a service that evaluates its customers' paths will not have kept.
 */
export const apiGatewayJsonPath: JsonPathDialect = jayway210;
