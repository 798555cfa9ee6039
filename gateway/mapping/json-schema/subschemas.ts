import { isRecord } from './json-node.ts';

type Path = readonly (string | number)[];
type Subschema = { readonly path: Path; readonly schema: unknown };

const one =
  (keyword: string): ((value: unknown) => Subschema[]) =>
  (value) =>
    isRecord(value) ? [{ path: [keyword], schema: value }] : [];

const listed =
  (keyword: string): ((value: unknown) => Subschema[]) =>
  (value) =>
    Array.isArray(value) ? value.map((schema, index) => ({ path: [keyword, index], schema })) : [];

const named =
  (keyword: string): ((value: unknown) => Subschema[]) =>
  (value) =>
    isRecord(value)
      ? Object.keys(value)
          .sort()
          .map((name) => ({ path: [keyword, name], schema: value[name] }))
      : [];

/** Where schemas stand within a schema, by keyword, in the order in which the validator takes them. */
const places: readonly (readonly [keyword: string, find: (value: unknown) => Subschema[]])[] = [
  ['additionalItems', one('additionalItems')],
  ['additionalProperties', one('additionalProperties')],
  ['allOf', listed('allOf')],
  ['anyOf', listed('anyOf')],
  ['definitions', named('definitions')],
  ['dependencies', (value) => named('dependencies')(value).filter(({ schema }) => isRecord(schema))],
  ['items', (value) => (Array.isArray(value) ? listed('items')(value) : one('items')(value))],
  ['not', (value) => [{ path: ['not'], schema: value }]],
  ['oneOf', listed('oneOf')],
  ['patternProperties', named('patternProperties')],
  ['properties', named('properties')],
];

/** The schemas that stand in a schema. */
export const subschemasOf = (schema: Readonly<Record<string, unknown>>): readonly Subschema[] =>
  places.flatMap(([keyword, find]) => (Object.hasOwn(schema, keyword) ? find(schema[keyword]) : []));
