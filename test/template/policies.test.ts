import { describe, expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const withPolicies = (policies: string): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: x
      Policies: ${policies}
`;
const roleOf = (policies: string) => readInline(withPolicies(policies)).application.roles[0]!;

describe('Policies of functions', () => {
  test('a policy template becomes statements about the resources that its parameters name', () => {
    expect(roleOf('[{ DynamoDBWritePolicy: { TableName: lots } }]').policies).toEqual([
      {
        Version: '2008-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'],
            Resource: [
              'arn:aws:dynamodb:us-east-1:123456789012:table/lots',
              'arn:aws:dynamodb:us-east-1:123456789012:table/lots/index/*',
            ],
          },
        ],
      },
    ]);
  });

  test('managed policies are named with or without their path, and each is attached once', () => {
    const names = '[AWSLambdaRole, service-role/AWSLambdaBasicExecutionRole, AmazonSQSFullAccess, Billing]';
    expect(roleOf(names).managedPolicyArns).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
      'arn:aws:iam::aws:policy/service-role/AWSLambdaRole',
      'arn:aws:iam::aws:policy/AmazonSQSFullAccess',
      'arn:aws:iam::aws:policy/job-function/Billing',
    ]);
  });

  test.each([
    [
      '[{ «DynamoDbCrudPolicy: { TableName: lots } }]',
      'Policies of Fn: SAM has no policy template DynamoDbCrudPolicy.',
      'Did you mean DynamoDBCrudPolicy?',
    ],
    [
      '[{ «SQSPollerPolicy: { QueName: jobs } }]',
      'Policies of Fn: SQSPollerPolicy has no QueueName.',
      'Or is QueName meant to be it?',
    ],
    [
      '[{ «S3ReadPolicy: photos }]',
      'Policies of Fn: S3ReadPolicy takes a map of parameters, not text.',
      'Give it BucketName.',
    ],
    [
      '[«{ Effect: Allow, Action: "s3:*", Resource: "*" }]',
      'Policies of Fn has an item that is no policy: a map without a Statement.',
      'Write the name or ARN',
    ],
    ['[«[AWSLambdaRole]]', 'Policies of Fn has an item that is no policy: a list.', 'Write the name or ARN'],
  ])('%s is refused where it stands', (policies, what, remedy) => {
    const { template, place } = atMark(withPolicies(policies));
    const problems = problemsOf(template);
    expect(shown(problems)).toContain(`${place} ${what}`);
    expect(problems[0]!.remedy).toContain(remedy);
  });

  test('a parameter that a policy template does not have is reported: SAM passes over it', () => {
    const { support } = readInline(withPolicies('[{ VPCAccessPolicy: { Vpc: own } }]'));
    expect(support).toContainEqual(
      expect.objectContaining({ property: 'Policies.0.VPCAccessPolicy.Vpc', level: 'not honoured' }),
    );
  });
});
