import { describe, expect, test } from 'vitest';
import type { SupportLine } from '#gateway/template/support.ts';
import { readInline } from './inline-template.ts';

const template = (unknown: { [place: string]: string } = {}): string => `Transform: AWS::Serverless-2016-10-31
${unknown.top ?? ''}
Globals: { Function: { Runtime: nodejs24.x ${unknown.globals ?? ''} } }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [a.ts] ${unknown.build ?? ''} } ${unknown.metadata ?? ''} }
    Properties:
      Handler: index.handler
      InlineCode: x
      LoggingConfig: { LogFormat: JSON ${unknown.nested ?? ''} }
      Events:
        Get: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /x, Method: get ${unknown.event ?? ''} } }
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      MethodSettings: [{ ResourcePath: /*, HttpMethod: '*' ${unknown.listed ?? ''} }]
      DefinitionBody:
        openapi: 3.0.1
        paths:
          /x:
            get:
              x-amazon-apigateway-integration: { type: mock ${unknown.integration ?? ''} }
              ${unknown.operation ?? ''}
        ${unknown.document ?? ''}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH ${unknown.key ?? ''} }]
`;
const values = { 'gavel.values.yaml': 'ssm: { /name: auctions, /path: p, /key: k }' };
const supportOf = (text: string): readonly SupportLine[] => readInline(text, { files: values }).support;
const refused = (lines: readonly SupportLine[]): readonly string[] =>
  lines.filter(({ level }) => level === 'not honoured').map(({ logicalId, property }) => `${logicalId} ${property}`);

