import { expect, test } from 'vitest';
import type { HttpApi } from '#gateway/model/http-api.ts';
import type { RestApi } from '#gateway/model/rest-api.ts';
import type { WebSocketApi } from '#gateway/model/websocket-api.ts';
import { problemsOf, readInline, shown } from './inline-template.ts';

/** CloudFormation takes text wherever a property is a JSON document. */
const body = (integration: object): string =>
  JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'Lots', version: '1' },
    paths: { '/lots': { get: { 'x-amazon-apigateway-integration': integration } } },
  });

test('the definition of a REST API as JSON text', () => {
  const { application, support } = readInline(`Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Body: !Sub '${body({ type: 'mock', credentials: '$' + '{Role.Arn}' })}' } }
  Role: { Type: AWS::IAM::Role, Properties: { RoleName: caller, AssumeRolePolicyDocument: { Statement: [] } } }
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api, StageName: dev } }
`);
  const [api] = application.apis as readonly RestApi[];
  expect(api!.name).toBe('Lots');
  const [, lots] = api!.deployments[0]!.definition.resources;
  expect(lots).toMatchObject({
    path: '/lots',
    methods: [{ integration: { credentials: 'arn:aws:iam::123456789012:role/caller' } }],
  });
  expect(support).toContainEqual(
    expect.objectContaining({ logicalId: 'Api', property: 'Body', level: 'differently', note: expect.any(String) }),
  );
});

test('the definition of an HTTP API as JSON text', () => {
  const [api] = readInline(`Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Body: '${body({ type: 'http_proxy', httpMethod: 'GET', uri: 'https://example.com' })}'
`).application.apis as readonly HttpApi[];
  expect(api!.deployments[0]!.definition.routes.map(({ routeKey }) => routeKey)).toEqual(['GET /lots']);
});

test('text that is no JSON is refused', () => {
  const template = (text: string): string =>
    `Resources:\n  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Body: '${text}' } }\n`;
  expect(shown(problemsOf(template('openapi')))).toEqual([
    '2:56 Body must be a map, not a text that is no JSON object.',
  ]);
});

test('the model of a WebSocket API as JSON text', () => {
  const [api] = readInline(`Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action } }
  Bid: { Type: AWS::ApiGatewayV2::Model, Properties: { ApiId: !Ref Api, Name: Bid, Schema: '{"type":"object"}' } }
`).application.apis as readonly WebSocketApi[];
  expect(api!.deployments[0]!.definition.models).toMatchObject({ Bid: { schema: { type: 'object' } } });
});
