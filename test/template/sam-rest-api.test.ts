import { describe, expect, test } from 'vitest';
import type { RestApi } from '#gateway/model/rest-api.ts';
import { problemsOf, readInline, shown } from './inline-template.ts';

const sam = 'Transform: AWS::Serverless-2016-10-31\n';
const hello = (events: string, rest = ''): string => `${sam}${rest}
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      InlineCode: 'exports.handler = async () => ({ statusCode: 200 })'
      Events:
${events}`;
const restApi = (text: string): RestApi => readInline(text).application.apis[0] as RestApi;
const methods = (api: RestApi) =>
  api.deployments[0]!.definition.resources.flatMap((resource) =>
    resource.methods.map((method) => ({ ...method, at: `${method.httpMethod} ${resource.path}` })),
  );

describe('AWS::Serverless::Api', () => {
  test('events without an API make ServerlessRestApi with stage Prod, and SAM its extra stage', () => {
    const { application } = readInline(
      hello(`        Get: { Type: Api, Properties: { Path: '/hello/{name}', Method: get } }
        Any: { Type: Api, Properties: { Path: /any, Method: ANY } }
`),
    );
    const api = application.apis[0] as RestApi;
    expect(api).toMatchObject({ kind: 'REST', logicalId: 'ServerlessRestApi' });
    expect(api.stages.map(({ name }) => name)).toEqual(['Prod', 'Stage']);
    expect(api.id).toMatch(/^[a-z][a-z0-9]{9}$/);
    expect(api.deployments[0]!.definition.resources.map(({ path }) => path)).toEqual([
      '/',
      '/any',
      '/hello',
      '/hello/{name}',
    ]);
    expect(methods(api).map(({ at }) => at)).toEqual(['ANY /any', 'GET /hello/{name}']);
    expect(methods(api)[0]!.integration).toMatchObject({
      type: 'AWS_PROXY',
      uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:test-Hello/invocations',
    });
    expect(application.permissions.map(({ functionName, sourceArn }) => `${functionName} ${sourceArn}`)).toEqual([
      `test-Hello arn:aws:execute-api:us-east-1:123456789012:${api.id}/*/GET/hello/*`,
      `test-Hello arn:aws:execute-api:us-east-1:123456789012:${api.id}/*/*/any`,
    ]);
  });

  test('OpenApiVersion takes the extra stage away; Globals reach the implicit API', () => {
    const api = restApi(
      hello(
        '        Get: { Type: Api, Properties: { Path: /hello, Method: get } }\n',
        'Globals: { Api: { OpenApiVersion: 3.0.1, BinaryMediaTypes: [image~1png], TracingEnabled: true } }\n',
      ),
    );
    expect(api.stages).toHaveLength(1);
    expect(api.stages[0]).toMatchObject({ name: 'Prod', tracingEnabled: true });
    expect(api.deployments[0]!.definition.binaryMediaTypes).toEqual(['image/png']);
  });

  test('Cors adds a MOCK for OPTIONS to every path', () => {
    const api = restApi(
      hello(
        '        Get: { Type: Api, Properties: { Path: /hello, Method: get } }\n',
        'Globals: { Api: { Cors: { AllowOrigin: "\'*\'", MaxAge: "\'60\'" } } }\n',
      ),
    );
    const options = methods(api).find(({ at }) => at === 'OPTIONS /hello')!;
    expect(options.integration).toMatchObject({
      type: 'MOCK',
      requestTemplates: { 'application/json': expect.stringContaining('200') },
    });
    expect(options.integration!.responses[0]).toMatchObject({
      statusCode: '200',
      responseParameters: {
        'method.response.header.Access-Control-Allow-Methods': "'GET,OPTIONS'",
        'method.response.header.Access-Control-Allow-Origin': "'*'",
        'method.response.header.Access-Control-Max-Age': "'60'",
      },
    });
  });

  test('authorizers, the default one and its exceptions', () => {
    const api = restApi(
      `${hello(`        Open: { Type: Api, Properties: { RestApiId: !Ref Own, Path: /open, Method: get, Auth: { Authorizer: NONE } } }
        Shut: { Type: Api, Properties: { RestApiId: !Ref Own, Path: /shut, Method: get, Auth: { ApiKeyRequired: true } } }
        Iam: { Type: Api, Properties: { RestApiId: !Ref Own, Path: /iam, Method: get, Auth: { Authorizer: AWS_IAM } } }
`)}
  Own:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      OpenApiVersion: 3.0.1
      Auth:
        DefaultAuthorizer: Token
        Authorizers: { Token: { FunctionArn: !GetAtt Hello.Arn, Identity: { Header: X-Token, ReauthorizeEvery: 0 } } }
`,
    );
    expect(
      Object.fromEntries(
        methods(api).map((method) => [method.at, [method.authorizationType, method.authorizer, method.apiKeyRequired]]),
      ),
    ).toEqual({
      'GET /iam': ['AWS_IAM', null, false],
      'GET /open': ['NONE', null, false],
      'GET /shut': ['CUSTOM', 'Token', true],
    });
    expect(api.deployments[0]!.definition.authorizers.Token).toMatchObject({
      type: 'TOKEN',
      identitySource: 'method.request.header.X-Token',
      resultTtlInSeconds: 0,
    });
  });

  test('a resource policy is never dropped: who is on no list is denied', () => {
    const api = restApi(
      hello(
        '        Get: { Type: Api, Properties: { Path: /hello, Method: get } }\n',
        'Globals: { Api: { Auth: { ResourcePolicy: { IpRangeWhitelist: [10.0.0.0/8] } } } }\n',
      ),
    );
    expect(api.deployments[0]!.definition.policy!.Statement).toMatchObject([
      { Effect: 'Allow', Resource: ['execute-api:/Prod/GET/hello'] },
      {
        Effect: 'Deny',
        Resource: ['execute-api:/Prod/GET/hello'],
        Condition: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8'] } },
      },
    ]);
  });

  test('an own DefinitionBody is not extended by events', () => {
    const api = restApi(
      `${hello('        Get: { Type: Api, Properties: { RestApiId: !Ref Own, Path: /other, Method: get } }\n')}
  Own:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      DefinitionBody:
        swagger: '2.0'
        info: { title: Own, version: '1' }
        paths: { /own: { get: { x-amazon-apigateway-integration: { type: mock } } } }
`,
    );
    expect(methods(api).map(({ at }) => at)).toEqual(['GET /own']);
    expect(api.name).toBe('Own');
  });

  test('events that claim one operation twice, and an API without a stage, are refused', () => {
    expect(
      shown(
        problemsOf(
          hello(`        A: { Type: Api, Properties: { Path: /x, Method: get } }
        B: { Type: Api, Properties: { Path: /x, Method: GET } }
        C: { Type: Api, Properties: { Path: /x } }
  Own: { Type: AWS::Serverless::Api }
`),
        ),
      ),
    ).toEqual([
      '12:9 Two events stand for GET /x of the same API.',
      '13:9 The event C needs a Method.',
      '14:3 Own has no StageName.',
    ]);
  });

  test('stage settings', () => {
    const api = restApi(`${sam}Resources:
  Own:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      OpenApiVersion: 3.0.1
      Variables: { lambdaAlias: live, n: 1 }
      CacheClusterEnabled: true
      AccessLogSetting: { DestinationArn: arn, Format: $context.requestId }
      CanarySetting: { PercentTraffic: 10, StageVariableOverrides: { lambdaAlias: canary } }
      MethodSettings:
        - { ResourcePath: /lots, HttpMethod: GET, CachingEnabled: true }
        - { ResourcePath: '/*', HttpMethod: '*', ThrottlingRateLimit: 5, LoggingLevel: INFO }
`);
    expect(api.stages[0]).toMatchObject({
      variables: { lambdaAlias: 'live', n: '1' },
      cacheCluster: { enabled: true },
      accessLog: { destinationArn: 'arn', format: '$context.requestId' },
      canary: {
        deploymentId: api.deployments[0]!.id,
        percentTraffic: 10,
        stageVariableOverrides: { lambdaAlias: 'canary' },
        useStageCache: false,
      },
      methodSettings: {
        '*/*': { throttlingRateLimit: 5, loggingLevel: 'INFO', cachingEnabled: false },
        'lots/GET': { throttlingRateLimit: 5, loggingLevel: 'INFO', cachingEnabled: true },
      },
    });
  });
});
