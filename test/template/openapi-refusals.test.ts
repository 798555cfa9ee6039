import { describe, expect, test } from 'vitest';
import { problemsOf, shown } from './inline-template.ts';

type Kind = 'AWS::ApiGateway::RestApi' | 'AWS::ApiGatewayV2::Api';

const refused = (kind: Kind, body: string, properties = ''): readonly string[] =>
  shown(
    problemsOf(`Resources:
  Api:
    Type: ${kind}
    Properties:
      ${properties}
      Body:
${body.trim().replace(/^/gm, '        ')}
`),
  ).map((line) => line.replace(/^\d+:\d+ /, ''));

const rest = (body: string, properties = '') => refused('AWS::ApiGateway::RestApi', body, properties);
const http = (body: string, properties = '') => refused('AWS::ApiGatewayV2::Api', body, properties);

/** A REST API with one operation. */
const get = (operation: string, more = ''): string => `openapi: 3.0.1
paths: { /a: { get: { ${operation} } } }
${more}`;
const mock = (integration: string, operation = ''): string =>
  get(`${operation}x-amazon-apigateway-integration: { type: mock, ${integration} }`);

describe('the import of a REST API refuses', () => {
  test.each([
    ['openapi: 3.1.0\npaths: {}', 'API Gateway does not import version 3.1.0 of OpenAPI.'],
    ['swagger: "1.2"\npaths: {}', 'API Gateway does not import version 1.2 of OpenAPI.'],
    ['info: {}\npaths: {}', 'The definition of Api does not say which version of OpenAPI it is.'],
    ['openapi: 3.0.3\npaths: { a: { get: {} } }', 'The path a does not start with a slash.'],
    [
      'openapi: 3.0.3\npaths: {}\ncomponents: { schemas: { lot_2: { type: object } } }',
      'The model name "lot_2" is not alphanumeric.',
    ],
  ])('%j', (body, message) => {
    expect(rest(body)).toContain(message);
  });

  test.each([
    ['parameters: [{ name: q }], ', 'The parameter q of GET /a does not say what it is in.'],
    ['parameters: [{ in: query }], ', 'A parameter of GET /a has no name.'],
    ['parameters: [{ name: q, in: qurey }], ', 'The parameter q of GET /a is in "qurey".'],
    ['parameters: [q], ', 'A parameter of GET /a must be a map, not text.'],
    ["responses: { '200': ok }, ", 'The response 200 of GET /a must be a map, not text.'],
    ["responses: { '200': { headers: [a] } }, ", 'headers of the response 200 of GET /a must be a map, not a list.'],
    ['parameters: { name: q }, ', 'The parameters of GET /a must be a list, not a map.'],
    ['parameters: [{ name: a, in: body }, { name: b, in: body }], ', 'GET /a has two parameters in: body.'],
    [
      'x-amazon-apigateway-request-validator: al, ',
      'GET /a names the request validator al, which its API does not have.',
    ],
    [
      "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Lot' } } } }, ",
      'GET /a names the model Lot, which its API does not have.',
    ],
  ])('an operation with %s', (operation, message) => {
    expect(rest(mock('', operation))).toEqual([message]);
  });

  test.each([
    ['responses: { default: { statusCode: 20 } }', '"20" is no status code.'],
    ["responses: { '5\\d(': { statusCode: 200 } }", '"5\\\\d(" is no regular expression.'],
    [
      'requestParameters: { integration.request.header.A: method.request.header.A }',
      'The integration of GET /a takes method.request.header.A, which the method does not declare.',
    ],
    [
      'requestParameters: { request.header.A: "\'a\'" }',
      'An integration maps parameters: request.header.A is no parameter that can be set there.',
    ],
    [
      'requestParameters: { integration.request.header.A: plain }',
      'An integration maps parameters: "plain" is no mapping expression.',
    ],
    [
      'responses: { default: { statusCode: 200, responseParameters: { method.response.header.A: header.A } } }',
      'A response maps parameters: "header.A" is no mapping expression.',
    ],
    [
      'cacheKeyParameters: [method.request.path.id]',
      'The integration of GET /a takes method.request.path.id, which the method does not declare.',
    ],
    ['timeoutInMillis: 5', 'A timeout of 5 ms is too short.'],
    ['connectionType: VPC_LINK', 'A VPC link is not named.'],
    ['passthroughBehavior: always', 'passthroughBehavior of GET /a\'s x-amazon-apigateway-integration is "always".'],
  ])('an integration with %s', (integration, message) => {
    expect(rest(mock(integration))).toContain(message);
  });

  test('an integration that sets a header which the response does not declare', () => {
    const sets = (status: number): string =>
      mock(
        `responses: { default: { statusCode: ${status}, responseParameters: { method.response.header.A: "'a'" } } }`,
        "responses: { '200': { description: ok } }, ",
      );
    expect(rest(sets(200))).toEqual([
      'The integration of GET /a sets method.response.header.A, which the response 200 of the method does not declare.',
    ]);
    // A response that is not declared at all is no matter to an import.
    expect(() => rest(sets(400))).toThrow('without a problem');
  });

  test('integrations without a method or an endpoint', () => {
    expect(rest(get('x-amazon-apigateway-integration: { type: http, uri: ftp://e }'))).toEqual([
      'An integration of type HTTP needs a httpMethod.',
      'ftp://e is no HTTP endpoint.',
    ]);
  });

  test('models that refer to nothing, and takes those that refer to themselves', () => {
    const schemas = `components:
  schemas:
    Lot: { type: object, properties: { seller: { $ref: '#/components/schemas/Seler' }, next: { $ref: '#/components/schemas/Lot' } } }
    Own: { type: object, definitions: { a: { type: string } }, properties: { a: { $ref: '#/definitions/a' } } }`;
    expect(rest(`openapi: 3.0.1\npaths: {}\n${schemas}`)).toEqual([
      'The model Lot refers to #/components/schemas/Seler, where there is nothing.',
    ]);
  });

  test('gateway responses and authorizers that API Gateway does not know', () => {
    const more = `x-amazon-apigateway-gateway-responses:
  UNAUTHORISED: {}
  THROTTLED: { statusCode: 42 }
  DEFAULT_4XX: { responseParameters: { header.A: "'b'" } }
components:
  securitySchemes:
    ttl: { type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: { type: token, authorizerUri: u, authorizerResultTtlInSeconds: 9999 } }
    none: { type: apiKey, name: Unused, in: header, x-amazon-apigateway-authorizer: { type: request, authorizerUri: u } }
    pool: { type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: { type: cognito_user_pools } }
    uri: { type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: { type: token } }`;
    expect(rest(`openapi: 3.0.1\npaths: {}\n${more}`)).toEqual([
      'There is no gateway response type UNAUTHORISED.',
      '"42" is no status code.',
      'The gateway response DEFAULT_4XX: header.A is no parameter that can be set there.',
      'authorizerResultTtlInSeconds of ttl is 9999.',
      'The authorizer none keeps its answers for 300 seconds and names no identity source to keep them by.',
      'The authorizer pool has no providerARNs.',
      "the security scheme uri's x-amazon-apigateway-authorizer has no authorizerUri.",
    ]);
  });

  test('with FailOnWarnings what it would pass over', () => {
    const body = get(
      `parameters: [{ name: c, in: cookie }], responses: { default: {} }, security: [{ one: [] }, { two: [] }, { key: [] }], x-amazon-apigateway-integration: { type: mock }`,
      `components:
  securitySchemes:
    key: { type: apiKey, name: x-api-key, in: header }
    one: { type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: { type: token, authorizerUri: u } }
    two: { type: apiKey, name: A, in: header, x-amazon-apigateway-authorizer: { type: token, authorizerUri: u } }`,
    );
    expect(rest(body, 'FailOnWarnings: true')).toEqual([
      'paths./a.get.parameters: the parameter c is in cookie: passed over.',
      'paths./a.get.responses: the response default is of no one status: passed over.',
      'paths./a.get.security: a method has one authorizer; two counts, and one does not.',
    ]);
  });
});

