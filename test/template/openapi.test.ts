import { describe, expect, test } from 'vitest';
import type { HttpApi } from '#gateway/model/http-api.ts';
import type { RestApi } from '#gateway/model/rest-api.ts';
import { problemsOf, readInline, shown } from './inline-template.ts';
import { httpTemplate, mock, restDefinition, restTemplate } from './openapi-template.ts';

describe('OpenAPI for a REST API', () => {
  test('3.0: parameters, bodies, responses, security, models and the extensions', () => {
    const definition = restDefinition(`openapi: 3.0.1
info: { title: Lots, version: '1' }
security: [{ token: [] }]
x-amazon-apigateway-binary-media-types: [image/png]
x-amazon-apigateway-minimum-compression-size: 0
x-amazon-apigateway-request-validators: { all: { validateRequestBody: true, validateRequestParameters: true } }
x-amazon-apigateway-request-validator: all
x-amazon-apigateway-gateway-responses: { DEFAULT_4XX: { statusCode: 418, responseParameters: { gatewayresponse.header.A: "'b'" } } }
x-amazon-apigateway-policy: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: '*', Action: execute-api:Invoke, Resource: execute-api:/* }] }
paths:
  /lots/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    get:
      ${mock}
    post:
      security: [{ token: [] }, { api_key: [] }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Lot' } } } }
      responses: { '201': { headers: { Location: {} }, content: { application/json: { schema: { type: string } } } } }
      x-amazon-apigateway-integration:
        type: http
        httpMethod: put
        uri: https://example.com/{id}
        passthroughBehavior: when_no_templates
        contentHandling: CONVERT_TO_TEXT
        timeoutInMillis: 500
        cacheKeyParameters: [method.request.path.id]
        requestParameters: { integration.request.path.id: method.request.path.id }
        responses: { default: { statusCode: 200 }, '5\\d{2}': { statusCode: '502', responseTemplates: { application/json: '{}' } } }
    delete: { security: [{ iam: [] }], ${mock} }
    x-amazon-apigateway-any-method: { security: [{ bearer: [] }], ${mock} }
components:
  parameters: { Id: { name: id, in: path, required: true } }
  schemas: { Lot: { type: object } }
  securitySchemes:
    api_key: { type: apiKey, name: x-api-key, in: header }
    iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
    bearer: { type: http, scheme: bearer }
    token: { type: apiKey, name: X-Token, in: header, x-amazon-apigateway-authorizer: { type: token, authorizerUri: uri, authorizerResultTtlInSeconds: 9 } }
`);
    const methods = Object.fromEntries(
      definition.resources.at(-1)!.methods.map((method) => [method.httpMethod, method]),
    );
    expect(methods.GET).toMatchObject({
      authorizationType: 'NONE',
      requestParameters: { 'method.request.path.id': true },
      requestValidator: 'all',
    });
    expect(methods.DELETE).toMatchObject({ authorizationType: 'AWS_IAM' });
    expect(methods.POST).toMatchObject({
      authorizationType: 'CUSTOM',
      authorizer: 'token',
      apiKeyRequired: true,
      requestModels: { 'application/json': 'Lot' },
      responses: {
        '201': {
          parameters: { 'method.response.header.Location': false },
          models: { 'application/json': expect.stringMatching(/^MODEL[0-9a-f]{6}$/) },
        },
      },
      integration: {
        type: 'HTTP',
        httpMethod: 'PUT',
        passthroughBehavior: 'WHEN_NO_TEMPLATES',
        contentHandling: 'CONVERT_TO_TEXT',
        timeoutInMillis: 500,
        cacheKeyParameters: ['method.request.path.id'],
        responses: [
          { selectionPattern: null, statusCode: '200' },
          { selectionPattern: '5\\d{2}', statusCode: '502' },
        ],
      },
    });
    expect(definition).toMatchObject({
      binaryMediaTypes: ['image/png'],
      minimumCompressionSize: 0,
      policy: { Statement: [{ Effect: 'Allow' }] },
      requestValidators: { all: { validateRequestBody: true, validateRequestParameters: true } },
      gatewayResponses: {
        DEFAULT_4XX: { statusCode: '418', responseParameters: { 'gatewayresponse.header.A': "'b'" } },
      },
      authorizers: { token: { type: 'TOKEN', identitySource: 'method.request.header.X-Token', resultTtlInSeconds: 9 } },
      models: { Lot: { schema: { type: 'object' } } },
    });
  });

  test('a security scheme that is no authorizer never leaves a method open', () => {
    const definition = restDefinition(`openapi: 3.0.1
paths: { /a: { get: { security: [{ bearer: [] }], ${mock} } } }
components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
`);
    expect(definition.resources.at(-1)!.methods[0]).toMatchObject({
      authorizationType: 'CUSTOM',
      authorizer: 'bearer',
    });
    expect(definition.authorizers).toEqual({});
  });

  test.each([
    ['[{ bearer: [] }, { lambda: [] }]', { authorizationType: 'CUSTOM', authorizer: 'lambda' }],
    ['[{ lambda: [] }, { bearer: [] }]', { authorizationType: 'CUSTOM', authorizer: 'lambda' }],
    ['[{ nobody: [] }, { iam: [] }]', { authorizationType: 'AWS_IAM', authorizer: null }],
    ['[{ key: [] }, { bearer: [] }]', { authorizationType: 'CUSTOM', authorizer: 'bearer', apiKeyRequired: true }],
  ])('beside others, as in %s, it counts where no authorizer does', (security, expected) => {
    const definition = restDefinition(`openapi: 3.0.1
paths: { /a: { get: { security: ${security}, ${mock} } } }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    key: { type: apiKey, name: x-api-key, in: header }
    iam: { type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4 }
    lambda: { type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: { type: token, authorizerUri: u } }
`);
    expect(definition.resources.at(-1)!.methods[0]).toMatchObject(expected);
  });

  test('a security scheme that is not declared leaves none open either', () => {
    const text = restTemplate(`openapi: 3.0.1
paths: { /a: { get: { security: [{ nobody: [] }], ${mock} } } }
`);
    const { application, support } = readInline(text);
    expect((application.apis[0] as RestApi).deployments[0]!.definition.resources.at(-1)!.methods[0]).toMatchObject({
      authorizationType: 'CUSTOM',
      authorizer: 'nobody',
    });
    expect(support).toContainEqual(
      expect.objectContaining({ property: 'paths./a.get.security', note: expect.stringContaining('answers 501') }),
    );
  });

  test('Swagger 2.0', () => {
    const definition = restDefinition(`swagger: '2.0'
consumes: [application/xml]
paths:
  /lots:
    post:
      parameters: [{ in: body, name: body, schema: { $ref: '#/definitions/Lot' } }, { in: query, name: q, type: string }]
      responses: { '200': { schema: { $ref: '#/definitions/Lot' } } }
      ${mock}
definitions: { Lot: { type: object } }
`);
    expect(definition.resources.at(-1)!.methods[0]).toMatchObject({
      requestModels: { 'application/xml': 'Lot' },
      requestParameters: { 'method.request.querystring.q': false },
      responses: { '200': { models: { 'application/json': 'Lot' } } },
    });
  });

  test('what an import would refuse is refused where it stands', () => {
    expect(
      shown(
        problemsOf(
          restTemplate(`openapi: 3.0.1
paths:
  /a/{id}: { get: { ${mock} } }
  /a/{other}: { get: { ${mock} } }
  /b{c}: { get: { ${mock} } }
  /none: { get: {} }
  /kind: { get: { x-amazon-apigateway-integration: { type: magic } } }
  /who: { get: { security: [nobody], ${mock} } }
  /ref: { get: { parameters: [{ $ref: '#/components/parameters/Gone' }], ${mock} } }
  /uri: { get: { x-amazon-apigateway-integration: { type: aws_proxy } } }
`),
        ),
      ),
    ).toEqual([
      '9:25 /a/{other}: a sibling ({id}) of this resource already has a variable path part -- only one is allowed.',
      '10:20 /b{c}: "b{c}" is not a path part.',
      '11:20 GET /none has no integration.',
      expect.stringMatching(/^12:\d+ type of GET \/kind's x-amazon-apigateway-integration is "magic"\.$/),
      expect.stringMatching(/^13:\d+ Each item of security must be a map\.$/),
      expect.stringMatching(/^14:\d+ \$ref: there is nothing at #\/components\/parameters\/Gone\.$/),
      expect.stringMatching(/^15:\d+ An integration of type AWS_PROXY needs a uri\.$/),
      expect.stringMatching(/^15:\d+ An integration of type AWS_PROXY needs a httpMethod\.$/),
    ]);
  });
});

test('OpenAPI for an HTTP API: shared integrations, $default, CORS, authorizers', () => {
  const api = readInline(
    httpTemplate(`openapi: 3.0.1
info: { title: Bids, version: '1' }
x-amazon-apigateway-cors: { allowOrigins: ['*'], maxAge: 5 }
paths:
  /a: { get: { operationId: a, x-amazon-apigateway-integration: { $ref: '#/components/x-amazon-apigateway-integrations/f' } } }
  /b: { get: { security: [{ jwt: [read] }], x-amazon-apigateway-integration: { $ref: '#/components/x-amazon-apigateway-integrations/f' } } }
  $default: { x-amazon-apigateway-any-method: { isDefaultRoute: true, x-amazon-apigateway-integration: { type: http_proxy, httpMethod: ANY, uri: 'https://e', payloadFormatVersion: 1.0, responseParameters: { '200': { 'overwrite:header.x': $context.requestId } } } } }
components:
  x-amazon-apigateway-integrations: { f: { type: aws_proxy, httpMethod: POST, uri: u, payloadFormatVersion: 2.0 } }
  securitySchemes: { jwt: { type: oauth2, x-amazon-apigateway-authorizer: { type: jwt, identitySource: $request.header.Authorization, jwtConfiguration: { issuer: i, audience: [a] } } } }
`),
  ).application.apis[0] as HttpApi;
  const { routes, integrations, authorizers, cors } = api.deployments[0]!.definition;
  expect(api.name).toBe('Bids');
  expect(
    routes.map(({ routeKey, authorizationType, authorizationScopes }) => [
      routeKey,
      authorizationType,
      authorizationScopes,
    ]),
  ).toEqual([
    ['$default', 'NONE', []],
    ['GET /a', 'NONE', []],
    ['GET /b', 'JWT', ['read']],
  ]);
  expect(routes[1]!.integrationId).toBe(routes[2]!.integrationId);
  expect(integrations[routes[1]!.integrationId!]).toMatchObject({ type: 'AWS_PROXY', payloadFormatVersion: '2.0' });
  expect(integrations[routes[0]!.integrationId!]).toMatchObject({
    payloadFormatVersion: '1.0',
    responseParameters: { '200': { 'overwrite:header.x': '$context.requestId' } },
  });
  expect(authorizers[routes[2]!.authorizerId!]).toMatchObject({ type: 'JWT' });
  expect(cors).toMatchObject({ allowOrigins: ['*'], maxAge: 5 });
});

test('AWS::Include reads a local file beside the template, in long forms only', () => {
  const template = restTemplate('Fn::Transform: { Name: AWS::Include, Parameters: { Location: api.yaml } }');
  const files = {
    'api.yaml': `openapi: 3.0.1\npaths:\n  /a:\n    get:\n      x-amazon-apigateway-integration:\n        type: mock\n        uri: !Sub x\n`,
  };
  expect(shown(problemsOf(template, { files }))).toEqual([
    expect.stringMatching(/^7:\d+ AWS::Include takes no short forms such as !Sub\.$/),
  ]);
  expect(shown(problemsOf(template))[0]).toContain('AWS::Include: there is no file');
});
