import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileSchema } from '#gateway/mapping/json-schema/compile-schema.ts';
import { importedSchema } from '#gateway/mapping/json-schema/imported-schema.ts';
import { jsonText } from '#gateway/mapping/json-schema/json-node.ts';
import { parseJsonText } from '#gateway/mapping/json-schema/json-text.ts';
import { modelResolver } from '#gateway/mapping/json-schema/model-references.ts';
import { SchemaError } from '#gateway/mapping/json-schema/schema-error.ts';
import { SchemaLoopError } from '#gateway/mapping/json-schema/schema-node.ts';

const errors = (schema: unknown, body: string): readonly string[] =>
  compileSchema(schema).validate(parseJsonText(body));
const address = (name: string): string => `https://apigateway.amazonaws.com/restapis/abc123/models/${name}`;

describe('bodies', () => {
  test('numbers keep what the validator sees of them', () => {
    expect(errors({ type: 'integer' }, '1.0')).toHaveLength(1);
    expect(errors({ type: 'integer' }, '{"a":1e2}')).toEqual([
      'instance type (object) does not match any allowed primitive type (allowed: ["integer"])',
    ]);
    expect(errors({ properties: { a: { maximum: 9007199254740992 } } }, '{"a":9007199254740993}')).toEqual([
      'numeric instance is greater than the required maximum (maximum: 9007199254740992, found: 9007199254740993)',
    ]);
    expect(errors({ multipleOf: 0.1 }, '0.3')).toEqual([]);
    expect(errors({ enum: [0.1] }, '0.10')).toEqual([]);
  });

  test('whatever JSON.parse reads is read, to the same value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        expect(JSON.parse(jsonText(parseJsonText(text)))).toEqual(JSON.parse(text, positiveZero));
      }),
    );
  });

  test.each([
    '',
    ' ',
    '{"a":1.0,}',
    '[1.0',
    '[1.0}',
    '{"a" 1.0}',
    '{a:1.0}',
    '1.0 2',
    '"\t1.0"',
    '[1.0,]',
    '-',
    '1.e1',
    '01.0',
    '{"a":1.0"b":2}',
  ])('%s is no JSON', (text) => expect(() => parseJsonText(text)).toThrow(SyntaxError));

  test('what no machine could compute with is refused', () => {
    expect(() => parseJsonText('1e999999999')).toThrow(SyntaxError);
    expect(() => parseJsonText(`${'['.repeat(1001)}1.0${']'.repeat(1001)}`)).toThrow(SyntaxError);
    expect(() => parseJsonText(`${'['.repeat(100_000)}`)).toThrow(SyntaxError);
    expect(errors({}, `${'['.repeat(1000)}${']'.repeat(1000)}`)).toEqual([]);
  });

  test('members that every object inherits are neither there nor allowed', () => {
    const schema = {
      required: ['constructor'],
      properties: { toString: { type: 'null' } },
      additionalProperties: false,
    };
    expect(errors(schema, '{}')).toEqual(['object has missing required properties (["constructor"])']);
    expect(errors(schema, '{"constructor":1,"__proto__":1}')).toEqual([
      'object instance has properties which are not allowed by the schema: ["__proto__","constructor"]',
    ]);
  });
});

const positiveZero = (_: string, value: unknown): unknown => (value === 0 ? 0 : value);

describe('references', () => {
  const schemas = {
    Lot: {
      type: 'object',
      properties: { next: { $ref: address('Lot') }, car: { $ref: `${address('Car')}#/definitions/A` } },
    },
    Car: { definitions: { A: { $ref: '#/definitions/B' }, B: { type: 'string' } } },
    Bad: { type: 'object', properties: { x: { minLength: -1 } } },
  };

  test('lead to other models, into them, and round in rings', () => {
    const { validate } = compileSchema(schemas.Lot, modelResolver(schemas));
    expect(validate({ next: { next: { car: 'a' } } })).toEqual([]);
    expect(validate({ next: { next: { car: 1 } } })).toEqual([
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
    ]);
  });

  test.each([
    [{ items: { $ref: '#/definitions/X' } }, '/items', 'JSON Reference "#/definitions/X" cannot be resolved'],
    [{ not: { $ref: address('Nobody') } }, '/not', `JSON Reference "${address('Nobody')}" cannot be resolved`],
    [{ not: { $ref: 'other.json' } }, '/not', 'JSON Reference "other.json" cannot be resolved'],
    [
      { not: { $ref: '#/title' }, title: 'a' },
      '/not',
      'JSON value is of type string, not a JSON Schema (expected an object)',
    ],
    [{ $ref: '#' }, '', 'JSON Reference "#" loops on itself'],
    [{ $ref: address('Bad') }, `${address('Bad')}/properties/x/minLength`, 'integer value must be strictly positive'],
  ])('%j is refused', (schema, pointer, message) => {
    const compile = () => compileSchema(schema, modelResolver(schemas));
    expect(compile).toThrow(SchemaError);
    expect(compile).toThrow(expect.objectContaining({ problems: [{ pointer, message }] }));
  });

  test('a schema that applies itself to the same value again is found out when it does', () => {
    const { validate } = compileSchema({ anyOf: [{ type: 'string' }, { not: { $ref: '#' } }] });
    expect(() => validate('a')).toThrow(SchemaLoopError);
    const ofChildren = compileSchema({
      type: 'object',
      additionalProperties: { anyOf: [{ type: 'string' }, { $ref: '#' }] },
    });
    expect(ofChildren.validate({ a: { b: { c: 'd' } } })).toEqual([]);
    expect(ofChildren.validate({ a: { b: { c: 1 } } })).toHaveLength(1);
  });
});

test('all that is wrong with a schema is told, each with its place', () => {
  const compile = () => compileSchema({ type: 'text', properties: { 'a/b': { required: [] }, c: 1 } });
  expect(compile).toThrow(
    'invalid JSON Schema: /type: "text" is not a valid primitive type ' +
      '(valid values are: [array, boolean, integer, null, number, object, string]); ' +
      '/properties/a~1b/required: array must have at least one element; ' +
      '/properties/c: JSON value is of type integer, not a JSON Schema (expected an object)',
  );
});

test('an import leaves out what API Gateway does not take, and refers to models', () => {
  const schema = {
    type: 'object',
    nullable: true,
    properties: {
      default: { type: 'integer', minimum: 1, exclusiveMinimum: true, example: 5 },
      tags: { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true, items: { $ref: '#/components/schemas/Tag' } },
    },
    allOf: [{ maxItems: 1, maxLength: 2 }],
  };
  const before = structuredClone(schema);
  expect(importedSchema(schema, address)).toEqual({
    type: 'object',
    properties: {
      default: { type: 'integer', minimum: 1 },
      tags: { type: 'array', uniqueItems: true, items: { $ref: address('Tag') } },
    },
    allOf: [{ maxLength: 2 }],
  });
  expect(schema).toEqual(before);
});
