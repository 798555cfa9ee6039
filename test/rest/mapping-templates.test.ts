import { describe, expect, test } from 'vitest';
import type { RestDefinition, RestIntegration } from '#gateway/model/rest-api.ts';
import { createRestPlane } from '#gateway/rest/rest-plane.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { definitionOf, integrationResponse, methodOf, mockOf, restApi, send, stageOf } from './rest-apis.ts';

const declared = Object.fromEntries(['200', '404'].map((code) => [code, { parameters: {}, models: {} }]));

type Message = { url?: string; headers?: string[]; body?: string; method?: string };

const answer = (integration: RestIntegration, message: Message = {}, definition: Partial<RestDefinition> = {}) => {
  const services = fakeServices();
  const pending = send(
    services,
    { '/lots/{lotId}': [methodOf('ANY', { integration, responses: declared })] },
    { url: '/dev/lots/l-1', ...message },
    { definition, api: { stages: [stageOf({ variables: { house: 'North' } })] } },
  );
  return pending.then((response) => ({ response, reason: reasonOf(services) }));
};

const reasonOf = ({ observations }: ReturnType<typeof fakeServices>): string => {
  const last = observations.at(-1);
  return last?.kind === 'request' ? (last.reason ?? '') : '';
};

/** A MOCK whose request template succeeds and whose response template is this one. */
const showing = (template: string, request = '{"statusCode": 200}'): RestIntegration =>
  mockOf(request, { responses: [integrationResponse({ responseTemplates: { 'application/json': template } })] });

const shown = async (template: string, message: Message = {}): Promise<string> => {
  const { response } = await answer(showing(template), message);
  return textOf(response);
};

describe('what templates see', () => {
  test.each([
    ['$stageVariables.house', 'North'],
    ['$context.stage $context.httpMethod $context.resourcePath', 'dev GET /lots/{lotId}'],
    ['$context.identity.sourceIp', '1.2.3.4'],
    ['$context.apiId [$context.isCanaryRequest] [$nothing]', 'abcdefghij [] []'],
    ["$input.params('lotId') $input.params('page') $input.params('X-A')", 'l-1 2 b'],
    ["$input.params().header.get('X-A') $input.params().querystring.page", 'b 2'],
    ["$util.base64Encode($input.params('lotId'))", 'bC0x'],
    ['#foreach($n in [1..3])$n#if($foreach.hasNext),#end#end', '1,2,3'],
  ])('%s shows %s', async (template, text) => {
    expect(await shown(template, { url: '/dev/lots/l-1?page=1&page=2', headers: ['X-A', 'a', 'X-A', 'b'] })).toBe(text);
  });

  test('the keys of $context are those that AWS was seen to give', async () => {
    const keys = (await shown('#foreach($k in $context.keySet())$k #end')).trim().split(' ').sort();
    expect(keys).toEqual(
      (
        'accountId apiId deploymentId domainName domainPrefix extendedRequestId httpMethod identity path protocol requestId ' +
        'requestOverride requestTime requestTimeEpoch resourceId resourcePath responseOverride stage'
      ).split(' '),
    );
  });

  test('a request template reads the request’s body', async () => {
    const integration = mockOf('#if($input.path(\'$.sold\')){"statusCode": 404}#else{"statusCode": 200}#end', {
      responses: [integrationResponse({}), integrationResponse({ selectionPattern: '404', statusCode: '404' })],
    });
    const status = async (body: string) => (await answer(integration, { method: 'POST', body })).response.status;
    expect([await status('{"sold":true}'), await status('{}')]).toEqual([404, 200]);
  });
});

