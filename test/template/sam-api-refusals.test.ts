import { describe, expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const template = (type: string, properties: string, event = ''): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::${type}
    Properties: { ${type === 'Api' ? 'StageName: dev, ' : ''}${properties} }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: exports.handler = async () => ({})
      Events: { Get: { Type: ${type === 'HttpApi' ? 'HttpApi' : 'Api'}, Properties: { ${type === 'HttpApi' ? 'ApiId' : 'RestApiId'}: !Ref Api, Path: /a, Method: get${event} } } }
`;
const refused = (...parts: Parameters<typeof template>): readonly string[] =>
  shown(problemsOf(template(...parts))).map((line) => line.replace(/^\d+:\d+ /, ''));

describe('AWS::Serverless::Api refuses what SAM does', () => {
  test.each([
    ['OpenApiVersion: "3"', 'OpenApiVersion of Api is 3.'],
    ['Cors: { AllowOrigins: "\'*\'" }', 'AllowOrigins is no member of Cors of Api.'],
    ['Cors: { AllowOrigin: "\'*\'", AllowCredentials: true }', 'Cors of Api allows credentials, and every origin.'],
    ['Models: { Lot: { properties: {} } }', 'The model Lot of Api has no type.'],
    [
      'GatewayResponses: { UNAUTHORIZED: { Status: 401 } }',
      'Status is no member of the gateway response UNAUTHORIZED.',
    ],
    [
      'GatewayResponses: { UNAUTHORIZED: { ResponseParameters: { Header: {} } } }',
      'Header is no member of the ResponseParameters of UNAUTHORIZED.',
    ],
    ['Auth: { DefaultAuthorizer: Tokn }', 'The DefaultAuthorizer of Api is Tokn, which it does not declare.'],
    [
      'Auth: { Authorizers: { R: { FunctionPayloadType: REQUEST, FunctionArn: a } } }',
      'The authorizer R of Api has no identity to keep its answers by.',
    ],
    ['Auth: { UsagePlan: { CreateUsagePlan: SOME } }', 'UsagePlan of Api has CreateUsagePlan: "SOME".'],
    ['Domain: { DomainName: a.example.com }', 'The Domain of Api has no CertificateArn.'],
    ['Domain: { DomainName: a, CertificateArn: c, Route53: { IpV6: true } }', 'Route53 of Api names no hosted zone.'],
  ])('%s', (properties, message) => {
    expect(refused('Api', properties)).toContain(message);
  });

  test.each([
    [', Auth: { Authorizer: NONE }', 'The event Get says Authorizer: NONE, and Api has no DefaultAuthorizer.'],
    [', Auth: { ApiKeyRequired: false }', 'The event Get says ApiKeyRequired: false, and Api asks for no key.'],
    [', Auth: { OverrideApiAuth: true }', 'The event Get overrides the Auth of its API with nothing.'],
    [', Auth: { AuthorizationScopes: [a] }', 'The event Get has AuthorizationScopes without an Authorizer.'],
    [', RequestModel: { Model: Lot }', 'The event Get names the model Lot, which Api does not have.'],
    [', RequestParameters: [header.A]', 'The event Get has the request parameter "header.A".'],
    [
      ', RequestParameters: [method.request.header.A: true]',
      'The request parameter method.request.header.A must be a map.',
    ],
  ])('an event with %s', (event, message) => {
    expect(refused('Api', '', event)).toEqual([message]);
  });
});

describe('AWS::Serverless::HttpApi refuses what SAM does', () => {
  const jwt = 'JwtConfiguration: { issuer: i, audience: [a] }';
  test.each([
    ['CorsConfiguration: { AllowOrigin: a }', 'AllowOrigin is no member of CorsConfiguration of Api.'],
    ['CorsConfiguration: { AllowCredentials: true }', 'CorsConfiguration of Api allows credentials, and every origin.'],
    [`Auth: { Authorizers: { J: { ${jwt} } } }`, 'The authorizer J has no IdentitySource.'],
    [
      `Auth: { Authorizers: { J: { ${jwt}, IdentitySource: $request.header.A, FunctionArn: f } } }`,
      'FunctionArn is no member of the authorizer J.',
    ],
    ['Auth: { Authorizers: { L: { FunctionArn: f } } }', 'The authorizer L has no AuthorizerPayloadFormatVersion.'],
    ['Auth: { DefaultAuthorizer: AWS_IAM }', 'The DefaultAuthorizer of Api is AWS_IAM, which it does not declare.'],
    [
      'Domain: { DomainName: a, CertificateArn: c, EndpointConfiguration: EDGE }',
      'The Domain of Api has the EndpointConfiguration EDGE.',
    ],
    [
      'Domain: { DomainName: a, CertificateArn: c, BasePath: a.b }',
      'The BasePath a.b of Api has characters that SAM does not take.',
    ],
  ])('%s', (properties, message) => {
    expect(refused('HttpApi', properties)).toContain(message);
  });

  test('AWS_IAM where it is not enabled', () => {
    expect(refused('HttpApi', '', ', Auth: { Authorizer: AWS_IAM }')[0]).toBe(
      'The event Get names AWS_IAM, which the Auth of Api does not enable.',
    );
  });
});

test('AWS::Serverless::WebSocketApi refuses what SAM does', () => {
  const route = '$default: { FunctionArn: !GetAtt Hello.Arn }';
  const socket = (properties: string, routes = route): readonly string[] =>
    refused('WebSocketApi', `RouteSelectionExpression: $request.body.action, Routes: { ${routes} }, ${properties}`);
  expect(socket('StageName: $default')).toContain('A WebSocket API has no stage $default.');
  expect(socket('IpAddressType: ipv6')).toContain('IpAddressType of Api is ipv6.');
  expect(socket('Auth: { AuthType: AWS_IAM }')).toContain('Api has an Auth and no route $connect, where it is asked.');
  expect(socket('Auth: { AuthArn: a }')).toContain('Auth of Api has no AuthType.');
  expect(socket('', `${route.slice(0, -2)}, RequestParameters: {} }`)).toContain(
    'The route $default of Api has RequestParameters.',
  );
  expect(
    socket('Domain: { DomainName: a, CertificateArn: c, MutualTlsAuthentication: { TruststoreUri: u } }'),
  ).toContain('The Domain of Api asks for mutual TLS.');
});

describe('what SAM takes is taken', () => {
  test('OpenApiVersion: 3.0, which is a number without quotes', () => {
    expect(readInline(template('Api', 'OpenApiVersion: 3.0')).application.apis).toHaveLength(1);
  });

  test('an event whose path its API, which has a definition of its own, does not look at', () => {
    const own = 'DefinitionBody: { swagger: "2.0", paths: {} }';
    const odd = (properties: string) => template('Api', properties).replace('Path: /a', "Path: '*'");
    expect(readInline(odd(own)).resources.map(({ logicalId }) => logicalId)).toContain('HelloGetPermissiondev');
    const what = 'The Path of the event Get does not start with a slash.';
    expect(shown(problemsOf(odd('')))[0]).toContain(what);
    expect(shown(problemsOf(odd(`MergeDefinitions: true, ${own}`)))[0]).toContain(what);
  });

  test('the method of API Gateway’s own name', () => {
    const event = 'Path: $default, Method: x-amazon-apigateway-any-method';
    const { resources } = readInline(template('HttpApi', 'StageName: dev').replace('Path: /a, Method: get', event));
    const of = (id: string) => resources.find(({ logicalId }) => logicalId === id)!.properties;
    expect(of('Api').Body).toMatchObject({ paths: { $default: { 'x-amazon-apigateway-any-method': {} } } });
    expect(of('HelloGetPermission').SourceArn).toMatch(/:[a-z0-9]{10}\/\*\/\*$/);
  });

  test('a member of a Lambda authorizer of an HTTP API that SAM does not know', () => {
    const authorizer = "{ FunctionPayloadType: REQUEST, FunctionArn: f, AuthorizerPayloadFormatVersion: '2.0' }";
    const { support } = readInline(template('HttpApi', `Auth: { Authorizers: { L: ${authorizer} } }`));
    expect(support.filter(({ property, level }) => property.startsWith('Auth') && level !== 'honoured')).not.toEqual(
      [],
    );
  });
});

test('an event of every method that SAM would lose in a merge is said', () => {
  const { support } = readInline(
    template('Api', 'MergeDefinitions: true, DefinitionBody: { swagger: "2.0", paths: {} }').replace('get', 'any'),
  );
  expect(support).toContainEqual(
    expect.objectContaining({
      property: 'Events.Get.Properties.RestApiId',
      level: 'not honoured',
      note: expect.stringContaining('SAM merges ANY under a key that API Gateway does not know'),
    }),
  );
});
