import { expect, test } from 'vitest';
import type { HttpApi } from '#gateway/model/http-api.ts';
import type { RestApi } from '#gateway/model/rest-api.ts';
import type { WebSocketApi } from '#gateway/model/websocket-api.ts';
import { problemsOf, readInline, shown } from './inline-template.ts';

const rest = `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: lots, EndpointConfiguration: { Types: [REGIONAL] } } }
  Lots: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: lots } }
  Lot: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Lots, PathPart: '{lotId}' } }
  Token: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Api, Name: token, Type: TOKEN, AuthorizerUri: uri } }
  Body: { Type: AWS::ApiGateway::RequestValidator, Properties: { RestApiId: !Ref Api, Name: body, ValidateRequestBody: true } }
  NewLot: { Type: AWS::ApiGateway::Model, Properties: { RestApiId: !Ref Api, Name: NewLot, Schema: { type: object } } }
  Denied: { Type: AWS::ApiGateway::GatewayResponse, Properties: { RestApiId: !Ref Api, ResponseType: ACCESS_DENIED, StatusCode: 404 } }
  Root:
    Type: AWS::ApiGateway::Method
    Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: ANY, AuthorizationType: NONE, Integration: { Type: MOCK } }
  PostLot:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Lot
      HttpMethod: post
      AuthorizationType: CUSTOM
      AuthorizerId: !Ref Token
      RequestValidatorId: !Ref Body
      RequestModels: { application/json: !Ref NewLot }
      RequestParameters: { method.request.header.X: true }
      MethodResponses: [{ StatusCode: 200, ResponseParameters: { method.response.header.Y: true } }]
      Integration:
        Type: HTTP
        IntegrationHttpMethod: GET
        Uri: https://example.com
        IntegrationResponses: [{ StatusCode: 200 }, { StatusCode: 404, SelectionPattern: '4..' }]
  Deployment: { Type: AWS::ApiGateway::Deployment, DependsOn: PostLot, Properties: { RestApiId: !Ref Api, StageName: quick } }
  Stage: { Type: AWS::ApiGateway::Stage, Properties: { RestApiId: !Ref Api, StageName: dev, DeploymentId: !Ref Deployment, TracingEnabled: 'true' } }
`;

test('the parts of a method are all known', () => {
  const unknown = readInline(rest).support.filter(({ note }) => note === 'not known to the gateway');
  expect(unknown).toEqual([]);
});

test('a REST API of resources and methods', () => {
  const api = readInline(rest).application.apis[0] as RestApi;
  expect(api).toMatchObject({ name: 'lots', endpointTypes: ['REGIONAL'] });
  expect(api.stages.map(({ name, tracingEnabled }) => [name, tracingEnabled])).toEqual([
    ['dev', true],
    ['quick', false],
  ]);
  const { resources, authorizers, requestValidators, models, gatewayResponses } = api.deployments[0]!.definition;
  expect(resources.map(({ path, methods }) => [path, ...methods.map(({ httpMethod }) => httpMethod)])).toEqual([
    ['/', 'ANY'],
    ['/lots'],
    ['/lots/{lotId}', 'POST'],
  ]);
  expect(resources[2]!.methods[0]).toMatchObject({
    authorizationType: 'CUSTOM',
    authorizer: 'token',
    requestValidator: 'body',
    requestModels: { 'application/json': 'NewLot' },
    requestParameters: { 'method.request.header.X': true },
    responses: { '200': { parameters: { 'method.response.header.Y': true } } },
    integration: {
      type: 'HTTP',
      httpMethod: 'GET',
      responses: [{ selectionPattern: null }, { selectionPattern: '4..' }],
    },
  });
  expect(authorizers.token).toMatchObject({ type: 'TOKEN', authorizerUri: 'uri' });
  expect(requestValidators.body).toMatchObject({ validateRequestBody: true });
  expect(models.NewLot).toMatchObject({ schema: { type: 'object' } });
  expect(gatewayResponses.ACCESS_DENIED).toMatchObject({ statusCode: '404' });
});

test('the tree is held to API Gateway’s rules', () => {
  const child = (name: string, parent: string, part: string): string =>
    `  ${name}: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref ${parent}, PathPart: '${part}' } }\n`;
  const problems = problemsOf(
    rest + child('Proxy', 'Lots', '{proxy+}') + child('Below', 'Proxy', 'x') + child('Odd', 'Lots', 'a{b}'),
  );
  expect(shown(problems)).toEqual([
    '31:3 /lots/{proxy+}: a sibling ({lotId}) of this resource already has a variable path part -- only one is allowed.',
    '32:3 /lots/{proxy+}/x: cannot create a child of a resource with a greedy path variable: {proxy+}.',
    '33:3 /lots/a{b}: "a{b}" is not a path part.',
  ]);
});

