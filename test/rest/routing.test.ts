import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRouteTree } from '#gateway/rest/route-tree.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { send } from './rest-apis.ts';

type Tree = Readonly<Record<string, readonly string[]>>;

const users: Tree = { '/users/{userId}': ['GET'], '/users/me': ['PATCH'] };
const roles: Tree = { '/roles/provision': ['POST'], '/roles/{roleId}': ['GET'] };
const things: Tree = { '/things/real': ['GET'], '/things/{proxy+}': ['ANY'] };
const jobs: Tree = { '/{proxy+}': ['ANY'], '/jobs': [], '/jobs/{op}': ['GET'], '/cors_only': ['OPTIONS'] };
const verbs: Tree = { '/a': ['GET', 'ANY'], '/': ['GET'] };

describe('a request goes to the most specific pair of resource and method', () => {
  test.each<[Tree, string, string, string | null, Record<string, string> | null]>([
    [users, 'GET', '/users/me', '/users/{userId}', { userId: 'me' }],
    [users, 'PATCH', '/users/me', '/users/me', null],
    [users, 'POST', '/users/me', null, null],
    [roles, 'GET', '/roles/provision', '/roles/{roleId}', { roleId: 'provision' }],
    [things, 'POST', '/things/real', '/things/{proxy+}', { proxy: 'real' }],
    [things, 'GET', '/things/real', '/things/real', null],
    [things, 'GET', '/things', null, null],
    [jobs, 'GET', '/jobs/reboot', '/jobs/{op}', { op: 'reboot' }],
    [jobs, 'GET', '/jobs', '/{proxy+}', { proxy: 'jobs' }],
    [jobs, 'POST', '/jobs', '/{proxy+}', { proxy: 'jobs' }],
    [jobs, 'POST', '/jobs/reboot', '/{proxy+}', { proxy: 'jobs/reboot' }],
    [jobs, 'GET', '/cors_only', '/{proxy+}', { proxy: 'cors_only' }],
    [jobs, 'GET', '/', null, null],
    [verbs, 'GET', '', '/', null],
    [verbs, 'HEAD', '/', null, null],
    [verbs, 'DELETE', '/a', '/a', null],
    [verbs, 'TRACE', '/a', null, null],
  ])('%j: %s %s → %s', async (tree, method, path, resource, pathParameters) => {
    const services = fakeServices();
    const response = await send(services, tree, { method, url: `/dev${path}` });
    if (resource === null) {
      expect(services.invocations).toEqual([]);
      expect(response.status).toBe(403);
      expect(textOf(response)).toBe('{"message":"Missing Authentication Token"}');
      expect(headersOf(response).get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    } else {
      expect(services.lastEvent()).toMatchObject({ resource, pathParameters, httpMethod: method });
    }
  });
});

describe('slashes and encodings reach the function as they were sent', () => {
  test.each([
    ['/dev/proxy-value', '/proxy-value', 'proxy-value', '/dev/proxy-value'],
    ['/dev/proxy-value/', '/proxy-value/', 'proxy-value', '/dev/proxy-value/'],
    [
      '/dev/proxy-value//double-slash',
      '/proxy-value//double-slash',
      'proxy-value//double-slash',
      '/dev/proxy-value//double-slash',
    ],
    ['//dev/proxy-value', '/proxy-value', 'proxy-value', '/dev/proxy-value'],
    ['/dev//proxy-value', '/proxy-value', 'proxy-value', '/dev//proxy-value'],
    [
      '/dev/test%2Balias@gmail.com/plus/test+alias@gmail.com',
      '/test%2Balias@gmail.com/plus/test+alias@gmail.com',
      'test%2Balias@gmail.com/plus/test+alias@gmail.com',
      '/dev/test%2Balias@gmail.com/plus/test+alias@gmail.com',
    ],
  ])('%s', async (url, path, proxy, contextPath) => {
    const services = fakeServices();
    await send(services, { '/{proxy+}': ['ANY'] }, { url });
    expect(services.lastEvent()).toMatchObject({
      path,
      pathParameters: { proxy },
      requestContext: { path: contextPath },
    });
  });

  test('a literal resource after a double slash', async () => {
    const services = fakeServices();
    await send(services, { '/hardcoded': ['GET'] }, { url: '/dev//hardcoded' });
    expect(services.lastEvent()).toMatchObject({
      path: '/hardcoded',
      pathParameters: null,
      requestContext: { path: '/dev//hardcoded' },
    });
  });
});

test.each(['/', '/prod/a', '/DEV/a', '', '*'])('no stage begins the path %j: 403 Forbidden', async (url) => {
  const services = fakeServices();
  const response = await send(services, { '/a': ['ANY'] }, { url });
  expect(response.status).toBe(403);
  expect(textOf(response)).toBe('{"message":"Forbidden"}');
  expect(headersOf(response).get('x-amzn-errortype')).toBe('ForbiddenException');
});

test.each([
  ['Bearer abc', "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'."],
  ['abc', "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'abc'."],
])('an unmatched path reads the header Authorization: %s as a bad signature', async (authorization, message) => {
  const response = await send(
    fakeServices(),
    { '/a': ['GET'] },
    { url: '/dev/b', headers: ['Authorization', authorization] },
  );
  expect(response.status).toBe(403);
  expect(JSON.parse(textOf(response))).toEqual({ message });
  expect(headersOf(response).get('x-amzn-errortype')).toBe('IncompleteSignatureException');
});

test('X-HTTP-Method-Override is the method that the gateway sees', async () => {
  const services = fakeServices();
  await send(
    services,
    { '/a': ['PUT'] },
    { method: 'POST', url: '/dev/a', headers: ['X-HTTP-Method-Override', 'PUT'] },
  );
  expect(services.lastEvent()).toMatchObject({ httpMethod: 'PUT', requestContext: { httpMethod: 'PUT' } });
});

test.each([
  ['', 200],
  ['ANY', 403],
  ['BREW', 403],
])('X-HTTP-Method-Override: %j is a %i', async (override, status) => {
  const headers = ['X-HTTP-Method-Override', override];
  const response = await send(fakeServices(), { '/a': ['ANY'] }, { url: '/dev/a', headers });
  expect(response.status).toBe(status);
});

const literal = fc.constantFrom('a', 'b', 'c');
const verb = fc.constantFrom('GET', 'POST', 'ANY');
const template = fc
  .tuple(fc.array(fc.oneof(literal, fc.constant('{x}')), { maxLength: 3 }), fc.boolean())
  .map(([parts, greedy]) => `/${[...parts, ...(greedy ? ['{rest+}'] : [])].join('/')}`);
const route = fc.record({ resourcePath: template, httpMethod: verb });

test('the tree finds what comparing all routes one by one finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(route, { selector: (entry) => `${entry.httpMethod} ${entry.resourcePath}`, maxLength: 12 }),
      fc.constantFrom('GET', 'POST', 'DELETE'),
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 4 }),
      (routes, method, segments) => {
        const found = compileRouteTree(routes)(method, segments);
        expect(found?.target ?? null).toBe(slowMatch(routes, method, segments));
      },
    ),
    { numRuns: 500 },
  );
});

