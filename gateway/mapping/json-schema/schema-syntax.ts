import { isUri } from './format-uri.ts';
import { compareNumbers, isSameJson, type JsonNumber, type TypeName, typeNames, typeOf } from './json-node.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What a keyword of draft 4 may be: its types, in the validator's order, and what else is demanded of it. */
type Syntax = {
  readonly types: readonly TypeName[];
  readonly check?: (value: never, schema: Schema) => readonly string[];
};

const when = (isWrong: boolean, message: string): readonly string[] => (isWrong ? [message] : []);

const only = (...types: readonly TypeName[]): Syntax => ({ types });
const number = only('integer', 'number');
const text = only('string');
const map = only('object');
const schema = only('boolean', 'object');

const count: Syntax = {
  types: ['integer'],
  check: (value: JsonNumber) =>
    compareNumbers(value, 2 ** 31 - 1) > 0
      ? ['integer value is too large']
      : when(compareNumbers(value, 0) < 0, 'integer value must be strictly positive'),
};

const isRegex = (pattern: string): boolean => {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
};

const paired = (keyword: 'minimum' | 'maximum', own: string): Syntax => ({
  types: ['boolean'],
  check: (_: never, { [keyword]: bound }) => when(bound === undefined, `${own} must be paired with ${keyword}`),
});

const uri: Syntax = {
  types: ['string'],
  check: (value: string) => when(!isUri(value), `string is not a valid URI: "${value}"`),
};

const filledList: Syntax = {
  types: ['array'],
  check: (list: readonly unknown[]) => when(list.length === 0, 'array must have at least one element'),
};

const hasDuplicates = (list: readonly unknown[]): boolean =>
  list.some((each, index) => list.slice(0, index).some((other) => isSameJson(each, other)));

const duplicates = (list: readonly unknown[]): readonly string[] =>
  when(hasDuplicates(list), 'array must not contain duplicate elements');

const wrongElement = (index: number, expected: string, element: unknown): string =>
  `array element at index ${index} has incorrect type (expected one of ${expected} but found ${typeOf(element)})`;

const stringList = (list: readonly unknown[]): readonly string[] => {
  if (list.length === 0) return ['array must have at least one element'];
  const wrong = list.flatMap((each, index) => when(typeof each !== 'string', wrongElement(index, '[string]', each)));
  return [...wrong, ...duplicates(list)];
};

const unknownType = (name: unknown): readonly string[] =>
  when(
    !typeNames.some((known) => known === name),
    `"${name}" is not a valid primitive type (valid values are: [${typeNames.join(', ')}])`,
  );

const elementOfType = (element: unknown, index: number): readonly string[] =>
  typeof element === 'string' ? unknownType(element) : [wrongElement(index, 'string', element)];

export const schemaSyntax: Readonly<Record<string, Syntax>> = {
  $ref: uri,
  $schema: uri,
  id: uri,
  additionalItems: schema,
  additionalProperties: schema,
  allOf: filledList,
  anyOf: filledList,
  oneOf: filledList,
  definitions: map,
  properties: map,
  patternProperties: {
    types: ['object'],
    check: (value: Schema) =>
      Object.keys(value)
        .sort()
        .flatMap((name) => when(!isRegex(name), `property name "${name}" is not a valid ECMA 262 regular expression`)),
  },
  dependencies: {
    types: ['object'],
    check: (value: Schema) =>
      Object.keys(value)
        .sort()
        .flatMap((name) => {
          const dependency = value[name];
          if (typeOf(dependency) === 'object') return [];
          if (Array.isArray(dependency)) return stringList(dependency);
          return [
            `dependency value for property "${name}" has incorrect type (expected one of [array, object] but found ${typeOf(dependency)})`,
          ];
        }),
  },
  description: text,
  title: text,
  format: text,
  enum: { types: ['array'], check: duplicates },
  exclusiveMinimum: paired('minimum', 'exclusiveMinimum'),
  exclusiveMaximum: paired('maximum', 'exclusiveMaximum'),
  minimum: number,
  maximum: number,
  multipleOf: {
    types: number.types,
    check: (value: JsonNumber) => when(compareNumbers(value, 0) <= 0, 'divisor must be strictly greater than zero'),
  },
  items: {
    types: ['array', 'object'],
    check: (value: unknown) => when(Array.isArray(value) && value.length === 0, 'array must have at least one element'),
  },
  minItems: count,
  maxItems: count,
  minLength: count,
  maxLength: count,
  minProperties: count,
  maxProperties: count,
  pattern: {
    types: ['string'],
    check: (value: string) => when(!isRegex(value), `string "${value}" is not a valid ECMA 262 regular expression`),
  },
  required: { types: ['array'], check: stringList },
  type: {
    types: ['array', 'string'],
    check: (value: unknown) => {
      if (!Array.isArray(value)) return unknownType(value);
      if (value.length === 0) return ['array must have at least one element'];
      return [...value.flatMap(elementOfType), ...duplicates(value)];
    },
  },
  uniqueItems: only('boolean'),
};
