import { describe, expect, test } from 'vitest';
import { outputsOf, problemsOf, readInline, shown } from './inline-template.ts';

const extensions = 'Transform: AWS::LanguageExtensions';
const what = (text: string): readonly string[] => problemsOf(text).map((problem) => problem.what);
const outputOf = (value: string, rest = extensions): string | undefined => outputsOf(`X: ${value}`, rest).X;
const whatOf = (value: string, rest: string): readonly string[] =>
  what(`${rest}\nResources: { Topic: { Type: AWS::SNS::Topic } }\nOutputs: { X: { Value: ${value} } }\n`);

const mappings = `
Parameters: { Stage: { Type: String, Default: dev } }
Mappings: { Sizes: { dev: { memory: 128, list: [a, b] } } }`;

describe('AWS::LanguageExtensions', () => {
  test.each([
    ['{ "Fn::FindInMap": [Sizes, prod, memory, { DefaultValue: 256 }] }', '256'],
    ['{ "Fn::FindInMap": [Sizes, dev, memory, { DefaultValue: 256 }] }', '128'],
    ['{ "Fn::FindInMap": [Nothing, dev, memory, { DefaultValue: !Sub "${Stage}-x" }] }', 'dev-x'],
    ['{ "Fn::FindInMap": [!Sub "${Mapping}s", !Select [0, [!Ref Stage]], !Join ["", [mem, ory]]] }', '128'],
    ['!Join ["+", !FindInMap [Sizes, !Ref Stage, list]]', 'a+b'],
    ['!Join ["+", [a, { "Fn::FindInMap": [Sizes, prod, memory, { DefaultValue: !Ref "AWS::NoValue" }] }, b]]', 'a+b'],
    ['!FindInMap [Sizes, dev, none, { DefaultValue: !GetAtt Topic.TopicName }]', 'test-Topic'],
    ['{ Ref: !Sub "${Mapping}Topic" }', 'arn:aws:sns:us-east-1:123456789012:test-SizeTopic'],
    ['{ "Fn::GetAtt": [!Sub "${Mapping}Topic", !Sub "TopicName"] }', 'test-SizeTopic'],
    ['{ "Fn::Length": !FindInMap [Sizes, dev, list] }', '2'],
    ['{ "Fn::ToJsonString": { a: !Ref Stage, b: [!GetAtt Topic.TopicName, 1] } }', '{"a":"dev","b":["test-Topic",1]}'],
  ])('%s', (value, expected) => {
    const { application } = readInline(`${extensions}
Parameters: { Stage: { Type: String, Default: dev }, Mapping: { Type: String, Default: Size } }
Mappings: { Sizes: { dev: { memory: 128, list: [a, b] } } }
Resources: { Topic: { Type: AWS::SNS::Topic }, SizeTopic: { Type: AWS::SNS::Topic } }
Outputs: { X: { Value: ${value} } }
`);
    expect(application.outputs.X).toBe(expected);
  });

  test.each([
    ['{ "Fn::FindInMap": [Sizes, prod, memory, { DefaultValue: 1 }] }', 'The DefaultValue of Fn::FindInMap'],
    ['!FindInMap [Sizes, !Sub "${Stage}", memory]', 'Fn::Sub inside Fn::FindInMap'],
    ['{ Ref: !Sub "Topic" }', 'A function inside Ref'],
    ['{ "Fn::GetAtt": [!Sub "Topic", TopicName] }', 'A function inside Fn::GetAtt'],
    ['{ "Fn::Length": [a] }', 'Fn::Length'],
    ['{ "Fn::ToJsonString": {} }', 'Fn::ToJsonString'],
  ])('%s needs the transform', (value, subject) => {
    expect(whatOf(value, mappings)).toEqual([`${subject} needs the transform AWS::LanguageExtensions.`]);
    expect(problemsOf(`Resources: {}\nOutputs: { X: { Value: !Ref { "Fn::Sub": x } } }`)[0]!.remedy).toBe(
      'Add AWS::LanguageExtensions to Transform, before AWS::Serverless-2016-10-31 where both stand there.',
    );
  });

  test('what it cannot know is refused', () => {
    const rest = `${extensions}${mappings}`;
    expect(whatOf('{ Ref: !GetAtt Topic.TopicName }', rest)).toEqual(['The name inside Ref does not come to a text.']);
    expect(whatOf('!FindInMap [Sizes, !Ref Topic, memory]', rest)).toEqual([
      'Fn::FindInMap refers to Topic, which is no parameter.',
    ]);
    expect(whatOf('!FindInMap [Sizes, dev, mem]', rest)).toEqual([
      'Fn::FindInMap: the mapping Sizes has no dev → mem.',
    ]);
    expect(whatOf('!FindInMap [Sizes, dev]', rest)).toEqual([
      'Fn::FindInMap takes a mapping, two keys and perhaps a default.',
    ]);
    expect(whatOf('{ "Fn::Length": x }', rest)).toEqual(['Fn::Length takes a list.']);
    expect(whatOf('{ "Fn::ToJsonString": x }', rest)).toEqual(['Fn::ToJsonString takes a map or a list.']);
    expect(outputOf('{ "Fn::Length": [!Ref Topic, x] }')).toBe('2');
  });

  const policy = (transform: string, value: string): string => `${transform}
Parameters: { Stage: { Type: String, Default: prod }, Keep: { Type: String, Default: Retain } }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }
Resources: { T: { Type: AWS::SNS::Topic, DeletionPolicy: ${value} } }
`;

  test('DeletionPolicy may be a function with the transform, before SAM, and comes to a known word', () => {
    for (const value of ['!Ref Keep', '!If [IsProd, Retain, Delete]', 'RetainExceptOnCreate'])
      expect(readInline(policy(extensions, value)).application.outputs).toEqual({});
    expect(what(policy('', '!Ref Keep'))).toEqual([
      'The DeletionPolicy of T is a function, which needs AWS::LanguageExtensions.',
    ]);
    expect(what(policy('Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]', '!Ref Keep'))).toEqual([
      'The DeletionPolicy of T is a function, which SAM meets before AWS::LanguageExtensions runs.',
    ]);
    expect(problemsOf(policy(extensions, 'Retian'))).toMatchObject([
      { what: 'The DeletionPolicy of T is Retian.', remedy: expect.stringContaining('Did you mean Retain?') },
    ]);
  });

  test('SAM before it is said, where nothing is lost by that', () => {
    const transforms = (order: string) =>
      readInline(`Transform: ${order}
Resources: { T: { Type: AWS::SNS::Topic, Properties: { TopicName: !Join ["", [t, { "Fn::Length": [a] }]] } } }
Outputs: { X: { Value: !GetAtt T.TopicName } }
`);
    const wrong = transforms('[AWS::Serverless-2016-10-31, AWS::LanguageExtensions]');
    expect(wrong.application.outputs).toEqual({ X: 't1' });
    const lines = ({ support }: typeof wrong) => support.filter(({ property }) => property === 'Transform');
    expect(lines(wrong)).toMatchObject([{ level: 'differently' }]);
    expect(lines(transforms('[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]'))).toEqual([]);
  });

  test('AWS::Include brings keys into sections and into the top of the template', () => {
    const files = {
      'topics.yaml':
        'Topic: { Type: AWS::SNS::Topic }\nOther: { Type: AWS::SNS::Topic, Properties: { TopicName: a } }\n',
      'sizes.json': '{ "dev": { "memory": 1 } }',
      'top.yaml': 'Mappings: { Zones: { a: { b: c } } }\n',
    };
    const include = (file: string): string => `{ Name: AWS::Include, Parameters: { Location: ${file} } }`;
    const { application, support } = readInline(
      `Transform: ${include('top.yaml')}
Parameters: { File: { Type: String, Default: topics.yaml } }
Resources: { "Fn::Transform": ${include('!Ref File')}, Other: { Type: AWS::SNS::Topic, Properties: { TopicName: own } } }
Outputs:
  A: { Value: !GetAtt Topic.TopicName }
  B: { Value: !GetAtt Other.TopicName }
  C: { Value: !FindInMap [Zones, a, b] }
`,
      { files },
    );
    expect(application.outputs).toEqual({ A: 'test-Topic', B: 'own', C: 'c' });
    const atTop = `"Fn::Transform": ${include('top.yaml')}
Resources: { T: { Type: AWS::SNS::Topic } }
Outputs: { C: { Value: !FindInMap [Zones, a, b] } }
`;
    expect(readInline(atTop, { files }).application.outputs).toEqual({ C: 'c' });
    expect(shown(problemsOf(atTop.replace('AWS::Include', 'MyMacro'), { files }))[0]).toBe(
      '1:18 The macro MyMacro runs in an account, not here.',
    );
    expect(support.filter(({ property }) => property === 'Transform')).toEqual([]);
  });

  test('a mapping holds texts, and what it includes', () => {
    const mapping = (value: string): string =>
      `Mappings: { Sizes: ${value} }\nResources: { T: { Type: AWS::SNS::Topic } }\nOutputs: { A: { Value: !FindInMap [Sizes, dev, memory] } }\n`;
    const include = '{ "Fn::Transform": { Name: AWS::Include, Parameters: { Location: sizes.json } } }';
    const files = { 'sizes.json': '{ "dev": { "memory": 7 } }' };
    expect(readInline(mapping(include), { files }).application.outputs).toEqual({ A: '7' });
    expect(shown(problemsOf(mapping('{ dev: { memory: !Ref T } }')))).toEqual([
      '1:29 The mapping Sizes → dev → memory holds a map.',
    ]);
  });
});
