import { describe, expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const template = (connectors: string, more = ''): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Connectors: ${connectors}
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: x }
  Rows: { Type: AWS::Serverless::SimpleTable }
  Jobs: { Type: AWS::SQS::Queue }
  Log: { Type: AWS::Logs::LogGroup }
  Bound:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: x, Role: "arn:aws:iam::1:role/far" }
${more}`;

describe('connectors', () => {
  test('a role learns what the connector permits', () => {
    const { roles } = readInline(
      template('{ Rows: { Properties: { Destination: { Id: Rows }, Permissions: [Read] } } }'),
    ).application;
    expect(roles[0]!.policies).toMatchObject([
      {
        Statement: [
          {
            Action: expect.arrayContaining(['dynamodb:GetItem', 'dynamodb:Query']),
            Resource: [
              expect.stringMatching(/:table\/test-Rows$/),
              expect.stringMatching(/:table\/test-Rows\/index\/\*$/),
            ],
          },
        ],
      },
    ]);
  });

  test('a resource of CloudFormation may have them too, and a service may then invoke', () => {
    const photos = `  Photos:
    Type: AWS::S3::Bucket
    Connectors: { Shown: { Properties: { Destination: { Id: Fn }, Permissions: [Write] } } }
`;
    const { permissions } = readInline(template('{}', photos)).application;
    expect(permissions).toMatchObject([
      {
        logicalId: 'PhotosShownWriteLambdaPermission',
        principal: 's3.amazonaws.com',
        sourceArn: 'arn:aws:s3:::test-photos',
        sourceAccount: '123456789012',
      },
    ]);
  });

  test.each([
    [
      '{ C: { «Properties: { Destination: { Id: Rows }, Permissions: [] } } }',
      'The connector FnC has no Permissions.',
      'They can be Read, Write.',
    ],
    [
      '{ C: { Properties: { Destination: { Id: Rows }, «Permissions: [Delete] } } }',
      'The connector FnC asks for Delete, which it cannot give.',
      'They can be Read, Write.',
    ],
    [
      '{ C: { Properties: { «Destination: { Id: Log }, Permissions: [Write] } } }',
      'The connector FnC leads from AWS::Lambda::Function to AWS::Logs::LogGroup, which SAM does not connect.',
      'AWS::DynamoDB::Table',
    ],
    [
      '{ C: { Properties: { «Destination: { Id: Row }, Permissions: [Write] } } }',
      'Destination of FnC names Row, which is no resource of this template.',
      'Mend its Id',
    ],
    [
      '{ C: { Properties: { «Destination: { Id: Rows, Arn: a }, Permissions: [Write] } } }',
      'Destination of FnC has properties beside its Id.',
      'Write the Id of a resource',
    ],
    [
      '{ C: { Properties: { «Destination: { Type: "AWS::SQS::Queue" }, Permissions: [Write] } } }',
      'The connector FnC does not know the Arn of its Destination.',
      'Write Arn there.',
    ],
    ['{ «C: { Destination: { Id: Rows } } }', 'The connector C of Fn has no Properties.', 'Give it Properties'],
  ])('%s is refused where it stands', (connectors, what, remedy) => {
    const { template: text, place } = atMark(template(connectors));
    const problems = problemsOf(text);
    expect(shown(problems)[0]!.replace(/^\d+:\d+ /, '')).toBe(what);
    if (!what.endsWith('no Permissions.')) expect(shown(problems)[0]).toContain(place);
    expect(problems[0]!.remedy).toContain(remedy);
  });

  test('some permissions go together only, and a role that stands elsewhere cannot be added to', () => {
    const queue = (permissions: string, to = 'Fn'): readonly string[] =>
      shown(
        problemsOf(
          template(
            '{}',
            `  C: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: Jobs }, Destination: { Id: ${to} }, Permissions: ${permissions} } }
`,
          ),
        ),
      ).map((line) => line.replace(/^\d+:\d+ /, ''));
    expect(queue('[Read]')).toEqual(['The connector C asks for Read alone.']);
    expect(queue('[Read, Write]', 'Bound')).toEqual(['The connector C finds no role of its Destination.']);
  });

  test('what depends on a connector waits for the policies that it makes', () => {
    const later = '  Late: { Type: AWS::SQS::Queue, DependsOn: FnRows }\n';
    const connector = '{ Rows: { Properties: { Destination: { Id: Rows }, Permissions: [Read] } } }';
    expect(readInline(template(connector, later)).resources.map(({ logicalId }) => logicalId)).toContain(
      'FnRowsPolicy',
    );
    expect(shown(problemsOf(template('{}', later)))[0]).toContain('Late depends on FnRows');
  });

  test('a name that SAM needs for what it makes is not to be had', () => {
    const taken = (id: string): readonly string[] =>
      shown(
        problemsOf(
          template(
            '{ Rows: { Properties: { Destination: { Id: Rows }, Permissions: [Read] } } }',
            `  ${id}: { Type: AWS::SQS::Queue }\n`,
          ),
        ),
      ).map((line) => line.replace(/^\d+:\d+ /, ''));
    expect(taken('FnRole')).toContain(
      'SAM makes an AWS::IAM::Role named FnRole for Fn, and the template declares one of that name.',
    );
    expect(taken('FnRowsPolicy')).toContain(
      'The connector FnRows makes FnRowsPolicy, and there is a resource of that name.',
    );
  });

  test('a state machine waits for the policy that lets it start another one, so that two cannot start each other', () => {
    const steps = (name: string, other: string): string => `  ${name}:
    Type: AWS::Serverless::StateMachine
    Connectors: { Next: { Properties: { Destination: { Id: ${other} }, Permissions: [Read, Write] } } }
    Properties: { Definition: { StartAt: Done, States: { Done: { Type: Succeed } } } }
`;
    const [circle] = shown(problemsOf(template('{}', steps('One', 'Two') + steps('Two', 'One'))));
    expect(circle).toContain(
      'Resources refer to each other in a circle: One → OneNextPolicy → Two → TwoNextPolicy → One',
    );
  });

  test('a connector and a resource cannot have one name', () => {
    const connectors = '{ Rows: { Properties: { Destination: { Id: Rows }, Permissions: [Read] } } }';
    const [first] = shown(problemsOf(template(connectors, '  FnRows: { Type: AWS::SQS::Queue }\n')));
    expect(first).toContain('The connector FnRows has the name of a resource.');
  });
});
