import { expect, test } from 'vitest';
import { connect, errorFrame } from './client.ts';
import { integration, route, twoWay } from './live-api.ts';
import { servePlane } from './served-plane.ts';

const mock = (changes: Parameters<typeof integration>[1]) =>
  integration('ping', { type: 'MOCK', uri: null, ...changes });
const answer = (key: string, templates: Record<string, string>, expression: string | null = null) => ({
  integrationResponseKey: key,
  templateSelectionExpression: expression,
  responseTemplates: templates,
  responseParameters: {},
  contentHandlingStrategy: null,
});
const ping = (changes: Parameters<typeof integration>[1], message: unknown = { action: 'ping', kind: 'short' }) =>
  servePlane({ routes: [route('ping', twoWay)], integrations: [mock(changes)] }).then(async ({ origin }) => {
    const client = await connect(`${origin}/dev`);
    client.send(message);
    return client.next();
  });

test.each([
  ['the template of $default', { $default: '{"statusCode":200}' }, '\\$default'],
  ['the sample of the guide', { 'application/json': '{"statusCode":200}' }, null],
  [
    'a template by the message',
    { short: '{"statusCode":200}', $default: '{"statusCode":500}' },
    '${request.body.kind}',
  ],
])('%s gives the status that selects the response', async (_, requestTemplates, templateSelectionExpression) => {
  const responses = [answer('$default', { $default: 'other' }), answer('/2\\d\\d/', { $default: '{"pong":true}' })];
  expect(await ping({ requestTemplates, templateSelectionExpression, responses })).toBe('{"pong":true}');
});

test('a response template by the integration status', async () => {
  const templates = { 200: 'fine', $default: 'other' };
  const responses = [answer('$default', templates, '${integration.response.statuscode}')];
  expect(await ping({ requestTemplates: { $default: '{"statusCode":200}' }, responses })).toBe('fine');
  expect(await ping({ requestTemplates: { $default: '{"statusCode":404}' }, responses })).toBe('other');
});

test.each([
  ['no statusCode', { $default: '{}' }, [], 'Internal server error'],
  ['no response that fits', { $default: '{"statusCode":200}' }, [answer('/4\\d\\d/', {})], 'Internal server error'],
  ['a template with directives', { $default: '{"statusCode":$x}' }, [], 'Internal server error'],
  ['a key that is no pattern', { $default: '{"statusCode":200}' }, [answer('/(/', {})], 'Internal server error'],
])('%s is an error frame', async (_, requestTemplates, responses, message) => {
  expect(await ping({ requestTemplates, responses })).toMatch(errorFrame(message));
});

test('passthrough hands the message on, or refuses it', async () => {
  const responses = [answer('$default', { $default: 'pong' })];
  const message = { action: 'ping', statusCode: 200 };
  expect(await ping({ responses }, message)).toBe('pong');
  expect(await ping({ responses, passthroughBehavior: 'NEVER' }, message)).toMatch(
    errorFrame('Unsupported Media Type'),
  );
});

test.each([
  [200, true],
  [403, false],
])('on $connect status %i opens: %s', async (status, opens) => {
  const { origin } = await servePlane({
    routes: [route('$connect', { integrationId: 'ping' })],
    integrations: [mock({ requestTemplates: { $default: `{"statusCode":${status}}` } })],
  });
  const attempt = connect(`${origin}/dev`);
  if (opens) await attempt;
  else await expect(attempt).rejects.toThrow('403');
});
