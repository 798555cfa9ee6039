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
const supportOf = (text: string): readonly SupportLine[] => readInline(text).support;
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
      template({ event: ', Auth: { Authorizer: AWS_IAM }' }).replace('type: mock', "type: http, uri: 'https://e'"),
    );
    expect(refused(lines)).toEqual(['Api DefinitionBody.paths./x.get.x-amazon-apigateway-integration.type']);
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
    expect(refused(lines)).toEqual(['Thing ', 'Table TableName']);
  });
});
