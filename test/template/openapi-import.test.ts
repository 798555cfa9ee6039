import { describe, expect, test } from 'vitest';
import type { HttpApi } from '#gateway/model/http-api.ts';
import type { RestApi } from '#gateway/model/rest-api.ts';
import { readInline } from './inline-template.ts';
import { httpTemplate, mock, restDefinition, restTemplate } from './openapi-template.ts';

describe('the base path of a definition', () => {
  const paths = (definition: string, way: string): readonly string[] => {
    const text = restTemplate(`${definition}\npaths: { /e: { get: { ${mock} } } }`).replace(
      'Body:',
      `Parameters: { basepath: ${way} }\n      Body:`,
    );
    const { resources } = (readInline(text).application.apis[0] as RestApi).deployments[0]!.definition;
    return resources.map(({ path }) => path);
  };

  test.each([
    ['swagger: "2.0"\nbasePath: /a/b', 'ignore', ['/', '/e']],
    ['swagger: "2.0"\nbasePath: /a/b', 'prepend', ['/', '/a', '/a/b', '/a/b/e']],
    ['swagger: "2.0"\nbasePath: /a/b', 'split', ['/', '/b', '/b/e']],
    ["openapi: 3.0.1\nservers: [{ url: 'https://e/v1/x' }]", 'split', ['/', '/x', '/x/e']],
    [
      "openapi: 3.0.1\nservers: [{ url: 'https://e/{basePath}', variables: { basePath: { default: v2 } } }]",
      'prepend',
      ['/', '/v2', '/v2/e'],
    ],
  ])('%j, %s', (definition, way, expected) => {
    expect(paths(definition, way)).toEqual(expected);
  });

  test('of an HTTP API', () => {
    const text = httpTemplate(`openapi: 3.0.1
servers: [{ url: 'https://e/v1' }]
paths: { /e: { get: { x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: 'https://e' } } } }`);
    const api = readInline(text.replace('Body:', 'BasePath: prepend\n      Body:')).application.apis[0] as HttpApi;
    expect(api.deployments[0]!.definition.routes.map(({ routeKey }) => routeKey)).toEqual(['GET /v1/e']);
  });
});

test('what an import passes over is said, and keeps nothing from running', () => {
  const { application, support } = readInline(
    restTemplate(`openapi: 3.0.1
paths: { /a: { get: { parameters: [{ name: c, in: cookie }], ${mock} } } }`),
  );
  expect((application.apis[0] as RestApi).deployments[0]!.definition.resources).toHaveLength(2);
  expect(support).toContainEqual(
    expect.objectContaining({
      property: 'paths./a.get.parameters',
      level: 'differently',
      note: 'the parameter c is in cookie: passed over',
    }),
  );
});

test('what a security scheme without an authorizer means is said where it is declared', () => {
  const { support } = readInline(
    restTemplate(`openapi: 3.0.1
paths: { /a: { get: { ${mock} } } }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    key: { type: apiKey, name: x-api-key, in: header }
    iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }`),
  );
  expect(
    support
      .filter(({ property }) => property.includes('securitySchemes'))
      .map(({ property, level }) => [property.split('.').pop(), level]),
  ).toEqual([
    ['bearer', 'differently'],
    ['key', 'not honoured'],
  ]);
});

test('a request authorizer without an identity source of its own takes the header of its scheme', () => {
  const { authorizers } = restDefinition(`openapi: 3.0.1
paths: {}
components:
  securitySchemes:
    named: { type: apiKey, name: X-Session, in: header, x-amazon-apigateway-authorizer: { type: request, authorizerUri: u } }
    unnamed: { type: apiKey, name: Unused, in: header, x-amazon-apigateway-authorizer: { type: request, authorizerUri: u, authorizerResultTtlInSeconds: 0 } }`);
  expect(Object.values(authorizers).map(({ identitySource }) => identitySource)).toEqual([
    'method.request.header.X-Session',
    '',
  ]);
});

test('selection patterns are Java’s', () => {
  const responses = ['(?s).*(?i)bad.*', '(?>a|b)', '[^\\p{Alpha}]++', '^(?!ok)[\\s\\S]*$'].map(
    (pattern) => `'${pattern}': { statusCode: 400 }`,
  );
  const definition = restDefinition(
    `openapi: 3.0.1\npaths: { /a: { get: { x-amazon-apigateway-integration: { type: mock, responses: { ${responses} } } } } }`,
  );
  expect(definition.resources.at(-1)!.methods[0]!.integration!.responses).toHaveLength(4);
});

test('the endpoint is the property’s, the import’s or the definition’s', () => {
  const types = (properties: string, body = ''): readonly string[] => {
    const text = restTemplate(`openapi: 3.0.1\n${body}\npaths: { /a: { get: { ${mock} } } }`);
    return (readInline(text.replace('Body:', `${properties}\n      Body:`)).application.apis[0] as RestApi)
      .endpointTypes;
  };
  const described = 'servers: [{ url: x, x-amazon-apigateway-endpoint-configuration: { types: [PRIVATE] } }]';
  expect(types('')).toEqual(['EDGE']);
  expect(types('', described)).toEqual(['PRIVATE']);
  expect(types('Parameters: { endpointConfigurationTypes: REGIONAL }', described)).toEqual(['REGIONAL']);
  expect(types('EndpointConfiguration: { Types: [EDGE] }', described)).toEqual(['EDGE']);
});

test('the three pseudo parameters that an import knows are filled in', () => {
  const definition = restDefinition(
    `openapi: 3.0.1\npaths: { /a: { get: { x-amazon-apigateway-integration: { type: mock, credentials: 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/\${AWS::Region}' } } } }`,
  );
  expect(definition.resources.at(-1)!.methods[0]!.integration!.credentials).toBe(
    'arn:aws:iam::123456789012:role/us-east-1',
  );
});

test('an issuer may stand in openIdConnectUrl', () => {
  const api = readInline(
    httpTemplate(`openapi: 3.0.1
paths: { /a: { get: { security: [{ oidc: [read] }], x-amazon-apigateway-integration: { type: http_proxy, httpMethod: GET, uri: 'https://e' } } } }
components:
  securitySchemes:
    oidc:
      type: openIdConnect
      openIdConnectUrl: https://issuer.example.com/.well-known/openid-configuration
      x-amazon-apigateway-authorizer: { type: jwt, identitySource: $request.header.Authorization, jwtConfiguration: { audience: [a] } }`),
  ).application.apis[0] as HttpApi;
  expect(Object.values(api.deployments[0]!.definition.authorizers)[0]!.jwt).toEqual({
    issuer: 'https://issuer.example.com',
    audience: ['a'],
  });
});
