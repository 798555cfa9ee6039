import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RestDefinition, RestIntegration } from '#gateway/model/rest-api.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { type BackendAnswer, recordingBackend } from './recording-backend.ts';
import { integrationOf, integrationResponse, methodOf, send, stageOf } from './rest-apis.ts';

let backend: Awaited<ReturnType<typeof recordingBackend>>;
beforeAll(async () => {
  backend = await recordingBackend();
});
afterAll(() => backend.close());

const declared = Object.fromEntries(['200', '404', '502'].map((code) => [code, { parameters: {}, models: {} }]));

type Message = { method?: string; url?: string; headers?: string[]; body?: string | Buffer };

const call = (
  changes: Partial<RestIntegration>,
  message: Message = {},
  answer: BackendAnswer = {},
  definition: Partial<RestDefinition> = {},
) => {
  backend.answer = answer;
  const integration = integrationOf({
    type: 'HTTP',
    uri: `${backend.origin}/prices/{make}?house=\${stageVariables.house}`,
    responses: [integrationResponse({})],
    ...changes,
  });
  return send(
    fakeServices(),
    { '/lots/{lotId}': [methodOf('ANY', { integration, responses: declared })] },
    { url: '/dev/lots/l-1', ...message },
    { definition, api: { stages: [stageOf({ variables: { house: 'North' } })] } },
  );
};

const seen = () => backend.seen.at(-1)!;
const to = (position: string, name: string): string => `integration.request.${position}.${name}`;

describe('the backend', () => {
  test('sees what is mapped, and nothing else of the request', async () => {
    await call(
      {
        requestParameters: {
          [to('path', 'make')]: 'method.request.path.lotId',
          [to('querystring', 'q')]: 'method.request.multivaluequerystring.q',
          [to('querystring', 'last')]: 'method.request.querystring.q',
          [to('querystring', 'none')]: 'method.request.querystring.none',
          [to('header', 'X-All')]: 'method.request.multivalueheader.X-A',
          [to('header', 'X-Stage')]: 'context.stage',
          [to('header', 'X-House')]: 'stageVariables.house',
          [to('header', 'X-Bid')]: 'method.request.body.bid.cents',
          [to('header', 'X-Bidders')]: 'method.request.body.bidders[*].name',
          [to('header', 'X-None')]: 'method.request.body.nothing',
        },
      },
      {
        method: 'POST',
        url: '/dev/lots/l-1?q=a%20b&q=c&secret=1',
        headers: ['X-A', '1', 'X-A', '2', 'Cookie', 'secret', 'Content-Type', 'application/json; charset=utf-8'],
        body: '{"bid":{"cents":100},"bidders":[{"name":"a"},{"name":"b"}]}',
      },
    );
    const { method, url, headers, body } = seen();
    expect([method, url]).toEqual(['POST', '/prices/l-1?house=North&q=a%20b&q=c&last=c']);
    expect(body).toBe('{"bid":{"cents":100},"bidders":[{"name":"a"},{"name":"b"}]}');
    expect(headers).toEqual({
      accept: 'application/json',
      'user-agent': 'AmazonAPIGateway_abcdefghij',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.length),
      host: backend.origin.slice('http://'.length),
      connection: 'keep-alive',
      'x-all': '1,2',
      'x-stage': 'dev',
      'x-house': 'North',
      'x-bid': '100',
      'x-bidders': '["a","b"]',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-/),
      'x-amzn-apigateway-api-id': 'abcdefghij',
    });
  });

  test('gets what the template makes, and the overrides of the template over what is mapped', async () => {
    await call(
      {
        requestParameters: { [to('header', 'X-A')]: "'mapped'", [to('path', 'make')]: "'mapped'" },
        requestTemplates: {
          'application/json':
            '#set($context.requestOverride.header["x-a"] = "over")#set($context.requestOverride.path.make = "Saab")' +
            '#set($context.requestOverride.querystring.year = $input.path("$.year")){"made":$input.json("$.year")}',
        },
      },
      { method: 'POST', body: '{"year":1968}' },
    );
    expect(seen()).toMatchObject({ url: '/prices/Saab?house=North&year=1968', body: '{"made":1968}' });
    expect(seen().headers['x-a']).toBe('over');
  });

  test('is sent no body with a GET', async () => {
    await call({ httpMethod: 'GET' }, { method: 'POST', body: 'woof' });
    expect(seen()).toMatchObject({ method: 'GET', body: '' });
    expect(seen().headers['content-type']).toBeUndefined();
  });

  test.each(['Content-Length', 'Transfer-Encoding', 'X-Amzn-Trace-Id', 'x-amzn-apigateway-api-id'])(
    'is not called where %s is mapped',
    async (name) => {
      const calls = backend.seen.length;
      const response = await call({ requestParameters: { [to('header', name)]: "'1'" } });
      expect([response.status, backend.seen.length]).toEqual([500, calls]);
    },
  );

  test('never sees a mapped Via, TE or Expect', async () => {
    const mapped = ['Via', 'TE', 'Expect'].map((name) => [to('header', name), "'1'"]);
    expect((await call({ requestParameters: Object.fromEntries(mapped) })).status).toBe(200);
    expect(seen().headers).not.toHaveProperty('via');
    expect(seen().headers).not.toHaveProperty('te');
  });

  test.each(['method.request.body', 'method.request.body.bid'])('is not called where %s is no JSON', async (source) => {
    const response = await call(
      { requestParameters: { [to('header', 'X-Bid')]: source } },
      { method: 'POST', body: '{"bid":' },
    );
    expect([response.status, textOf(response)]).toEqual([400, '{"message": "Invalid JSON in request body"}']);
  });

  test.each(['method.request.nothing', 'nonsense', '"double"'])('is not called where %s is mapped', async (source) => {
    expect((await call({ requestParameters: { [to('header', 'X-A')]: source } })).status).toBe(500);
  });

  test('gets the whole body where it is mapped, an empty one as an empty object', async () => {
    const requestParameters = { [to('header', 'X-Body')]: 'method.request.body' };
    await call({ requestParameters }, { method: 'POST', body: 'make=Saab' });
    expect(seen().headers['x-body']).toBe('make=Saab');
    await call({ requestParameters });
    expect(seen().headers['x-body']).toBe('{}');
  });
});