test('an HTTP API of routes and integrations, and one by quick create', () => {
  const { application } = readInline(`Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: bids, ProtocolType: HTTP, CorsConfiguration: { AllowOrigins: ['*'] } } }
  Queue:
    Type: AWS::ApiGatewayV2::Integration
    Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationSubtype: SQS-SendMessage, PayloadFormatVersion: '1.0', RequestParameters: { QueueUrl: u } }
  Users: { Type: AWS::ApiGatewayV2::Authorizer, Properties: { ApiId: !Ref Api, Name: users, AuthorizerType: JWT, IdentitySource: [$request.header.Authorization], JwtConfiguration: { Issuer: i, Audience: [a] } } }
  Post: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: POST /bids, Target: !Sub 'integrations/\${Queue}', AuthorizationType: JWT, AuthorizerId: !Ref Users } }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: $default, AutoDeploy: true } }
  Quick: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: quick, ProtocolType: HTTP, Target: 'https://example.com' } }
`);
  const [api, quick] = application.apis as readonly HttpApi[];
  const { routes, integrations, authorizers, cors } = api!.deployments[0]!.definition;
  expect(routes).toMatchObject([{ routeKey: 'POST /bids', authorizationType: 'JWT' }]);
  expect(integrations[routes[0]!.integrationId!]).toMatchObject({
    subtype: 'SQS-SendMessage',
    requestParameters: { QueueUrl: 'u' },
  });
  expect(authorizers[routes[0]!.authorizerId!]).toMatchObject({ type: 'JWT', jwt: { issuer: 'i', audience: ['a'] } });
  expect(cors!.allowOrigins).toEqual(['*']);
  expect(quick!.stages).toMatchObject([{ name: '$default', deploymentId: quick!.deployments[0]!.id }]);
  expect(quick!.deployments[0]!.definition.routes).toMatchObject([{ routeKey: '$default' }]);
});

test('a WebSocket API needs both the expression and a RouteResponse to answer', () => {
  const { application } = readInline(`Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: live, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action } }
  Mock: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: MOCK, RequestTemplates: { '200': '{"statusCode":200}' } } }
  Reply: { Type: AWS::ApiGatewayV2::IntegrationResponse, Properties: { ApiId: !Ref Api, IntegrationId: !Ref Mock, IntegrationResponseKey: $default } }
  Ping: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: ping, Target: !Join [/, [integrations, !Ref Mock]], RouteResponseSelectionExpression: $default } }
  Pong: { Type: AWS::ApiGatewayV2::RouteResponse, Properties: { ApiId: !Ref Api, RouteId: !Ref Ping, RouteResponseKey: $default } }
  Mute: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: mute, RouteResponseSelectionExpression: $default } }
  Deployment: { Type: AWS::ApiGatewayV2::Deployment, DependsOn: [Ping], Properties: { ApiId: !Ref Api } }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: dev, DeploymentId: !Ref Deployment } }
Outputs: { Endpoint: { Value: !GetAtt Api.ApiEndpoint } }
`);
  const api = application.apis[0] as WebSocketApi;
  const { routes, integrations } = api.deployments[0]!.definition;
  expect(routes.map(({ routeKey, hasRouteResponse }) => [routeKey, hasRouteResponse])).toEqual([
    ['mute', false],
    ['ping', true],
  ]);
  expect(integrations[routes[1]!.integrationId!]).toMatchObject({
    type: 'MOCK',
    responses: [{ integrationResponseKey: '$default' }],
  });
  expect(api.stages).toMatchObject([{ name: 'dev', deploymentId: api.deployments[0]!.id, autoDeploy: false }]);
  expect(application.outputs.Endpoint).toBe(`wss://${api.id}.execute-api.us-east-1.amazonaws.com`);
});

test('what only a function URL may call lets nothing in, and a Kafka without an ARN is known by its servers', () => {
  const { application } = readInline(`Resources:
  Url: { Type: AWS::Lambda::Permission, Properties: { FunctionName: f, Action: lambda:InvokeFunction, Principal: '*', InvokedViaFunctionUrl: true } }
  Api: { Type: AWS::Lambda::Permission, Properties: { FunctionName: f, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com } }
  Kafka: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: f, SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: [b] } } } }
`);
  expect(application.permissions.map(({ logicalId }) => logicalId)).toEqual(['Api']);
  expect(application.eventSourceMappings).toMatchObject([{ eventSourceArn: '', bootstrapServers: ['b'] }]);
});
