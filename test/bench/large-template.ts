/**
 * A template as large as CloudFormation takes: 500 resources and 1 MB, of functions with code and events, tables, queues and
 * an API with an OpenAPI document of its own.
 */
const groups = 124;

export const largeTemplate = (): string => {
  const text = [
    `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Globals:
  Function:
    Runtime: nodejs24.x
    Handler: index.handler
    Environment: { Variables: { STAGE: !Ref Stage } }
Resources:
  Described:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: !Ref Stage
      DefinitionUri: large-api.yaml
`,
  ];
  for (let n = 0; n < groups; n++) text.push(group(n));
  return text.join('');
};

const group = (n: number): string => `  # What belongs to customer ${n}.
  Handler${n}:
    Type: AWS::Serverless::Function
    Properties:
      Description: !Sub "answers for customer ${n} on \${Stage}"
      Timeout: !If [IsProd, 30, 5]
      InlineCode: |
${repeat(31, (k) => `        // Line ${k} of what the function does for customer ${n} when it is called by its route.`)}
        exports.handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });
      Environment:
        Variables:
${repeat(30, (k) => `          SETTING_${k}: !Sub "\${AWS::StackName}-\${Items${n}}-${k}"`)}
      Policies:
        - Version: '2012-10-17'
          Statement:
${repeat(8, (k) => `            - { Sid: Part${k}, Effect: Allow, Action: ['dynamodb:GetItem'], Resource: !GetAtt Items${n}.Arn }`)}
      Events:
        Read: { Type: HttpApi, Properties: { Path: '/customers/${n}/{id}', Method: get } }
  Items${n}:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      Tags:
${repeat(10, (k) => `        - { Key: tag${k}, Value: !Ref Stage }`)}
  Failures${n}:
    Type: AWS::SQS::Queue
    DependsOn: Items${n}
    Properties:
      QueueName: !Join ['-', [failures, !Ref Stage, '${n}']]
      Tags:
${repeat(10, (k) => `        - { Key: tag${k}, Value: !Ref Items${n} }`)}
  News${n}:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub "news of customer ${n} from \${Handler${n}.Arn}"
      Tags:
${repeat(10, (k) => `        - Key: tag${k}\n          Value: !GetAtt Failures${n}.Arn`)}
`;

/** An OpenAPI document of many operations, each with its parameters and answers. */
export const largeDefinition = (): string => `openapi: 3.0.1
info: { title: Large, version: '1' }
paths:
${repeat(
  240,
  (n) => `  /records/${n}/{id}:
    get:
      operationId: read${n}
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: since, in: query, schema: { type: string, format: date-time } }
      responses:
        '200':
          description: The record.
          content: { application/json: { schema: { $ref: '#/components/schemas/Record' } } }
        '404': { description: There is none. }
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: https://example.com/records/${n}/{id}
        payloadFormatVersion: '1.0'`,
)}
components:
  schemas:
    Record:
      type: object
      properties:
${repeat(40, (n) => `        field${n}: { type: string, maxLength: ${n + 10}, description: The field ${n} of a record. }`)}
`;

const repeat = (times: number, line: (n: number) => string): string =>
  Array.from({ length: times }, (_, n) => line(n)).join('\n');
