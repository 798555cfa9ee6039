/**
 * `node make-cases.ts` writes cases.json: the schemas and documents of cases.txt, where a line `# …` comes before each
 * schema, and schemas and documents made by a seeded generator. Its output is committed, so that the answers recorded for
 * it stay beside what they answer.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type SchemaCase = { readonly schema: string; readonly documents: readonly string[] };

const here = (name: string): URL => new URL(name, import.meta.url);

const written = (): SchemaCase[] =>
  readFileSync(here('cases.txt'), 'utf8')
    .replace(/\n$/, '')
    .split(/^#.*\n/m)
    .slice(1)
    .map((part) => {
      const [schema = '', ...documents] = part.replace(/\n$/, '').split('\n');
      return { schema, documents };
    });

let seed = 20_261_124;
const below = (limit: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
  return (seed >>> 8) % limit;
};
const oneOf = <Value>(values: readonly Value[]): Value => values[below(values.length)]!;
const some = <Value>(values: readonly Value[]): Value[] => values.filter(() => below(3) === 0);

const names = ['a', 'b', 'c', 'id', 'name', 'n'];
const types = ['string', 'integer', 'number', 'boolean', 'null', 'array', 'object'];
const scalars = [
  '1',
  '2',
  '-3',
  '1.5',
  '2.0',
  '10',
  '"a"',
  '"ab"',
  '"abcd"',
  '""',
  'true',
  'false',
  'null',
  '"1"',
  '1e1',
];

const keyword = (depth: number): [string, unknown] =>
  oneOf<() => [string, unknown]>([
    () => ['type', oneOf(types)],
    () => ['type', oneOf(types)],
    () => ['type', [...new Set([oneOf(types), oneOf(types)])]],
    () => ['enum', [1, 'a', null, 2.5].slice(below(3))],
    () => ['minimum', below(6) - 2],
    () => ['maximum', below(6) + 0.5],
    () => ['multipleOf', oneOf([1, 2, 0.5])],
    () => ['minLength', below(4)],
    () => ['maxLength', below(4)],
    () => ['pattern', oneOf(['^a', 'b$', '^\\d+$'])],
    () => ['minItems', below(3)],
    () => ['maxItems', below(3)],
    () => ['uniqueItems', true],
    () => ['required', some(names).concat('name')],
    () => ['minProperties', below(4)],
    () => ['maxProperties', below(4)],
    () => ['additionalProperties', depth > 0 && below(2) === 0 ? schema(depth - 1) : false],
    () => ['dependencies', { [oneOf(names)]: [oneOf(names)] }],
    () => ['properties', Object.fromEntries(some(names).map((name) => [name, schema(depth - 1)]))],
    () => ['properties', Object.fromEntries(some(names).map((name) => [name, schema(depth - 1)]))],
    () => ['patternProperties', { '^n': schema(depth - 1) }],
    () => ['items', below(2) === 0 ? schema(depth - 1) : [schema(depth - 1), schema(depth - 1)]],
    () => ['additionalItems', depth > 0 && below(2) === 0 ? schema(depth - 1) : false],
    () => [oneOf(['allOf', 'anyOf', 'oneOf']), [schema(depth - 1), schema(depth - 1)]],
    () => ['not', schema(depth - 1)],
  ])();

const schema = (depth: number): Record<string, unknown> =>
  depth < 0 ? {} : Object.fromEntries(Array.from({ length: 1 + below(3) }, () => keyword(depth)));

const document = (depth: number): string => {
  const kind = depth > 0 ? below(4) : 0;
  if (kind < 2) return oneOf(scalars);
  if (kind === 2) return `[${Array.from({ length: below(4) }, () => document(depth - 1)).join(',')}]`;
  return `{${some(names)
    .sort(() => below(3) - 1)
    .map((name) => `"${name}":${document(depth - 1)}`)
    .join(',')}}`;
};

const generated = (): SchemaCase[] =>
  Array.from({ length: 250 }, () => ({
    schema: JSON.stringify(schema(2)),
    documents: Array.from({ length: 6 }, () => document(3)),
  }));

/** What texts of a format are made of, rightly or wrongly. */
const pieces: Readonly<Record<string, readonly string[]>> = {
  'date-time': ['2026-11-24', '2024-02-29', 'T', '12:30:00', '23:59:60', '.5', 'Z', '+01:00', '-0100', '+01', ' ', '0'],
  email: ['a', 'b', '.', '@', '@', '-', '_', '"', ' ', '<', '>', 'c.de', '1', 'ä', '+'],
  hostname: ['a', 'b', '.', '-', '_', '1', 'com', 'ä', '/'],
  ipv4: ['1', '.', '25', '255', '256', '0', ':', '::ffff'],
  ipv6: ['1', ':', '::', 'ffff', '0', 'a', 'g', '.', '1.2.3.4', '%', '12345', 'fe80'],
  uri: ['a', ':', '/', '//', '?', '#', '[', ']', '@', '%20', '%4', '1', '.', 'http:', '::1', 'ä', ' ', '^', '+', '&'],
  uuid: ['a', '1', '-', '123e4567', 'e89b', 'g'],
};

const formatted = (): SchemaCase[] =>
  Object.entries(pieces).map(([format, parts]) => ({
    schema: JSON.stringify({ format }),
    documents: Array.from({ length: 60 }, () =>
      JSON.stringify(Array.from({ length: 1 + below(7) }, () => oneOf(parts)).join('')),
    ),
  }));

const models: unknown = JSON.parse(readFileSync(here('models.json'), 'utf8'));
const cases = [...written(), ...generated(), ...formatted()];
const lines = cases.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
writeFileSync(here('cases.json'), `{\n  "models": ${JSON.stringify(models)},\n  "cases": [\n${lines}\n  ]\n}\n`);
const documents = cases.reduce((sum, each) => sum + Math.max(1, each.documents.length), 0);
process.stdout.write(`${cases.length} schemas, ${documents} cases\n`);