describe('support', () => {
  test('every resource has a line, and so has each of its properties', () => {
    const lines = supportOf(template());
    expect(lines.filter(({ property }) => property === '').map(({ logicalId }) => logicalId)).toEqual([
      'Hello',
      'Api',
      'Table',
    ]);
    expect(lines.filter(({ logicalId }) => logicalId === 'Hello').map(({ property }) => property)).toEqual(
      expect.arrayContaining(['Handler', 'Runtime', 'InlineCode', 'LoggingConfig', 'Events']),
    );
    expect(lines.find(({ property }) => property === 'Handler')).toMatchObject({
      level: 'honoured',
      place: { line: 9, column: 7 },
    });
    expect(refused(lines)).toEqual([]);
  });

  test.each([
    ['top', 'Extra: 1', ' Extra'],
    ['globals', ', Extra: 1', ' Globals.Function.Extra'],
    ['metadata', ', Extra: 1', 'Hello Metadata.Extra'],
    ['build', ', Extra: 1', 'Hello Metadata.BuildProperties.Extra'],
    ['nested', ', Extra: 1', 'Hello LoggingConfig.Extra'],
    ['event', ', Extra: 1', 'Hello Events.Get.Properties.Extra'],
    ['listed', ', Extra: 1', 'Api MethodSettings.0.Extra'],
    ['integration', ', Extra: 1', 'Api DefinitionBody.paths./x.get.x-amazon-apigateway-integration.Extra'],
    ['operation', 'x-amazon-apigateway-extra: 1', 'Api DefinitionBody.paths./x.get.x-amazon-apigateway-extra'],
    ['document', 'Extra: 1', 'Api DefinitionBody.Extra'],
    ['key', ', Extra: 1', 'Table KeySchema.0.Extra'],
  ])('an unknown property is never dropped: %s', (place, text, line) => {
    expect(refused(supportOf(template({ [place]: text })))).toContain(line);
  });

  test('what holds for one value and not for another is said of the value', () => {
    const lines = supportOf(
      template({ event: ', Auth: { Authorizer: AWS_IAM }' }).replace(
        'type: mock',
        "type: aws, httpMethod: POST, uri: 'arn:aws:apigateway:us-east-1:sqs:path/1/q'",
      ),
    );
    expect(refused(lines)).toEqual(['Api DefinitionBody.paths./x.get.x-amazon-apigateway-integration.type']);
  });

  test('an integration of type AWS runs with a function, and with no other service', () => {
    const written = (service: string) =>
      refused(
        supportOf(
          template().replace(
            'type: mock',
            `type: AWS, httpMethod: POST, uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:${service}'`,
          ),
        ),
      );
    const type = 'Api DefinitionBody.paths./x.get.x-amazon-apigateway-integration.type';
    expect(written('lambda:path/2015-03-31/functions/${Hello.Arn}/invocations')).toEqual([]);
    expect(written('dynamodb:action/GetItem')).toEqual([type]);
  });

  test('types that do not run here, and dynamic references, are said', () => {
    const lines = supportOf(`Resources:
  Thing: { Type: AWS::Made::Up, Properties: { A: 1 } }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: '{{resolve:ssm:/name}}'
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`);
    expect(refused(lines)).toEqual(['Thing ']);
    expect(lines).toContainEqual(
      expect.objectContaining({ logicalId: 'Table', property: 'TableName', level: 'differently' }),
    );
  });

  const notes = (text: string): readonly string[] =>
    supportOf(text)
      .filter(({ level }) => level !== 'honoured')
      .map(({ logicalId, property, note }) => `${logicalId} ${property}: ${note}`);

  test('an API without a stage, and parts of an API that is not here, are said', () => {
    expect(
      notes(`Parameters: { Shared: { Type: String, Default: abc123 } }
Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: x } }
  Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Shared, RouteKey: GET / } }
`),
    ).toEqual([
      'Route ApiId: it belongs to the API abc123, which this template does not make',
      'Api : it has no stage, so that none of its routes can be called',
    ]);
  });

  test('events whose API takes no routes from them are said', () => {
    const text = template({ event: '' }).replace(
      'Events:',
      'Events:\n        Far: { Type: HttpApi, Properties: { ApiId: abc123, Path: /x, Method: get } }',
    );
    expect(notes(text)).toEqual([
      'Hello Events.Far.Properties.ApiId: this names no AWS::Serverless::HttpApi of the template; as in SAM, the event makes no route',
      'Hello Events.Get.Properties.RestApiId: Api has a definition of its own; as in SAM, the event adds nothing to it but a permission',
    ]);
  });

  test('events that never come are named by their type, once', () => {
    const text = template().replace(
      'Events:',
      'Events:\n        Q: { Type: SQS, Properties: { Queue: arn:aws:sqs:us-east-1:1:q } }',
    );
    expect(notes(text)).toContain('Hello Events.Q: events of type SQS never come');
    expect(refused(supportOf(text))).toEqual(['Hello Events.Q']);
  });

  test('macros, SSM parameters, exports, foreign layers and missing handlers are said', () => {
    const lines = notes(`Transform: [MyMacro, AWS::Serverless-2016-10-31]
Parameters: { Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /path } }
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: src/nowhere.handler
      CodeUri: .
      Layers: ['arn:aws:lambda:us-east-1:1:layer:far:1']
      Environment: { Variables: { VPC: !ImportValue net-vpc, KEY: '{{resolve:ssm:/key}}' } }
`);
    expect(lines).toEqual([
      ' Transform: MyMacro: macros run in an account, not here; what they would add is missing',
      ' Parameters.Secret: its value comes from the file of values (--values); Parameter Store is not asked',
      'Fn Environment.Variables.VPC: the value of another stack is not here, {{import:net-vpc}} stands for it; --values can give it',
      'Fn Environment.Variables.KEY: what it refers to comes from the file of values (--values)',
      'Fn Layers: arn:aws:lambda:us-east-1:1:layer:far:1 is not on this disk; the function runs without it',
      'Fn Handler: there is no src/nowhere.js, .mjs or .cjs in its code; calls will fail',
    ]);
  });

  test('an unknown name that is close to a known one is asked about', () => {
    expect(notes(template({ nested: ', LogGrop: x' }))).toContain(
      'Hello LoggingConfig.LogGrop: not known to the gateway; did you mean LogGroup?',
    );
    expect(notes('Resources: { T: { Type: AWS::DynamoDB::Tabel } }')).toEqual([
      'T : this resource type does not run here; did you mean AWS::DynamoDB::Table?',
    ]);
  });
});

describe('limits of CloudFormation', () => {
  const topics = (count: number): string =>
    Array.from({ length: count }, (_, n) => `  T${n}: { Type: AWS::SNS::Topic }\n`).join('');
  const limits = (text: string): readonly string[] =>
    supportOf(text).flatMap(({ property, note }) => (property === 'Resources' ? [note] : []));

  test('more than 500 resources are said', () => {
    expect(limits(`Resources:\n${topics(500)}`)).toEqual([]);
    expect(limits(`Resources:\n${topics(501)}`)).toEqual([
      'there are 501 Resources; CloudFormation takes 500 at the most',
    ]);
  });

  test('more than 1 MB is said', () => {
    const text = `Resources:\n${topics(1)}# ${'x'.repeat(1_000_000)}\n`;
    expect(limits(text)).toEqual([
      `the template has ${Buffer.byteLength(text)} bytes; CloudFormation takes 1000000 at the most`,
    ]);
  });
});
