import { expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const webSocket = (stage: string, deployment = ''): string => `Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: a, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action } }
  Mock: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: MOCK } }
  Connect: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: $connect, Target: !Sub 'integrations/\${Mock}' } }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: dev, ${stage} } }
  ${deployment}
`;

test('a stage without a deployment is not served, and said to be', () => {
  const { application, support } = readInline(webSocket('Description: none'));
  expect(application.apis[0]!.stages).toEqual([]);
  expect(support).toContainEqual(
    expect.objectContaining({
      logicalId: 'Stage',
      level: 'not honoured',
      note: 'nothing is deployed to it, so that it is not served: AutoDeploy: true or a DeploymentId would',
    }),
  );
});

test('a deployment may name its stage', () => {
  const [api] = readInline(
    webSocket(
      'Description: none',
      'Deployment: { Type: AWS::ApiGatewayV2::Deployment, DependsOn: Connect, Properties: { ApiId: !Ref Api, StageName: !Ref Stage } }',
    ),
  ).application.apis;
  expect(api!.stages.map(({ name, deploymentId }) => [name, deploymentId])).toEqual([['dev', api!.deployments[0]!.id]]);
});

test('the later of two deployments to one stage of a REST API counts', () => {
  const [api] = readInline(`Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
  Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, Integration: { Type: MOCK } } }
  First: { Type: AWS::ApiGateway::Deployment, DependsOn: Get, Properties: { RestApiId: !Ref Api, StageName: prod } }
  Second: { Type: AWS::ApiGateway::Deployment, DependsOn: First, Properties: { RestApiId: !Ref Api, StageName: prod } }
`).application.apis;
  expect(api!.stages.map(({ logicalId }) => logicalId)).toEqual(['Second']);
});

test('a canary takes a deployment of the template alone', () => {
  const problems = problemsOf(`Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }
  Get: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: GET, Integration: { Type: MOCK } } }
  Deployment: { Type: AWS::ApiGateway::Deployment, DependsOn: Get, Properties: { RestApiId: !Ref Api } }
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: { RestApiId: !Ref Api, StageName: dev, DeploymentId: !Ref Deployment, CanarySetting: { DeploymentId: abc123 } }
`);
  expect(shown(problems)).toEqual(['7:104 Stage points at the deployment abc123, which this template does not make.']);
});
