import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HTTP_PHASES } from '#gateway/http/pipeline.ts';
import { compileRouteTable } from '#gateway/http/route-table.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { send } from './http-apis.ts';

const pets = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default'];

test('the phases stand in the order of API Gateway', () => {
  expect(HTTP_PHASES.map((phase) => phase.name)).toEqual([
    'parse request',
    'select stage',
    'CORS preflight',
    'route',
    'throttle',
    'authorize',
    'request parameter mapping',
    'integration',
    'response parameter mapping',
    'CORS headers',
  ]);
});

describe('the most specific route wins', () => {
  test.each<[readonly string[], string, string, string | null, Record<string, string>?]>([
    [pets, 'GET', '/pets/dog/1', 'GET /pets/dog/1'],
    [pets, 'GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    [pets, 'GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    [pets, 'POST', '/test/5', 'ANY /{proxy+}', { proxy: 'test/5' }],
    [pets, 'POST', '/pets/dog/1', 'ANY /{proxy+}', { proxy: 'pets/dog/1' }],
    [pets, 'GET', '/', '$default'],
    [['GET /a', 'ANY /a'], 'GET', '/a', 'GET /a'],
    [['GET /a', 'ANY /a'], 'PUT', '/a', 'ANY /a'],
    [['GET /a/{x}', 'ANY /a/b'], 'GET', '/a/b', 'ANY /a/b'],
    [['GET /a'], 'POST', '/a', null],
    [['GET /a'], 'GET', '/b', null],
    [['GET /a'], 'GET', '/a/', 'GET /a'],
    [['GET /'], 'GET', '', 'GET /'],
    [['GET /p/{proxy+}'], 'GET', '/p', null],
    [['GET /p/{proxy+}'], 'GET', '/p/', null],
    [['GET /p/{proxy+}'], 'GET', '/p//', null],
    [['GET /p/{proxy+}'], 'GET', '/p//a', 'GET /p/{proxy+}', { proxy: '/a' }],
    [['GET /x/{id}'], 'GET', '/x/a%20b%2Fc', 'GET /x/{id}', { id: 'a b/c' }],
  ])('%j: %s %s → %s', async (routes, method, url, routeKey, pathParameters) => {
    const services = fakeServices();
    const response = await send(services, routes, { method, url });
    if (routeKey === null) {
      expect([response.status, textOf(response)]).toEqual([404, '{"message":"Not Found"}']);
      expect(headersOf(response).get('content-type')).toBe('application/json');
      expect(headersOf(response).get('apigw-requestid')).toMatch(/^[\w-]{15}=$/);
      expect(services.invocations).toEqual([]);
    } else {
      expect(services.lastEvent().routeKey).toBe(routeKey);
      expect(services.lastEvent().pathParameters).toEqual(pathParameters);
    }
  });
});

describe('stages', () => {
  test.each([
    [['$default'], '/a', '$default', '/a'],
    [['$default', 'dev'], '/dev/a', 'dev', '/dev/a'],
    [['$default', 'dev'], '/a', '$default', '/a'],
    [['dev'], '/dev/a', 'dev', '/dev/a'],
    [['dev'], '/a', null, null],
    [['dev'], '/', null, null],
    [['dev'], '/$default/a', null, null],
  ])('%j: %s is served by %s', async (stages, url, stage, rawPath) => {
    const services = fakeServices();
    const response = await send(services, ['GET /a'], { url }, { stages });
    if (stage === null) {
      expect([response.status, textOf(response)]).toEqual([404, '{"message":"Not Found"}']);
    } else {
      expect(services.lastEvent()).toMatchObject({
        rawPath,
        routeKey: 'GET /a',
        requestContext: { stage, http: { path: rawPath } },
      });
    }
  });

  test('the root of a named stage', async () => {
    const services = fakeServices();
    await send(services, ['GET /'], { url: '/dev' }, { stages: ['dev'] });
    expect(services.lastEvent()).toMatchObject({ rawPath: '/dev', routeKey: 'GET /' });
  });
});

const part = fc.constantFrom('a', 'b', '{x}');
const key = fc
  .tuple(fc.constantFrom('GET', 'POST', 'ANY'), fc.array(part, { maxLength: 3 }), fc.boolean())
  .map(([method, parts, greedy]) => `${method} /${[...parts, ...(greedy ? ['{rest+}'] : [])].join('/')}`);

test('the table finds a route of the rank that comparing all routes one by one finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 12 }),
      fc.constantFrom('GET', 'POST', 'DELETE'),
      fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 }),
      (keys, method, segments) => {
        const table = compileRouteTable(keys.map((routeKey) => ({ routeKey })));
        const found = table(method, `/${segments.join('/')}`)?.route.routeKey ?? null;
        const best = keys.map((routeKey) => rankOf(routeKey, method, segments)).reduce(higher, null);
        expect(found === null ? null : rankOf(found, method, segments)).toEqual(best);
      },
    ),
    { numRuns: 500 },
  );
});

type Rank = readonly [full: number, literals: number, explicit: number];

const higher = (a: Rank | null, b: Rank | null): Rank | null => {
  if (!a || !b) return a ?? b;
  for (const i of [0, 1, 2] as const) if (a[i] !== b[i]) return a[i] > b[i] ? a : b;
  return a;
};

/** As the reference procedure has it; null where the route does not fit. */
const rankOf = (routeKey: string, method: string, segments: readonly string[]): Rank | null => {
  const [verb, path] = routeKey.split(' ') as [string, string];
  if (verb !== method && verb !== 'ANY') return null;
  const parts = path.split('/').filter((text) => text !== '');
  const greedy = parts.at(-1) === '{rest+}';
  const fixed = greedy ? parts.slice(0, -1) : parts;
  if (greedy ? segments.length <= fixed.length : segments.length !== fixed.length) return null;
  if (fixed.some((text, i) => text !== '{x}' && text !== segments[i])) return null;
  const prefix = parts.findIndex((text) => text.startsWith('{'));
  const literals = greedy ? prefix : fixed.filter((text) => text !== '{x}').length;
  return [greedy ? 0 : 1, literals, verb === 'ANY' ? 0 : 1];
};
