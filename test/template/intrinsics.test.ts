import { describe, expect, test } from 'vitest';
import { outputsOf, problemsOf, readInline, shown } from './inline-template.ts';

describe('intrinsic functions', () => {
  test('texts and lists', () => {
    expect(
      outputsOf(`
        Join: !Join ["-", [a, !Ref "AWS::Region", 3]]
        Select: !Select [1, !Split [",", "a,b,c"]]
        Base64: !Base64 hello
        Zones: !Join [",", !GetAZs ""]
        Escaped: !Sub "\${!stageVariables.alias} of \${Topic}"
        Numbers: !Sub ["\${N}", { N: 5 }]
      `),
    ).toEqual({
      Join: 'a-us-east-1-3',
      Select: 'b',
      Base64: 'aGVsbG8=',
      Zones: 'us-east-1a,us-east-1b,us-east-1c',
      Escaped: '${stageVariables.alias} of arn:aws:sns:us-east-1:123456789012:test-Topic',
      Numbers: '5',
    });
  });

  test('networks, lengths, JSON and exports of other stacks', () => {
    expect(
      outputsOf(
        `
        Cidr: !Join [" ", !Cidr ["10.0.4.0/22", 3, 8]]
        Length: { "Fn::Length": !Split [",", "a,b,c"] }
        LengthOfPending: { "Fn::Length": [!Ref Topic, x] }
        Json: { "Fn::ToJsonString": { topic: !GetAtt Topic.TopicName, list: [1, true] } }
        Import: !ImportValue { "Fn::Sub": "\${AWS::StackName}-vpc" }
      `,
        'Transform: AWS::LanguageExtensions',
      ),
    ).toEqual({
      Cidr: '10.0.4.0/24 10.0.5.0/24 10.0.6.0/24',
      Length: '3',
      LengthOfPending: '2',
      Json: '{"topic":"test-Topic","list":[1,true]}',
      Import: '{{import:test-vpc}}',
    });
  });

  test('networks of IPv6, and of IPv4 by their base', () => {
    expect(
      outputsOf(`
        Six: !Join [" ", !Cidr ["2001:db8:1234:1a00::/56", 3, 64]]
        High: !Select [255, !Cidr ["2600:1f00::/56", 256, 64]]
        Whole: !Join [" ", !Cidr ["::/0", 2, 127]]
        Base: !Join [" ", !Cidr [10.0.1.77/24, "2", "5"]]
      `),
    ).toEqual({
      Six: '2001:db8:1234:1a00::/64 2001:db8:1234:1a01::/64 2001:db8:1234:1a02::/64',
      High: '2600:1f00:0:ff::/64',
      Whole: '::/1 8000::/1',
      Base: '10.0.1.0/27 10.0.1.32/27',
    });
  });

  test('a choice may be all the properties of a resource, or one item of a list', () => {
    const { application } = readInline(`
Conditions: { Holds: !Equals [a, a], Fails: !Not [{ Condition: Holds }] }
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: !If [Holds, { TopicName: chosen }, !Ref "AWS::NoValue"] }
  Plain: { Type: AWS::SNS::Topic, Properties: !If [Fails, { TopicName: chosen }, !Ref "AWS::NoValue"] }
Outputs:
  Chosen: { Value: !GetAtt Topic.TopicName }
  Plain: { Value: !GetAtt Plain.TopicName }
  Zones: { Value: !Join [",", !GetAZs { Ref: "AWS::Region" }] }
  Items: { Value: !Join [",", !If [Holds, [a, !If [Fails, b, !Ref "AWS::NoValue"], !If [Holds, c, d]], []]] }
`);
    expect(application.outputs).toEqual({
      Chosen: 'chosen',
      Plain: 'test-Plain',
      Zones: 'us-east-1a,us-east-1b,us-east-1c',
      Items: 'a,c',
    });
  });

  test('mappings, conditions and NoValue', () => {
    const rest = `
Parameters: { Stage: { Type: String, Default: prod } }
Mappings: { Sizes: { prod: { memory: 512 }, dev: { memory: 128 } } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [{ Condition: IsProd }]
  Both: !And [{ Condition: IsProd }, !Or [{ Condition: IsDev }, { Condition: IsProd }]]`;
    expect(
      outputsOf(
        `
        Memory: !FindInMap [Sizes, !Ref Stage, memory]
        If: !If [Both, yes-both, "no"]
        Gone: !Join [",", [a, !If [IsDev, b, !Ref "AWS::NoValue"], c]]
      `,
        rest,
      ),
    ).toEqual({ Memory: '512', If: 'yes-both', Gone: 'a,c' });
  });

  test('resources and outputs whose condition is false are not there', () => {
    const { application } = readInline(`
Conditions: { Never: !Equals [a, b] }
Resources:
  Topic: { Type: AWS::SNS::Topic }
  Table: { Type: AWS::DynamoDB::Table, Condition: Never }
Outputs:
  Table: { Condition: Never, Value: !Ref Table }
  Other: { Value: !If [Never, !Ref Table, none] }
`);
    expect(application.tables).toEqual([]);
    expect(application.outputs).toEqual({ Other: 'none' });
  });

  test('outputs that AWS would refuse are refused', () => {
    const outputs = (text: string): readonly string[] =>
      shown(problemsOf(`Resources: { T: { Type: AWS::SNS::Topic } }\nOutputs: ${text}\n`));
    expect(outputs('{ A: { Vale: x } }')).toEqual(['2:12 The output A has no Value.']);
    expect(outputs('{ A: x }')).toEqual(['2:12 The output A must be a map, not text.']);
    expect(outputs('{ A-B: { Value: x } }')).toEqual(['2:12 A-B is no name of an output.']);
  });

  test('pseudo parameters', () => {
    expect(
      outputsOf('All: !Sub "${AWS::AccountId} ${AWS::Partition} ${AWS::Region} ${AWS::StackName} ${AWS::URLSuffix}"')
        .All,
    ).toBe('123456789012 aws us-east-1 test amazonaws.com');
  });

  test('local values are stable, and those of unknown types are stand-ins', () => {
    const read = () =>
      readInline(`
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Bucket: { Type: AWS::S3::Bucket }
  Thing: { Type: AWS::Made::Up }
Outputs:
  Url: { Value: !Ref Queue }
  Bucket: { Value: !GetAtt Bucket.Arn }
  Thing: { Value: !Ref Thing }
  ThingArn: { Value: !GetAtt Thing.Arn }
`).application.outputs;
    expect(read()).toEqual({
      Url: 'https://sqs.us-east-1.amazonaws.com/123456789012/test-Queue',
      Bucket: 'arn:aws:s3:::test-bucket',
      Thing: 'test-Thing',
      ThingArn: 'arn:aws:made:us-east-1:123456789012:test-Thing',
    });
    expect(read()).toEqual(read());
  });

  test.each([
    ['!Ref Nowhere', 'Nowhere is neither a parameter nor a resource of this template.'],
    ['!GetAtt Nowhere.Arn', 'Nowhere.Arn is not there to get.'],
    ['!Sub "${Nowhere}"', 'Nowhere is neither a parameter nor a resource of this template.'],
    ['!ImportValue [x]', 'Fn::ImportValue takes a name.'],
    ['!Cidr [nowhere, 1, 8]', 'Fn::Cidr takes a block of IPv4 or IPv6, a count up to 256 and the bits of each part.'],
    ['{ "Fn::Length": [x] }', 'Fn::Length needs the transform AWS::LanguageExtensions.'],
    ['{ "Fn::ToJsonString": [x] }', 'Fn::ToJsonString needs the transform AWS::LanguageExtensions.'],
    ['!Select [3, [a]]', 'Fn::Select: there is no item 3 in a list of 1.'],
    ['!FindInMap [A, b, c]', 'Fn::FindInMap: there is no mapping A.'],
    ['!If [Missing, a, b]', 'There is no condition Missing.'],
    ['{ "Fn::Nothing": 1 }', 'Fn::Nothing is not honoured.'],
    ['!Join [",", x]', 'Fn::Join takes a delimiter and a list.'],
    ['!Cidr [10.0.0.0/24, 3, 8]', 'Fn::Cidr: 10.0.0.0/24 has no room for 3 blocks of 8 bits.'],
    ['!ImportValue { Ref: Topic }', 'Fn::ImportValue refers to Topic, which is no parameter.'],
    ['!GetAZs [a]', 'Fn::GetAZs takes the name of a Region.'],
    ['!Ref [a]', 'Ref takes a name.'],
    ['!If [A, b, c, d]', 'Fn::If takes a condition and two values.'],
    ['{ "Fn::Sub": x, Other: 1 }', 'Fn::Sub stands beside other keys.'],
    ['{ "Fn::Subb": x, Other: 1 }', 'Fn::Subb has no place here.'],
  ])('%s is refused where it stands', (value, what) => {
    const problems = problemsOf(
      `Resources:\n  Topic: { Type: AWS::SNS::Topic }\nOutputs:\n  X:\n    Value: ${value}\n`,
    );
    expect(problems.map((problem) => problem.what)).toEqual([what]);
    expect(problems[0]!.place).toMatchObject({ line: 5 });
    expect(problems[0]!.remedy).not.toBe('');
  });

  test('an attribute that a resource does not have names those that it has', () => {
    const problem = (attribute: string) =>
      problemsOf(`Resources:
  T:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
Outputs: { X: { Value: !GetAtt T.${attribute} } }
`)[0]!;
    expect(problem('StreamARN')).toMatchObject({
      what: 'T.StreamARN is not there to get.',
      remedy: 'T has Arn, StreamArn. Did you mean StreamArn?',
    });
  });

  test.each([
    ['!Equals [a]', 'Fn::Equals takes a list, 2 of them.'],
    ['!Not [!Equals [a, b], !Equals [a, b]]', 'Fn::Not takes a list, 1 of them.'],
    ['!And [!Equals [a, b]]', 'Fn::And takes a list, 2 to 10 of them.'],
    ['!Or a', 'Fn::Or takes a list, 2 to 10 of them.'],
    ['!Equals [!Ref Topic, a]', 'A condition refers to Topic, which is no parameter.'],
    ['!Equals [!GetAtt Topic.Arn, a]', 'A condition refers to Topic, which is no parameter.'],
    ['text', 'This is not a condition.'],
    ['!Condition Nobody', 'There is no condition Nobody.'],
  ])('the condition %s is refused, even where nothing uses it', (condition, what) => {
    const text = `Conditions:\n  Unused: ${condition}\nResources: { Topic: { Type: AWS::SNS::Topic } }\n`;
    expect(problemsOf(text).map((problem) => [problem.what, problem.place?.line])).toEqual([[what, 2]]);
  });

  test('circles are named as circles', () => {
    expect(
      shown(
        problemsOf(`Resources:
  A: { Type: AWS::SNS::Topic, Properties: { TopicName: !GetAtt B.QueueName } }
  B: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "\${A.TopicName}-x" } }
`),
      ),
    ).toEqual(['2:3 Resources refer to each other in a circle: A → B → A.']);
    expect(
      problemsOf(`Conditions: { A: { Condition: B }, B: { Condition: A } }
Resources: { T: { Type: AWS::SNS::Topic, Condition: A } }
`)[0]!.what,
    ).toBe('Conditions stand in a circle: A → B → A.');
  });

  test('a variable of Fn::Sub that has the name of a resource makes no circle', () => {
    const { application } = readInline(`Resources:
  A: { Type: AWS::SNS::Topic, Properties: { TopicName: !Sub ["\${B}-x", { B: free }] } }
  B: { Type: AWS::SNS::Topic, Properties: { TopicName: !GetAtt A.TopicName } }
Outputs: { B: { Value: !GetAtt B.TopicName } }
`);
    expect(application.outputs).toEqual({ B: 'free-x' });
    const long =
      'Resources: { A: { Type: AWS::SNS::Topic, Properties: { TopicName: { "Fn::GetAtt": A.TopicName } } } }';
    expect(problemsOf(long)[0]!.what).toBe('Resources refer to each other in a circle: A → A.');
  });
});
