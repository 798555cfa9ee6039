/** Decides whether a value passes a part of a pattern; `undefined` stands for a field that is not there. */
type Test = (value: unknown) => boolean;
type Json = Readonly<Record<string, unknown>>;

/** Compiles the patterns of a mapping: a record passes if one of them lets it, or if there are none. */
export const compileFilters = (patterns: readonly string[]): ((event: unknown) => boolean) => {
  const tests = patterns.map((text) => {
    try {
      return compilePattern(JSON.parse(text));
    } catch (error) {
      throw new Error(`${text} cannot be used: ${(error as Error).message}`);
    }
  });
  return tests.length === 0 ? () => true : (event) => tests.some((test) => test(event));
};

/** A pattern: every field it names must pass; `$or` lists patterns of which one must. */
export const compilePattern = (pattern: unknown): Test => {
  if (!isObject(pattern) || Object.keys(pattern).length === 0)
    throw new Error('a pattern is an object that names fields');
  const tests = Object.entries(pattern).map(([field, part]): Test => {
    if (field === '$or' && Array.isArray(part) && part.length > 1 && part.every(isObject)) {
      const alternatives = part.map(compilePattern);
      return (value) => alternatives.some((test) => test(value));
    }
    const test = Array.isArray(part) ? compileAlternatives(field, part) : compilePattern(part);
    return (value) => test(isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined);
  });
  const all: Test = (value) => tests.every((test) => test(value));
  // An array of objects passes when one of them passes as a whole.
  return (value) => (Array.isArray(value) ? value.some(all) : all(value));
};

const compileAlternatives = (field: string, alternatives: readonly unknown[]): Test => {
  if (alternatives.length === 0) throw new Error(`${field} has no alternative`);
  const tests = alternatives.map(compileMatcher);
  // A field that holds an array passes when one of its elements does.
  return (value) =>
    Array.isArray(value) && value.length > 0
      ? value.some((element) => tests.some((test) => test(element)))
      : tests.some((test) => test(Array.isArray(value) ? undefined : value));
};

const compileMatcher = (matcher: unknown): Test => {
  if (!isObject(matcher)) return compileExact(matcher);
  const [operator, ...others] = Object.keys(matcher);
  const compile = operator === undefined || others.length > 0 ? undefined : operators[operator];
  if (!compile) throw new Error(`${JSON.stringify(matcher)} is no operator`);
  return compile(matcher[operator!]);
};

const compileExact = (literal: unknown): Test => {
  if (literal !== null && typeof literal === 'object') throw new Error(`${JSON.stringify(literal)} is no literal`);
  return (value) => value === literal;
};

const operators: Readonly<Record<string, (operand: unknown) => Test>> = {
  prefix: (operand) => caseable(operand, (text, prefix) => text.startsWith(prefix)),
  suffix: (operand) => caseable(operand, (text, suffix) => text.endsWith(suffix)),
  'equals-ignore-case': (operand) => {
    const wanted = asText(operand).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
  },
  wildcard: (operand) => {
    const expression = wildcardExpression(asText(operand));
    return (value) => typeof value === 'string' && expression.test(value);
  },
  exists(operand) {
    if (typeof operand !== 'boolean') throw new Error('exists takes true or false');
    // Only a leaf exists: of an object the fields are asked.
    return (value) => (value !== undefined && !isObject(value)) === operand;
  },
  numeric: compileNumeric,
  'anything-but': compileAnythingBut,
};

/** `prefix` and `suffix` take a text, or `{"equals-ignore-case": text}`. */
const caseable = (operand: unknown, matches: (text: string, part: string) => boolean): Test => {
  if (isObject(operand) && Object.keys(operand).join() === 'equals-ignore-case') {
    const part = asText(operand['equals-ignore-case']).toLowerCase();
    return (value) => typeof value === 'string' && matches(value.toLowerCase(), part);
  }
  const part = asText(operand);
  return (value) => typeof value === 'string' && matches(value, part);
};

/** `["=", 5]` or `[">", 0, "<=", 5]`. DynamoDB's numbers are texts in a record, so none of them passes, as on AWS. */
function compileNumeric(operand: unknown): Test {
  const wrong = new Error('numeric takes comparisons and numbers in turn');
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 === 1) throw wrong;
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < operand.length; i += 2) {
    const compare = comparisons[String(operand[i])];
    const bound: unknown = operand[i + 1];
    if (!compare || typeof bound !== 'number') throw wrong;
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** Any leaf that is there and is none of these. */
function compileAnythingBut(operand: unknown): Test {
  const excluded = isObject(operand)
    ? compileExclusion(operand)
    : (Array.isArray(operand) ? operand : [operand]).map((literal) => {
        if (typeof literal !== 'string' && typeof literal !== 'number') {
          throw new Error('anything-but takes texts and numbers');
        }
        return compileExact(literal);
      });
  return (value) => value !== undefined && !isObject(value) && !excluded.some((test) => test(value));
}

/** `{"prefix": …}` and its like, each with one text or several. */
const compileExclusion = (operand: Json): Test[] => {
  const [operator, ...others] = Object.keys(operand);
  if (!operator || others.length > 0 || !['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)) {
    throw new Error(`anything-but cannot take ${JSON.stringify(operand)}`);
  }
  const values = operand[operator];
  return (Array.isArray(values) ? values : [values]).map((value) => operators[operator]!(value));
};

/** `*` stands for any characters, `\*` for itself. */
const wildcardExpression = (text: string): RegExp => {
  if (/(?<!\\)(?:\\\\)*\*\*/.test(text)) throw new Error(`${text} has two wildcards in a row`);
  const source = text.replace(/\\([*\\])|([*])|[^*\\]+|\\/g, (part, escaped?: string, star?: string) =>
    star ? '[^]*' : (escaped ?? part).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`);
};

const asText = (operand: unknown): string => {
  if (typeof operand !== 'string') throw new Error(`${JSON.stringify(operand)} is no text`);
  return operand;
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
