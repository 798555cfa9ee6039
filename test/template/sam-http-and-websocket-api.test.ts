import { describe, expect, test } from 'vitest';
import type { HttpApi } from '#gateway/model/http-api.ts';
import type { WebSocketApi } from '#gateway/model/websocket-api.ts';
import { problemsOf, readInline, shown } from './inline-template.ts';

const base = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, Handler: index.handler } }
Resources:
`;

describe('AWS::Serverless::HttpApi', () => {
  test('events make ServerlessHttpApi at the root, with $default where neither path nor method is given', () => {
    const { application } = readInline(`${base}
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      AutoPublishAlias: live
      Events:
        Rest: { Type: HttpApi, Properties: { Path: '/x/{p+}', Method: any, PayloadFormatVersion: 1.0, TimeoutInMillis: 900 } }
        Other: { Type: HttpApi }
`);
    const api = application.apis[0] as HttpApi;
    expect(api).toMatchObject({ kind: 'HTTP', logicalId: 'ServerlessHttpApi' });
    expect(api.stages).toMatchObject([{ name: '$default', autoDeploy: true, deploymentId: api.deployments[0]!.id }]);
    const { routes, integrations } = api.deployments[0]!.definition;
    expect(routes.map(({ routeKey }) => routeKey)).toEqual(['$default', 'ANY /x/{p+}']);
    expect(integrations[routes[1]!.integrationId!]).toMatchObject({
      payloadFormatVersion: '1.0',
      timeoutInMillis: 900,
      uri: expect.stringContaining('function:test-Hello:live/invocations'),
    });
    expect(application.permissions.map(({ functionName }) => functionName)).toEqual(
      Array(2).fill('arn:aws:lambda:us-east-1:123456789012:function:test-Hello:live'),
    );
  });

  test('settings, CORS and authorizers', () => {
    const { application } = readInline(`${base}
  Own:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: dev
      StageVariables: { a: b }
      DefaultRouteSettings: { ThrottlingRateLimit: 5 }
      RouteSettings: { 'GET /x': { ThrottlingBurstLimit: 2 } }
      CorsConfiguration: { AllowOrigins: ['https://a.example'], AllowCredentials: true, MaxAge: 9 }
      Auth:
        DefaultAuthorizer: Users
        EnableIamAuthorizer: true
        Authorizers:
          Users: { IdentitySource: $request.header.Authorization, JwtConfiguration: { issuer: 'https://i', audience: [a] }, AuthorizationScopes: [s] }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Events:
        A: { Type: HttpApi, Properties: { ApiId: !Ref Own, Path: /a, Method: get } }
        B: { Type: HttpApi, Properties: { ApiId: !Ref Own, Path: /b, Method: get, Auth: { Authorizer: NONE } } }
        C: { Type: HttpApi, Properties: { ApiId: !Ref Own, Path: /c, Method: get, Auth: { Authorizer: AWS_IAM } } }
`);
    const api = application.apis[0] as HttpApi;
    const { routes, cors, authorizers } = api.deployments[0]!.definition;
    expect(routes.map((route) => [route.routeKey, route.authorizationType, route.authorizationScopes])).toEqual([
      ['GET /a', 'JWT', ['s']],
      ['GET /b', 'NONE', []],
      ['GET /c', 'AWS_IAM', []],
    ]);
    expect(authorizers[routes[0]!.authorizerId!]).toMatchObject({
      name: 'Users',
      jwt: { issuer: 'https://i', audience: ['a'] },
    });
    expect(cors).toMatchObject({ allowOrigins: ['https://a.example'], allowCredentials: true, maxAge: 9 });
    expect(api.stages[0]).toMatchObject({
      name: 'dev',
      variables: { a: 'b' },
      defaultRouteSettings: { throttlingRateLimit: 5 },
      routeSettings: { 'GET /x': { throttlingBurstLimit: 2 } },
    });
  });
});

describe('AWS::Serverless::WebSocketApi', () => {
  const live = (routes: string, more = ''): string => `${base}
  Hello: { Type: AWS::Serverless::Function, Properties: { InlineCode: x, AutoPublishAlias: live } }
  Live:
    Type: AWS::Serverless::WebSocketApi
    Properties:
      RouteSelectionExpression: $request.body.action
${more}      Routes:
${routes}`;

  test('routes, two-way where the expression is set, and an authorizer on $connect alone', () => {
    const { application } = readInline(
      live(
        `        $connect: { FunctionArn: !GetAtt Hello.Arn }
        watch: { FunctionArn: !Ref Hello.Alias, RouteResponseSelectionExpression: $default, IntegrationTimeout: 500 }
`,
        '      Auth: { AuthType: CUSTOM, AuthArn: !GetAtt Hello.Arn, IdentitySource: [route.request.querystring.t] }\n',
      ),
    );
    const api = application.apis[0] as WebSocketApi;
    const { routes, integrations, authorizers } = api.deployments[0]!.definition;
    expect(api).toMatchObject({
      kind: 'WEBSOCKET',
      logicalId: 'Live',
      name: 'Live',
      stages: [{ name: 'default', autoDeploy: true }],
    });
    expect(routes.map(({ routeKey, hasRouteResponse }) => [routeKey, hasRouteResponse])).toEqual([
      ['$connect', false],
      ['watch', true],
    ]);
    expect(authorizers[routes[0]!.authorizerId!]).toMatchObject({ identitySource: ['route.request.querystring.t'] });
    expect(routes[1]).toMatchObject({ authorizationType: 'NONE', authorizerId: null });
    expect(integrations[routes[1]!.integrationId!]).toMatchObject({
      type: 'AWS_PROXY',
      timeoutInMillis: 500,
      uri: expect.stringContaining('function:test-Hello:live/invocations'),
    });
    expect(application.permissions.map(({ sourceArn }) => sourceArn)).toContain(
      `arn:aws:execute-api:us-east-1:123456789012:${api.id}/default/watch`,
    );
  });

  test('route keys that SAM refuses, and routes without a function, are refused where they stand', () => {
    expect(shown(problemsOf(live('        room.join: { FunctionArn: x }\n        watch: {}\n')))).toEqual([
      '11:9 The route key room.join is neither predefined nor made of letters and digits alone.',
      '12:9 The route watch of Live has no FunctionArn.',
    ]);
  });
});