describe('the client', () => {
  const answer = { status: 404, headers: { 'X-Why': 'sold', 'Content-Type': 'text/html' }, body: '{"why":{"code":7}}' };

  test('gets the response of the status, and of the backend’s headers what is mapped', async () => {
    const response = await call(
      {
        responses: [
          integrationResponse({}),
          integrationResponse({
            selectionPattern: '4\\d{2}',
            statusCode: '404',
            responseParameters: {
              'method.response.header.X-Reason': 'integration.response.header.X-Why',
              'method.response.header.X-Code': 'integration.response.body.why.code',
              'method.response.header.X-None': 'integration.response.header.X-None',
              'method.response.header.WWW-Authenticate': "'Basic'",
            },
            responseTemplates: {
              'application/json': '{"code":$input.path("$.why.code"),"lot":"$input.params("lotId")"}',
            },
          }),
        ],
      },
      {},
      answer,
    );
    expect([response.status, textOf(response)]).toEqual([404, '{"code":7,"lot":"l-1"}']);
    const headers = headersOf(response);
    expect(headers.get('x-reason')).toBe('sold');
    expect(headers.get('x-code')).toBe('7');
    expect(headers.get('x-none')).toBeNull();
    expect(headers.get('x-why')).toBeNull();
    expect(headers.get('www-authenticate')).toBeNull();
    expect(headers.get('x-amzn-remapped-www-authenticate')).toBe('Basic');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('x-amzn-trace-id')).toMatch(/^Root=1-/);
  });

  test('gets the default response, with the body as it came, where no pattern matches', async () => {
    const response = await call({}, {}, answer);
    expect([response.status, textOf(response)]).toEqual([200, answer.body]);
    expect(headersOf(response).get('content-type')).toBe('application/json');
  });

  test.each([
    ['application/xml', '<code>7</code>', 'application/xml'],
    ['application/json', '[7]', 'application/json'],
    ['text/html', '[7]', 'application/json'],
  ])('that accepts %s gets %s', async (accept, body, contentType) => {
    const responseTemplates = {
      'application/xml': "<code>$input.path('$.why.code')</code>",
      'application/json': "[$input.path('$.why.code')]",
    };
    const responses = [integrationResponse({ responseTemplates })];
    const response = await call({ responses }, { headers: ['Accept', accept] }, answer);
    expect([textOf(response), headersOf(response).get('content-type')]).toEqual([body, contentType]);
  });

  test.each([
    ['a pattern of Java’s', '(?i)\\p{Digit}0[^5]++', 404],
    ['a pattern that is none', '(', 502],
    ['a pattern that matches the beginning alone', '40', 502],
  ])('%s', async (_, selectionPattern, status) => {
    const responses = [
      integrationResponse({ selectionPattern, statusCode: '404' }),
      integrationResponse({ statusCode: '502' }),
    ];
    expect((await call({ responses }, {}, answer)).status).toBe(status);
  });

  test('gets a 500 where a header is mapped from a body that is no JSON', async () => {
    const responseParameters = { 'method.response.header.X-Code': 'integration.response.body.code' };
    const responses = [integrationResponse({ responseParameters })];
    const response = await call({ responses }, {}, { body: '{"code":' });
    expect(response.status).toBe(500);
    expect(headersOf(response).get('x-amzn-errortype')).toBe('InternalFailureException');
  });

  test('gets a 504 where nobody answers', async () => {
    const response = await call({ uri: 'http://127.0.0.1:1/x' });
    expect([response.status, textOf(response)]).toEqual([
      504,
      '{"message": "Network error communicating with endpoint"}',
    ]);
  });
});

