import { describe, expect, test } from 'vitest';
import { problemsOf, shown } from './inline-template.ts';

const refused = (resources: string): readonly string[] =>
  shown(problemsOf(`Resources:\n${resources.trim().replace(/^/gm, '  ')}\n`)).map((line) =>
    line.replace(/^\d+:\d+ /, ''),
  );

describe('resources of a REST API', () => {
  const method = (properties: string, more = '') =>
    refused(`
Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
Lots: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: lots } }
Get:
  Type: AWS::ApiGateway::Method
  Properties: { RestApiId: !Ref Api, ResourceId: !Ref Lots, Integration: { Type: MOCK }, ${properties} }
${more}`);

  test.each([
    ['HttpMethod: GETS, AuthorizationType: NONE', 'Get has the HttpMethod GETS.'],
    [
      'HttpMethod: GET, AuthorizationType: CUSTOM',
      'GET /lots is of authorization type CUSTOM and names no authorizer.',
    ],
    ['HttpMethod: GET, AuthorizerId: abc123', 'Get names an authorizer, and no AuthorizationType that asks it.'],
    [
      'HttpMethod: GET, AuthorizationType: NONE, RequestValidatorId: abc123',
      'GET /lots names the request validator abc123, which its API does not have.',
    ],
    [
      'HttpMethod: GET, AuthorizationType: NONE, RequestModels: { application/json: Lot }',
      'GET /lots names the model Lot, which its API does not have.',
    ],
  ])('%s', (properties, message) => {
    expect(method(properties)).toEqual([message]);
  });

  test('a method without an integration', () => {
    expect(
      refused(`
Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET } }`),
    ).toEqual(['GET / has no integration.']);
  });

  test('a path, a model and a gateway response that cannot be', () => {
    expect(
      method(
        'HttpMethod: GET, AuthorizationType: NONE',
        `Twice: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: lots } }
Model: { Type: AWS::ApiGateway::Model, Properties: { RestApiId: !Ref Api, Name: a_b, ContentType: application/json, Schema: '{' } }
Response: { Type: AWS::ApiGateway::GatewayResponse, Properties: { RestApiId: !Ref Api, ResponseType: NOPE } }`,
      ),
    ).toEqual([
      'Another resource with the same parent already has the path part lots.',
      'The model name "a_b" is not alphanumeric.',
      'Schema must be a map, not a text that is no JSON object.',
      'There is no gateway response type NOPE.',
    ]);
  });

  test('a stage that AWS has not', () => {
    expect(
      refused(`
Api: { Type: AWS::ApiGateway::RestApi, Properties: { Body: { openapi: 3.0.1, paths: { /a: { get: { x-amazon-apigateway-integration: { type: mock } } } } } } }
Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api } }
Stage:
  Type: AWS::ApiGateway::Stage
  Properties:
    RestApiId: !Ref Api
    DeploymentId: !Ref Deployment
    StageName: dev
    CacheClusterEnabled: true
    CacheClusterSize: 7
    CanarySetting: { PercentTraffic: 120 }
    MethodSettings: [{ ResourcePath: /a, HttpMethod: GET, CacheTtlInSeconds: 9999 }]`),
    ).toEqual(['CacheClusterSize of Stage is "7".', 'PercentTraffic is 120.', 'CacheTtlInSeconds is 9999.']);
  });
});

test('parts of HTTP and WebSocket APIs', () => {
  expect(
    refused(`
Http: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: HTTP } }
Guarded: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: GET /a, AuthorizationType: JWT } }
Unasked: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: GET /b, AuthorizerId: abc123 } }
Nowhere: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Http, IntegrationType: AWS_PROXY } }
Socket: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: b, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action } }
Untyped: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Socket, IntegrationUri: u } }
Orphan: { Type: AWS::ApiGatewayV2::IntegrationResponse, Properties: { ApiId: !Ref Socket, IntegrationId: !Ref Nowhere, IntegrationResponseKey: $default } }
Lost: { Type: AWS::ApiGatewayV2::RouteResponse, Properties: { ApiId: !Ref Socket, RouteId: !Ref Guarded, RouteResponseKey: $default } }`),
  ).toEqual([
    'The route GET /a is of authorization type JWT and names no authorizer.',
    'The route GET /b names an authorizer, and its authorization type is NONE.',
    'An integration of type AWS_PROXY needs a IntegrationUri.',
    'An integration of type AWS_PROXY needs a PayloadFormatVersion.',
    'Untyped has no IntegrationType.',
    'The IntegrationId of Orphan names no such part of its API.',
    'The RouteId of Lost names no such part of its API.',
  ]);
});