describe('the import of an HTTP API refuses', () => {
  const integration = (members: string): string => get(`x-amazon-apigateway-integration: { ${members} }`);
  const proxy = 'type: http_proxy, httpMethod: GET, uri: "https://e"';

  test.each([
    ['swagger: "2.0"\npaths: {}', 'HTTP APIs take OpenAPI 3.0 only.'],
    [
      'openapi: 3.0.1\nx-amazon-apigateway-importexport-version: "2.0"\npaths: {}',
      'There is no version 2.0 of API Gateway’s import.',
    ],
    [integration('type: aws_proxy, uri: u'), 'An integration of type AWS_PROXY needs a payloadFormatVersion.'],
    [integration('type: http_proxy, uri: u'), 'An integration of type HTTP_PROXY needs a httpMethod.'],
    [integration(`${proxy}, timeoutInMillis: 31000`), 'A timeout of 31000 ms is not one that HTTP APIs have.'],
    [integration(`${proxy}, payloadFormatVersion: 3.0`), 'payloadFormatVersion is "3".'],
    [
      integration(`${proxy}, requestParameters: { integration.request.header.A: b }`),
      '"integration.request.header.A" is no parameter that an HTTP API maps.',
    ],
    [integration(`${proxy}, responseParameters: { 20: { 'append:header.a': b } }`), '"20" is no status code.'],
  ])('%j', (body, message) => {
    expect(http(body)).toContain(message);
  });

  test('authorizers that could not decide', () => {
    const scheme = (members: string) => `{ type: oauth2, x-amazon-apigateway-authorizer: { ${members} } }`;
    expect(
      http(`openapi: 3.0.1
paths: {}
components:
  securitySchemes:
    a: ${scheme('type: jwt, jwtConfiguration: { issuer: i, audience: [x] }')}
    b: ${scheme('type: jwt, identitySource: $request.header.A, jwtConfiguration: { audience: [x] }')}
    c: ${scheme('type: request, authorizerUri: u, authorizerPayloadFormatVersion: "1.0", enableSimpleResponses: true')}
    d: ${scheme('type: request, authorizerUri: u, identitySource: method.request.header.A')}
    e: ${scheme('type: request, authorizerUri: u, authorizerResultTtlInSeconds: 5')}`),
    ).toEqual([
      'The authorizer a has no place to find the token.',
      "the security scheme b's x-amazon-apigateway-authorizer's jwtConfiguration has no issuer.",
      'Simple responses need payload format 2.0.',
      '"method.request.header.A" is no identity source of an HTTP API.',
      'The authorizer e has nothing to keep its answers by.',
    ]);
  });

  test('with FailOnWarnings integrations that only REST APIs have', () => {
    const body = integration('type: aws, httpMethod: POST, uri: u');
    expect(http(body, 'FailOnWarnings: true')).toEqual([
      'paths./a.get.x-amazon-apigateway-integration.type: HTTP APIs have no integration of type aws; the route has none.',
    ]);
  });
});
