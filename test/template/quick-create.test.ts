import { expect, test } from 'vitest';
import type { HttpApi } from '#gateway/model/http-api.ts';
import { problemsOf, readInline, shown } from './inline-template.ts';

const template = (api: string, overrides: string): string => `Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: HTTP, ${api} } }
  Overrides: { Type: AWS::ApiGatewayV2::ApiGatewayManagedOverrides, Properties: { ApiId: !Ref Api, ${overrides} } }
  Jwt:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: jwt
      AuthorizerType: JWT
      IdentitySource: [$request.header.Authorization]
      JwtConfiguration: { Issuer: https://issuer.example.com, Audience: [me] }
`;

test('overrides guard and change what quick create makes', () => {
  const [api] = readInline(
    template(
      'Target: https://example.com',
      `Route: { AuthorizationType: JWT, AuthorizerId: !Ref Jwt, AuthorizationScopes: [read] },
      Integration: { TimeoutInMillis: 1000, IntegrationMethod: GET },
      Stage: { StageVariables: { a: b }, DefaultRouteSettings: { ThrottlingBurstLimit: 3 } }`,
    ),
  ).application.apis as readonly HttpApi[];
  const { routes, integrations, authorizers } = api!.deployments[0]!.definition;
  expect(routes).toMatchObject([
    {
      routeKey: '$default',
      authorizationType: 'JWT',
      authorizerId: Object.keys(authorizers)[0],
      authorizationScopes: ['read'],
    },
  ]);
  expect(integrations[routes[0]!.integrationId!]).toMatchObject({ timeoutInMillis: 1000, method: 'GET' });
  expect(api!.stages).toMatchObject([
    { name: '$default', variables: { a: 'b' }, defaultRouteSettings: { throttlingBurstLimit: 3 } },
  ]);
});

test('a guard without an authorizer, and overrides of nothing, are refused', () => {
  expect(shown(problemsOf(template('Target: https://example.com', 'Route: { AuthorizationType: JWT }')))).toEqual([
    '3:107 The route $default is of authorization type JWT and names no authorizer.',
  ]);
  expect(shown(problemsOf(template('Description: none', 'Route: { AuthorizationType: AWS_IAM }')))).toEqual([
    '3:83 Overrides overrides what quick create makes, and Api has no Target.',
  ]);
});