describe('bodies that are not text', () => {
  const png = Buffer.from([0x89, 0x50, 0xff, 0x00]);
  const binary = { binaryMediaTypes: ['image/png'] };
  const post = (contentHandling: RestIntegration['contentHandling'], type: string, body: string | Buffer) =>
    call({ contentHandling }, { method: 'POST', headers: ['Content-Type', type], body }, {}, binary);

  test.each([
    [null, 'image/png', png, png],
    ['CONVERT_TO_BINARY', 'image/png', png, png],
    ['CONVERT_TO_TEXT', 'image/png', png, Buffer.from(png.toString('base64'))],
    ['CONVERT_TO_BINARY', 'text/plain', png.toString('base64'), png],
    ['CONVERT_TO_TEXT', 'text/plain', 'ä', Buffer.from('ä')],
    [null, 'text/plain', png, Buffer.from(png.toString('utf8'))],
  ] as const)('%s and %s', async (handling, type, body, sent) => {
    await post(handling, type, body);
    expect(seen().body).toBe(sent.toString('utf8'));
    expect(seen().headers['content-length']).toBe(String(sent.length));
  });

  test('text that is no base64 cannot become bytes', async () => {
    expect((await post('CONVERT_TO_BINARY', 'text/plain', '%%%')).status).toBe(500);
  });

  test.each([
    [null, 'image/png', 'image/png', png],
    [null, 'text/html', 'image/png', png.toString('base64')],
    ['CONVERT_TO_TEXT', 'image/png', 'image/png', png.toString('base64')],
    ['CONVERT_TO_BINARY', 'text/html', 'image/png', png],
  ] as const)('with %s, a client that accepts %s gets of %s the right shape', async (handling, accept, type, body) => {
    const responses = [integrationResponse({ contentHandling: handling })];
    const answer = { headers: { 'Content-Type': type }, body: png };
    const response = await call({ responses }, { headers: ['Accept', accept] }, answer, binary);
    expect(response.body).toEqual(body);
  });

  test('a backend’s base64 becomes bytes for a client that accepts these', async () => {
    const answer = { headers: { 'Content-Type': 'application/json' }, body: `"${png.toString('base64')}"` };
    const response = await call({}, { headers: ['Accept', 'image/png'] }, answer, binary);
    expect(response.body).toEqual(png);
  });
});
