import { describe, expect, test } from 'vitest';
import type { RequestValidator, RestDefinition, RestMethod } from '#gateway/model/rest-api.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { methodOf, send } from './rest-apis.ts';

const validator = (name: string, body: boolean, parameters: boolean): Record<string, RequestValidator> => ({
  [name]: { name, validateRequestBody: body, validateRequestParameters: parameters },
});

const models = (schemas: Record<string, unknown>, isImported = false): RestDefinition['models'] =>
  Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      { name, contentType: 'application/json', schema, isImported },
    ]),
  );

const definition: Partial<RestDefinition> = {
  requestValidators: {
    ...validator('all', true, true),
    ...validator('body', true, false),
    ...validator('none', false, false),
  },
  models: models({
    Bid: { type: 'object', required: ['cents'], properties: { cents: { type: 'integer' } } },
    Broken: { type: 'integger' },
    Loop: { allOf: [{ $ref: '#' }] },
  }),
};

const post = (
  method: Partial<RestMethod>,
  message: { readonly url?: string; readonly headers?: readonly string[]; readonly body?: string },
  more: Partial<RestDefinition> = {},
) =>
  send(
    fakeServices(),
    { '/bids': [methodOf('POST', method)] },
    { method: 'POST', url: '/dev/bids', ...message },
    { definition: { ...definition, ...more } },
  );

const bid: Partial<RestMethod> = {
  requestValidator: 'all',
  requestParameters: { 'method.request.querystring.lot': true, 'method.request.header.x-bidder': true },
  requestModels: { 'application/json': 'Bid' },
};
const complete = { url: '/dev/bids?lot=1', headers: ['x-bidder', 'b'] };

describe('a method with a validator', () => {
  test('lets through what is complete', async () => {
    expect((await post(bid, { ...complete, body: '{"cents":1}' })).status).toBe(200);
  });

  test('names the parameters that are missing, and says nothing of the body then', async () => {
    const response = await post(bid, { body: '{}' });
    expect([response.status, textOf(response)]).toEqual([
      400,
      '{"message": "Missing required request parameters: [x-bidder, lot]"}',
    ]);
    expect(headersOf(response).get('x-amzn-errortype')).toBe('BadRequestException');
    expect(headersOf(response).get('x-amzn-trace-id')).not.toBeNull();
  });

  test.each(['{}', '', 'no JSON', '{"cents":"1"}'])('refuses the body %j', async (body) => {
    const response = await post(bid, { ...complete, body });
    expect([response.status, textOf(response)]).toEqual([400, '{"message": "Invalid request body"}']);
  });

  test.each([
    [[], 400],
    [['Content-Type', 'application/json; charset=utf-8'], 400],
    [['Content-Type', 'text/plain'], 200],
  ])('knows the model by the content type %j: %i', async (headers, status) => {
    const response = await post({ ...bid, requestValidator: 'body' }, { headers, body: '{}' });
    expect(response.status).toBe(status);
  });

  test('tells a gateway response what was wrong with the body', async () => {
    const template = '{"type":"$context.error.responseType","why":"$context.error.validationErrorString"}';
    const response = await post(
      bid,
      { ...complete, body: '{}' },
      {
        gatewayResponses: {
          BAD_REQUEST_BODY: {
            statusCode: '422',
            responseParameters: {},
            responseTemplates: { 'application/json': template },
          },
        },
      },
    );
    expect(response.status).toBe(422);
    expect(JSON.parse(textOf(response))).toEqual({
      type: 'BAD_REQUEST_BODY',
      why: '[object has missing required properties (["cents"])]',
    });
  });
});

test.each([null, 'none'])('with the validator %s nothing is checked', async (requestValidator) => {
  expect((await post({ ...bid, requestValidator }, { body: '{}' })).status).toBe(200);
});

test.each([
  ['a schema that is none', { requestModels: { 'application/json': 'Broken' } }, 'integger'],
  ['a model that is not there', { requestModels: { 'application/json': 'Nobody' } }, 'Nobody'],
  ['a validator that is not there', { requestValidator: 'nobody' }, 'nobody'],
])('%s lets nothing through', async (_, method, said) => {
  const response = await post({ ...bid, ...method }, { ...complete, body: '{"cents":1}' });
  expect(response.status).toBe(501);
  expect(headersOf(response).get('x-gavel-reason')).toContain(said);
});

test('a schema that applies itself without end fails as a configuration does', async () => {
  const response = await post(
    { requestValidator: 'body', requestModels: { 'application/json': 'Loop' } },
    { body: '{"cents":1}' },
  );
  expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
});

test('the models of an OpenAPI document refer to each other as they do there', async () => {
  const imported = models(
    {
      Bid: { type: 'object', properties: { lot: { $ref: '#/components/schemas/Lot' } } },
      Lot: { type: 'object', required: ['id'], nullable: true },
    },
    true,
  );
  const of = async (body: string) =>
    (await post({ ...bid, requestValidator: 'body' }, { body }, { models: imported })).status;
  expect([await of('{"lot":{}}'), await of('{"lot":{"id":1}}')]).toEqual([400, 200]);
});
