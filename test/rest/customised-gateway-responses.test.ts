import { describe, expect, test } from 'vitest';
import type { GatewayResponse } from '#gateway/model/rest-api.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { send } from './rest-apis.ts';

describe('customised gateway responses', () => {
  const custom = (changes: Partial<GatewayResponse>): GatewayResponse => ({
    statusCode: null,
    responseParameters: {},
    responseTemplates: {},
    ...changes,
  });
  const unmatched = (gatewayResponses: Record<string, GatewayResponse>, headers: string[] = []) =>
    send(fakeServices(), { '/a': ['GET'] }, { url: '/dev/none?q=1', headers }, { definition: { gatewayResponses } });

  test('status, headers and template of the exact type', async () => {
    const response = await unmatched({
      MISSING_AUTHENTICATION_TOKEN: custom({
        statusCode: '404',
        responseParameters: {
          'gatewayresponse.header.Access-Control-Allow-Origin': "'*'",
          'gatewayresponse.header.X-Query': 'method.request.querystring.q',
          'gatewayresponse.header.X-None': 'method.request.header.None',
        },
        responseTemplates: {
          'application/json': '{"error":$context.error.messageString,"type":"$context.error.responseType","if":"#if"}',
        },
      }),
      DEFAULT_4XX: custom({ responseParameters: { 'gatewayresponse.header.X-Family': "'1'" } }),
    });
    expect([response.status, textOf(response)]).toEqual([
      404,
      '{"error":"Missing Authentication Token","type":"MISSING_AUTHENTICATION_TOKEN","if":"#if"}',
    ]);
    const headers = headersOf(response);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('x-query')).toBe('1');
    expect(headers.get('x-none')).toBeNull();
    expect(headers.get('x-family')).toBeNull();
    expect(headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
  });

  test('headers can tell of the error, and know nothing of bodies', async () => {
    const response = await unmatched({
      DEFAULT_4XX: custom({
        responseParameters: {
          'gatewayresponse.header.X-Why': 'context.error.message',
          'gatewayresponse.header.X-Type': 'context.error.responseType',
          'gatewayresponse.header.X-Detail': 'context.error.validationErrorString',
          'gatewayresponse.header.X-Body': 'method.request.body',
          'gatewayresponse.header.X-Backend': 'integration.response.body.a',
        },
      }),
    });
    const headers = headersOf(response);
    expect(headers.get('x-why')).toBe('Missing Authentication Token');
    expect(headers.get('x-type')).toBe('MISSING_AUTHENTICATION_TOKEN');
    for (const absent of ['x-detail', 'x-body', 'x-backend']) expect(headers.get(absent)).toBeNull();
  });

  test('$context is there before anything is routed; only the resource is not', async () => {
    const template =
      '$context.httpMethod $context.path $context.stage $context.apiId $context.identity.sourceIp <$context.resourcePath>';
    const response = await unmatched({
      MISSING_AUTHENTICATION_TOKEN: custom({ responseTemplates: { 'application/json': template } }),
    });
    expect(textOf(response)).toBe('GET /dev/none dev abcdefghij 1.2.3.4 <>');
  });

  test('a header that would break the answer is not set', async () => {
    const response = await unmatched({
      DEFAULT_4XX: custom({
        responseParameters: {
          'gatewayresponse.header.Content-Length': "'1'",
          'gatewayresponse.header.Transfer-Encoding': "'chunked'",
          'gatewayresponse.header.Trailer': "'X-A'",
        },
      }),
    });
    const headers = headersOf(response);
    expect(['content-length', 'transfer-encoding', 'trailer'].map((name) => headers.get(name))).toEqual([
      null,
      null,
      null,
    ]);
    expect(headers.get('x-amzn-remapped-content-length')).toBe('1');
  });

  test('the family stands in for a type without an entry; its own status stays', async () => {
    const response = await unmatched({
      DEFAULT_4XX: custom({ responseParameters: { 'gatewayresponse.header.X-Family': "'1'" } }),
    });
    expect([response.status, textOf(response)]).toEqual([403, '{"message":"Missing Authentication Token"}']);
    expect(headersOf(response).get('x-family')).toBe('1');
  });

  test.each([
    ['application/xml', 'application/xml', '<m>Missing Authentication Token</m>'],
    ['text/html', 'application/json', '{}'],
  ])('Accept %s gets %s', async (accept, contentType, body) => {
    const templates = { 'application/json': '{}', 'application/xml': '<m>$context.error.message</m>' };
    const response = await unmatched({ DEFAULT_4XX: custom({ responseTemplates: templates }) }, ['Accept', accept]);
    expect([headersOf(response).get('content-type'), textOf(response)]).toEqual([contentType, body]);
  });
});
