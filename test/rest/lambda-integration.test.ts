import { describe, expect, test } from 'vitest';
import type { InvocationResult } from '#gateway/lambda/invocation.ts';
import type { RestIntegration } from '#gateway/model/rest-api.ts';
import { answered, fakeServices, headersOf, payloadOf, textOf } from '../integrations/fake-services.ts';
import { functionUri, integrationOf, integrationResponse, methodOf, send } from './rest-apis.ts';

const declared = Object.fromEntries(['200', '202', '404'].map((code) => [code, { parameters: {}, models: {} }]));

const failed = (errorMessage: string): InvocationResult => ({
  ...(payloadOf(JSON.stringify({ errorMessage, errorType: 'Error' })) as Extract<
    InvocationResult,
    { kind: 'answered' }
  >),
  functionError: 'Unhandled',
});

type Message = { headers?: string[]; body?: string };

const call = async (
  changes: Partial<RestIntegration>,
  message: Message = {},
  result: InvocationResult | Promise<never> = answered({ price: 100 }),
) => {
  const services = fakeServices(() => result);
  const integration = integrationOf({
    type: 'AWS',
    uri: functionUri('price'),
    responses: [integrationResponse({})],
    ...changes,
  });
  const response = await send(
    services,
    { '/lots/{lotId}': [methodOf('POST', { integration, responses: declared })] },
    { method: 'POST', url: '/dev/lots/l-1', ...message },
  );
  return { response, services };
};

describe('the function', () => {
  test('gets what the template makes, and nothing beside it', async () => {
    const { services } = await call(
      { requestTemplates: { 'application/json': '{"lot":"$input.params(\'lotId\')","bid":$input.json("$.bid")}' } },
      { body: '{"bid":{"cents":1}}' },
    );
    expect(services.lastEvent()).toEqual({ lot: 'l-1', bid: { cents: 1 } });
    expect(services.invocations[0]!.sourceArn).toBe(
      'arn:aws:execute-api:us-east-1:123456789012:abcdefghij/dev/POST/lots/{lotId}',
    );
  });

  test.each([
    ['{"a":1}', { a: 1 }],
    ['', {}],
  ])('gets the body %j as it came where there is no template', async (body, event) => {
    expect((await call({}, { body })).services.lastEvent()).toEqual(event);
  });

  test('is not called with what is no JSON', async () => {
    const { response, services } = await call({}, { body: 'a=b' });
    expect([response.status, services.invocations]).toEqual([500, []]);
  });

  test.each(['Authorization', 'Connection', 'TE', 'Content-Length'])(
    'is not called where %s is mapped',
    async (name) => {
      const requestParameters = { [`integration.request.header.${name}`]: "'1'" };
      const { response, services } = await call({ requestParameters });
      expect([response.status, services.invocations]).toEqual([500, []]);
    },
  );
});

describe('the client', () => {
  test('gets what the function answers, shaped by the response template', async () => {
    const responses = [
      integrationResponse({
        responseParameters: { 'method.response.header.X-Price': 'integration.response.body.price' },
        responseTemplates: { 'application/json': '{"cents":$input.path("$.price")}' },
      }),
    ];
    const { response } = await call({ responses });
    expect([response.status, textOf(response)]).toEqual([200, '{"cents":100}']);
    expect(headersOf(response).get('x-price')).toBe('100');
    expect(headersOf(response).get('x-amzn-trace-id')).toMatch(/^Root=1-/);
  });

  const responses = [
    integrationResponse({}),
    integrationResponse({
      selectionPattern: '\\[NotFound\\].*',
      statusCode: '404',
      responseTemplates: { 'application/json': '{"error":"$input.path("$.errorMessage")"}' },
    }),
  ];

  test('gets the response that the message of a failure selects', async () => {
    const { response } = await call({ responses }, {}, failed('[NotFound] no such lot\nat all'));
    expect([response.status, textOf(response)]).toEqual([200, expect.stringContaining('errorMessage')]);
    const selected = await call({ responses }, {}, failed('[NotFound] no such lot'));
    expect([selected.response.status, textOf(selected.response)]).toEqual([404, '{"error":"[NotFound] no such lot"}']);
  });

  test('gets the default response where a function answers a message and has not failed', async () => {
    const { response } = await call({ responses }, {}, answered({ errorMessage: '[NotFound] in words' }));
    expect(response.status).toBe(200);
  });

  test('gets a 500 where the function is throttled or not there', async () => {
    for (const kind of ['throttled', 'not-found'] as const) {
      const { response } = await call({}, {}, { kind, reason: 'said so' });
      expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
    }
  });

  test('gets a 504 where the function is not done in time', async () => {
    const services = fakeServices(() => new Promise<never>(() => {}));
    const integration = integrationOf({ type: 'AWS', timeoutInMillis: 50, responses: [integrationResponse({})] });
    const pending = send(services, { '/a': [methodOf('GET', { integration })] }, { url: '/dev/a' });
    await expect.poll(() => services.invocations.length).toBe(1);
    services.clock.advance(50);
    expect((await pending).status).toBe(504);
  });
});

describe('an asynchronous call', () => {
  const type = 'integration.request.header.X-Amz-Invocation-Type';

  test.each([
    ['by a literal', "'Event'", []],
    ['by the client’s header', 'method.request.header.InvocationType', ['InvocationType', 'Event']],
  ])('%s is accepted before the function runs', async (_, source, headers) => {
    const { response, services } = await call(
      { requestParameters: { [type]: source }, responses: [integrationResponse({ statusCode: '202' })] },
      { headers, body: '{"a":1}' },
    );
    expect([response.status, textOf(response)]).toEqual([202, '']);
    expect([services.invocations, services.accepted.map(({ payload }) => payload)]).toEqual([[], ['{"a":1}']]);
  });

  test('of a kind that this gateway does not know is refused', async () => {
    const { response, services } = await call({ requestParameters: { [type]: "'DryRun'" } });
    expect([response.status, services.invocations, services.accepted]).toEqual([501, [], []]);
  });
});

describe('a Lambda proxy', () => {
  const proxied = async (name: string) => {
    const services = fakeServices();
    const requestParameters = { [`integration.request.header.${name}`]: "'mapped'" };
    const integration = integrationOf({ requestParameters });
    const response = await send(services, { '/a': [methodOf('GET', { integration })] }, { url: '/dev/a' });
    return { response, services };
  };

  test('shows its function nothing of what is mapped', async () => {
    const { services } = await proxied('X-A');
    expect(services.lastEvent().headers).not.toHaveProperty('X-A');
  });

  test('is not called where a header is mapped that the gateway sends itself', async () => {
    const { response, services } = await proxied('Authorization');
    expect([response.status, services.invocations]).toEqual([500, []]);
  });
});
