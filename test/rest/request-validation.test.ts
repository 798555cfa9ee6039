import { describe, expect, test } from 'vitest';
import { SchemaError } from '#gateway/mapping/json-schema/schema-error.ts';
import { parseHeaders } from '#gateway/mapping/request-headers.ts';
import type { RestModel } from '#gateway/model/rest-api.ts';
import {
  bodyFailureReason,
  compileBodyValidator,
  compileModels,
  validationErrorString,
} from '#gateway/rest/validation/request-body.ts';
import { compileRequiredParameters, missingParametersMessage } from '#gateway/rest/validation/required-parameters.ts';

describe('required parameters', () => {
  const missing = compileRequiredParameters({
    'method.request.querystring.qs1': true,
    'method.request.querystring.optional': false,
    'method.request.path.issuer': true,
    'method.request.header.x-header-param': true,
  });
  const none = { headers: parseHeaders([], new Set()), query: new Map<string, string[]>(), pathParameters: null };

  test('are named headers first, then those of the path, then those of the query', () => {
    expect(missingParametersMessage(missing(none))).toBe(
      'Missing required request parameters: [x-header-param, issuer, qs1]',
    );
  });

  test('are there when they have a value', () => {
    const headers = parseHeaders(['x-header-param', 'a'], new Set());
    expect(missing({ headers, query: new Map([['qs1', ['', 'b']]]), pathParameters: { issuer: 'c' } })).toEqual([]);
  });

  test('are missing when they are blank, or a header has another case', () => {
    const headers = parseHeaders(['X-Header-Param', 'a'], new Set());
    const query = new Map([['qs1', ['']]]);
    expect(missing({ headers, query, pathParameters: { issuer: ' ' } })).toEqual(['x-header-param', 'issuer', 'qs1']);
  });
});

describe('bodies', () => {
  const model = (name: string, schema: unknown): Record<string, RestModel> => ({
    [name]: { name, contentType: 'application/json', schema, isImported: false },
  });
  const address = (name: string): string => `https://apigateway.amazonaws.com/restapis/abc123/models/${name}`;
  const models = compileModels({
    ...model('Order', {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['type', 'symbol', 'shares', 'day'],
        properties: {
          type: { type: 'string', enum: ['STOCK', 'BOND'] },
          symbol: { type: 'string', maxLength: 4 },
          shares: { type: 'number', maximum: 1000 },
          day: { type: 'string', pattern: '^\\d{4}$' },
        },
      },
    }),
    ...model('Text', '{"type":"object","properties":{"order":{"$ref":"#/definitions/O"}},"definitions":{"O":{}}}'),
    ...model('Holder', {
      type: 'object',
      properties: { order: { $ref: address('Order') }, error: { $ref: address('Error') } },
    }),
    ...model('Lost', { $ref: address('Nobody') }),
    ...model('Wrong', { properties: { a: { type: 'text' } } }),
  });
  const validate = compileBodyValidator({ 'application/json': 'Order' }, models);

  test('all that is wrong with a body is told, by the names of its members', () => {
    const body = JSON.stringify([{ type: 'WOW', symbol: 'too long', shares: 999_999, day: 'now' }]);
    const failure = validate('application/json', body)!;
    expect(bodyFailureReason(failure)).toBe(
      'Request body does not match model schema for content type application/json: [' +
        'ECMA 262 regex "^\\d{4}$" does not match input string "now", ' +
        'numeric instance is greater than the required maximum (maximum: 1000, found: 999999), ' +
        'string "too long" is too long (length: 8, maximum allowed: 4), ' +
        'instance value ("WOW") not found in enum (possible values: ["STOCK","BOND"])]',
    );
    expect(JSON.parse(`"${validationErrorString(failure)}"`)).toContain('[ECMA 262 regex "^\\d{4}$" does not');
  });

  test.each(['', '{', 'nothing', `${'['.repeat(1001)}${']'.repeat(1001)}`])('%.20s cannot be read', (body) => {
    expect(validate(null, body)).toEqual({
      contentType: 'application/json',
      errors: ['Unknown error parsing request body'],
    });
  });

  test('a body of a content type without a model passes', () => {
    expect(validate('text/plain', 'nothing')).toBeNull();
    expect(compileBodyValidator({ $default: 'Order' }, models)('text/plain', '[]')?.errors).toEqual([
      'array is too short: must have at least 1 elements but instance has 0 elements',
    ]);
  });

  test('models refer to each other and to those that every API has', () => {
    const holder = compileBodyValidator({ 'application/json': 'Holder' }, models);
    expect(holder(null, '{"order":[],"error":{"message":1}}')?.errors).toEqual([
      'instance type (integer) does not match any allowed primitive type (allowed: ["string"])',
      'array is too short: must have at least 1 elements but instance has 0 elements',
    ]);
    expect(compileBodyValidator({ 'application/json': 'Empty' }, models)(null, '{"any":1}')).toBeNull();
    expect(compileBodyValidator({ 'application/json': 'Text' }, models)(null, '{"order":1}')).toBeNull();
  });

  test.each([
    ['Nobody', '/: there is no model "Nobody"'],
    ['Lost', `/: JSON Reference "${address('Nobody')}" cannot be resolved`],
    ['Wrong', '/properties/a/type: "text" is not a valid primitive type'],
  ])('the model %s is refused when it is compiled', (name, message) => {
    const compile = () => compileBodyValidator({ 'application/json': name }, models);
    expect(compile).toThrow(SchemaError);
    expect(compile).toThrow(message);
  });
});