type Route = { readonly resourcePath: string; readonly httpMethod: string };

/** Every route that fits, ranked segment by segment: literal, parameter, greedy; then exact verb before ANY. */
const slowMatch = (routes: readonly Route[], method: string, segments: readonly string[]): Route | null => {
  const fitting = routes.flatMap((candidate) => {
    if (candidate.httpMethod !== method && candidate.httpMethod !== 'ANY') return [];
    const parts = candidate.resourcePath.split('/').filter((part) => part !== '');
    let rank = '';
    for (const [i, part] of parts.entries()) {
      if (part === '{rest+}') {
        if (i >= segments.length) return [];
        return [{ candidate, rank: `${rank}0${candidate.httpMethod === 'ANY' ? 0 : 1}` }];
      }
      if (segments[i] === undefined) return [];
      if (part === '{x}' ? segments[i] === '' : part !== segments[i]) return [];
      rank += part === '{x}' ? '1' : '2';
    }
    if (parts.length !== segments.length) return [];
    return [{ candidate, rank: `${rank}3${candidate.httpMethod === 'ANY' ? 0 : 1}` }];
  });
  fitting.sort((a, b) => (a.rank < b.rank ? 1 : a.rank > b.rank ? -1 : 0));
  return fitting[0]?.candidate ?? null;
};