describe('overrides', () => {
  test('of the response set status and headers, over what is mapped', async () => {
    const { response } = await answer(
      mockOf('{"statusCode": 200}', {
        responses: [
          integrationResponse({
            responseParameters: { 'method.response.header.X-A': "'mapped'", 'method.response.header.X-B': "'kept'" },
            responseTemplates: {
              'application/json':
                '#set($context.responseOverride.status = 418)#set($context.responseOverride.header["x-a"] = "over")tea',
            },
          }),
        ],
      }),
    );
    expect([response.status, textOf(response)]).toEqual([418, 'tea']);
    expect(headersOf(response).get('x-a')).toBe('over');
    expect(headersOf(response).get('x-b')).toBe('kept');
  });

  test('that the request template sets survive into the response, whose template can read them', async () => {
    const request =
      '#set($context.responseOverride.status = 404)#set($context.requestOverride.path.seen = "yes"){"statusCode": 200}';
    const { response } = await answer(showing('$context.requestOverride.path.seen', request));
    expect([response.status, textOf(response)]).toEqual([404, 'yes']);
    const bare = await answer(mockOf(request));
    expect(bare.response.status).toBe(404);
  });

  test.each(['"abc"', '99', '600', '"200.5"'])('a status of %s does not count', async (status) => {
    const { response } = await answer(showing(`#set($context.responseOverride.status = ${status})x`));
    expect(response.status).toBe(200);
  });
});

describe('a template that fails ends with a 500, and the log says where', () => {
  test.each([
    ['a request template that cannot be read', mockOf('{"statusCode": 200}\n#if($x)'), 'transform request: line'],
    ['a response template that cannot be read', showing('\n#set($x = )'), 'transform response: line 2'],
    ['one that fails while it runs', showing('$input.path("$[")'), 'transform response: line 1'],
    ['one that makes no status', mockOf('{"status": 200}'), 'Unable to parse statusCode'],
  ])('%s', async (_, integration, said) => {
    const { response, reason } = await answer(integration);
    expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
    expect(headersOf(response).get('x-amzn-errortype')).toBe('InternalServerErrorException');
    expect(reason).toContain(said);
  });
});

describe('an API all of whose types are binary', () => {
  const binary = { binaryMediaTypes: ['*/*'] };

  test('gives its request templates nothing that they could read', async () => {
    const { response, reason } = await answer(showing('{}'), {}, binary);
    expect(response.status).toBe(500);
    expect(reason).toContain('binary');
  });

  test('has preflights that convert to text, as SAM writes them', async () => {
    const { response } = await answer({ ...showing('{}'), contentHandling: 'CONVERT_TO_TEXT' }, {}, binary);
    expect([response.status, textOf(response)]).toEqual([200, '{}']);
  });
});

test('a response template in base64 becomes the bytes that it stands for', async () => {
  const responses = [
    integrationResponse({ contentHandling: 'CONVERT_TO_BINARY', responseTemplates: { 'image/x-icon': 'AAEC/w==' } }),
  ];
  const { response } = await answer(mockOf('{"statusCode": 200}', { responses }));
  expect(response.body).toEqual(Buffer.from([0, 1, 2, 255]));
  expect(headersOf(response).get('content-type')).toBe('image/x-icon');
});

test('what cannot work is told at the start, with its place, once for all stages', () => {
  const services = fakeServices();
  const integration = mockOf('{"statusCode": 200}\n#if($x', {
    requestParameters: { 'integration.request.header.X-A': 'method.nothing' },
    responses: [
      integrationResponse({
        selectionPattern: '(',
        responseParameters: { 'method.response.header.X-A': 'nothing' },
        responseTemplates: { 'text/plain': '#set(' },
      }),
    ],
  });
  const definition = definitionOf({
    '/a': [methodOf('GET', { integration, requestValidator: 'nobody', responses: declared })],
  });
  createRestPlane(restApi(definition, { stages: [stageOf(), stageOf({ name: 'prod' })] }), services);
  const told = services.observations.map((observation) => (observation.kind === 'notice' ? observation.text : ''));
  expect(told.sort()).toEqual([
    expect.stringContaining('template.yaml:1:1: GET /a: method.nothing is no mapping expression'),
    expect.stringContaining('GET /a: nothing is no mapping expression'),
    expect.stringContaining(
      'GET /a: requests cannot be validated and answer 501: the API has no request validator nobody',
    ),
    expect.stringMatching(/GET \/a: the request template for application\/json cannot be read, line 2/),
    expect.stringContaining('GET /a: the selection pattern ( cannot be read, and never matches'),
    expect.stringMatching(/GET \/a: the template for text\/plain of the response 200 cannot be read, line 1/),
  ]);
});
