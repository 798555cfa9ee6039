import { describe, expect, test } from 'vitest';
import { outputsOf, problemsOf, readInline, shown } from './inline-template.ts';

describe('the text of a template', () => {
  test('a tab is refused where it stands', () => {
    expect(shown(problemsOf('Resources:\n  Topic:\n\tType: AWS::SNS::Topic\n'))).toEqual([
      '3:1 A tab stands where YAML wants spaces.',
    ]);
  });

  test.each([
    [
      'template.yaml',
      'Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Properties: { TopicName: a }\n  A:\n    Type: AWS::SNS::Topic\n',
      '5:3',
    ],
    [
      'template.json',
      '{ "Resources": { "A": { "Type": "AWS::SQS::Queue" }, "A": { "Type": "AWS::SNS::Topic" } } }',
      '1:54',
    ],
  ])('of a key that stands twice the last one counts, and check says so: %s', (name, text, place) => {
    const { application, support } = readInline(text, { name });
    expect([application.queues.length, application.topics.map(({ name }) => name)]).toEqual([0, ['test-A']]);
    expect(
      support
        .filter(({ note }) => /twice/.test(note))
        .map((line) => [line.property, line.level, `${line.place.line}:${line.place.column}`]),
    ).toEqual([['A', 'not honoured', place]]);
  });

  test('a second document is refused', () => {
    expect(shown(problemsOf('Resources:\n  A: { Type: AWS::SNS::Topic }\n---\nB: 1\n'))[0]).toMatch(
      /^3:\d+ The file holds more than one document\.$/,
    );
  });

  test('a tag that is no intrinsic function is refused', () => {
    expect(shown(problemsOf('Resources:\n  A:\n    Type: !Reff B\n'))).toEqual([
      '3:17 !Reff is not an intrinsic function.',
    ]);
  });

  test('an empty file is refused', () => {
    expect(shown(problemsOf('# nothing\n'))[0]).toContain('The file is empty.');
  });

  test('short and long forms mean the same', () => {
    const values = outputsOf(`
      ShortSub: !Sub "\${AWS::Region}/\${Topic.TopicName}"
      LongSub: { "Fn::Sub": ["\${AWS::Region}/\${T}", { T: { "Fn::GetAtt": [Topic, TopicName] } }] }
      ShortGet: !GetAtt Topic.TopicName
      LongGet: { "Fn::GetAtt": Topic.TopicName }
    `);
    expect(values).toEqual({
      ShortSub: 'us-east-1/test-Topic',
      LongSub: 'us-east-1/test-Topic',
      ShortGet: 'test-Topic',
      LongGet: 'test-Topic',
    });
  });

  test('JSON reads as YAML does, tabs and all', () => {
    const text = JSON.stringify(
      { Resources: { Topic: { Type: 'AWS::SNS::Topic' } }, Outputs: { Arn: { Value: { Ref: 'Topic' } } } },
      null,
      '\t',
    );
    expect(readInline(text, { name: 'template.json' }).application.outputs).toEqual({
      Arn: 'arn:aws:sns:us-east-1:123456789012:test-Topic',
    });
  });

  test('anchors and merge keys: own keys win', () => {
    const { application } = readInline(`
Shared: &shared { TableName: shared, BillingMode: PAY_PER_REQUEST }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      <<: *shared
      TableName: own
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`);
    expect(application.tables[0]!.name).toBe('own');
  });

  test('digits with a leading zero and dates stay text', () => {
    expect(outputsOf('Account: 012345678901\nDate: 2012-10-17')).toEqual({
      Account: '012345678901',
      Date: '2012-10-17',
    });
  });
});
