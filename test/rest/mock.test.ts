import { describe, expect, test } from 'vitest';
import { parseMockStatus } from '#gateway/integrations/mock-status.ts';
import type { RestIntegration } from '#gateway/model/rest-api.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { integrationResponse, methodOf, mockOf, send } from './rest-apis.ts';

test.each([
  ['{"statusCode": 200}', 200],
  ['{statusCode: 200}', 200],
  ["{'statusCode': 404}", 404],
  ['{"statusCode": 200,}', 200],
  ['{"other": {"a": [1, "x",]}, "statusCode": 503 }', 503],
  ['\n { "statusCode" : 200 } \n', 200],
  ['{"statusCode": "200"}', null],
  ['{"statusCode": 200.5}', null],
  ['{"status": 200}', null],
  ['{"nested": {"statusCode": 200}}', null],
  ['{"statusCode": 200} trailing', null],
  ['200', null],
  ['', null],
  ['{', null],
  ['{"statusCode"', null],
  ['['.repeat(100_000), null],
])('the request template %s means status %s', (template, status) => {
  expect(parseMockStatus(template)).toBe(status);
});

const declared = Object.fromEntries(['200', '404', '500'].map((code) => [code, { parameters: {}, models: {} }]));

const answer = (integration: RestIntegration, message: { headers?: string[]; body?: string; method?: string } = {}) =>
  send(
    fakeServices(),
    { '/status': [methodOf('ANY', { integration, responses: declared })] },
    { url: '/dev/status', ...message },
  );

test('a status check: literal templates in and out, headers from literals', async () => {
  const response = await answer(
    mockOf('{"statusCode": 200}', {
      responses: [
        integrationResponse({
          responseTemplates: { 'application/json': '{"status":"open"}' },
          responseParameters: {
            'method.response.header.Access-Control-Allow-Origin': "'*'",
            'method.response.header.X-Stage': 'context.stage',
            'method.response.header.X-None': 'stageVariables.none',
            'method.response.header.X-Backend': 'integration.response.header.X',
            'method.response.header.Date': "'never'",
          },
        }),
      ],
    }),
  );
  expect([response.status, textOf(response)]).toEqual([200, '{"status":"open"}']);
  const headers = headersOf(response);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('x-stage')).toBe('dev');
  expect(headers.get('x-none')).toBeNull();
  expect(headers.get('x-backend')).toBeNull();
  expect(headers.get('x-amzn-remapped-date')).toBe('never');
  expect(headers.get('content-type')).toBe('application/json');
  expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('x-amzn-trace-id')).toBeNull();
});

describe('the integration response is selected by the status', () => {
  const responses = [
    integrationResponse({
      selectionPattern: '4\\d{2}',
      statusCode: '404',
      responseTemplates: { 'text/plain': 'gone' },
    }),
    integrationResponse({ selectionPattern: '50', statusCode: '500' }),
    integrationResponse({ statusCode: '200', responseTemplates: { 'text/plain': 'fine' } }),
  ];
  test.each([
    [404, 404, 'gone'],
    [400, 404, 'gone'],
    [50, 500, ''],
    [503, 200, 'fine'],
  ])('%i → %i', async (mocked, status, body) => {
    const response = await answer(mockOf(`{"statusCode": ${mocked}}`, { responses }));
    expect([response.status, textOf(response)]).toEqual([status, body]);
  });

  test('of several that match, the one of that very status', async () => {
    const both = [
      integrationResponse({ selectionPattern: '.*', statusCode: '200' }),
      integrationResponse({ selectionPattern: '404', statusCode: '404' }),
    ];
    expect((await answer(mockOf('{"statusCode": 404}', { responses: both }))).status).toBe(404);
  });

  test.each([
    ['nothing matches', [integrationResponse({ selectionPattern: '200' })]],
    ['the method does not declare the status', [integrationResponse({ statusCode: '418' })]],
  ])('500 where %s', async (_, list) => {
    const response = await answer(mockOf('{"statusCode": 404}', { responses: list }));
    expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
    expect(headersOf(response).get('x-amzn-trace-id')).toBeNull();
  });
});

test.each([
  [undefined, 'application/json', '{}'],
  ['application/xml', 'application/xml', '<a/>'],
  ['application/xml;q=0.9, text/html', 'application/xml', '<a/>'],
  ['text/html', 'application/json', '{}'],
])('Accept %s gets the template for %s', async (accept, contentType, body) => {
  const responseTemplates = { 'application/xml': '<a/>', 'application/json': '{}' };
  const response = await answer(
    mockOf('{"statusCode": 200}', { responses: [integrationResponse({ responseTemplates })] }),
    { headers: accept ? ['Accept', accept] : [] },
  );
  expect([headersOf(response).get('content-type'), textOf(response)]).toEqual([contentType, body]);
});

describe('the body passes through or is refused', () => {
  const xml = { 'application/xml': '{"statusCode": 200}' };
  test.each([
    ['WHEN_NO_MATCH', xml, 'application/xml', 200],
    ['WHEN_NO_MATCH', xml, 'application/json', 404],
    ['WHEN_NO_MATCH', {}, 'application/json', 404],
    ['WHEN_NO_TEMPLATES', xml, 'application/xml; charset=utf-8', 200],
    ['WHEN_NO_TEMPLATES', xml, 'application/json', 415],
    ['WHEN_NO_TEMPLATES', {}, 'application/json', 404],
    ['NEVER', xml, 'application/xml', 200],
    ['NEVER', xml, 'application/json', 415],
    ['NEVER', {}, 'application/json', 415],
  ] as const)('%s with %j and a body of %s: %i', async (passthroughBehavior, requestTemplates, type, status) => {
    const responses = [
      integrationResponse({ selectionPattern: '404', statusCode: '404' }),
      integrationResponse({ statusCode: '200' }),
    ];
    const response = await answer(mockOf('', { passthroughBehavior, requestTemplates, responses }), {
      method: 'POST',
      headers: ['Content-Type', type],
      body: '{"statusCode": 404}',
    });
    expect(response.status).toBe(status);
    if (status === 415) expect(textOf(response)).toBe('{"message": "Unsupported Media Type"}');
  });
});
