import { describe, expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const template = (assert: string, more = ''): string => `Parameters:
  Stage: { Type: String, Default: dev }
  Kind: { Type: String, Default: small }
  Key: { Type: String, Default: hunter2-key, NoEcho: true }
  Zones: { Type: CommaDelimitedList, Default: 'a, b' }
  Vpc: { Type: 'AWS::EC2::VPC::Id', Default: vpc-1 }
  OtherVpc: { Type: 'AWS::EC2::VPC::Id', Default: vpc-2 }
Rules:
  Sizes:
    ${more}
    Assertions:
      - Assert: ${assert}
        AssertDescription: Small stages are small.
Resources: { Topic: { Type: AWS::SNS::Topic } }
`;

describe('Rules', () => {
  test.each([
    ['!Equals [!Ref Stage, dev]', true],
    ['!Equals [!Ref Stage, prod]', false],
    ['!Not [!Equals [!Ref Stage, prod]]', true],
    ['!And [!Equals [!Ref Stage, dev], !Equals [!Ref Kind, small]]', true],
    ['!And [!Equals [!Ref Stage, dev], !Equals [!Ref Kind, big]]', false],
    ['!Or [!Equals [!Ref Stage, prod], !Equals [!Ref Kind, small]]', true],
    ['!Or [!Equals [!Ref Stage, prod], !Equals [!Ref Kind, big]]', false],
    ['{ "Fn::Contains": [[small, medium], !Ref Kind] }', true],
    ['{ "Fn::Contains": [[medium, big], !Ref Kind] }', false],
    ['{ "Fn::EachMemberEquals": [[dev, dev], !Ref Stage] }', true],
    ['{ "Fn::EachMemberEquals": [[dev, prod], !Ref Stage] }', false],
    ['{ "Fn::EachMemberIn": [!Ref Zones, [a, b, c]] }', true],
    ['{ "Fn::EachMemberIn": [!Ref Zones, [a, c]] }', false],
    ['{ "Fn::EachMemberIn": [{ "Fn::RefAll": "AWS::EC2::VPC::Id" }, [vpc-1, vpc-2]] }', true],
    ['{ "Fn::Contains": [{ "Fn::RefAll": "AWS::EC2::VPC::Id" }, vpc-3] }', false],
    ['!Equals [!Ref "AWS::Region", us-east-1]', true],
    // What the account alone knows counts as satisfied, whatever it is.
    ['!Equals [{ "Fn::ValueOf": [Vpc, Tags.Department] }, IT]', true],
    ['!Not [!Equals [{ "Fn::ValueOf": [Vpc, Tags.Department] }, IT]]', true],
    ['{ "Fn::EachMemberEquals": [{ "Fn::ValueOfAll": ["AWS::EC2::VPC::Id", Tags.Department] }, IT] }', true],
    ['!And [!Equals [{ "Fn::ValueOf": [Vpc, Tags.Department] }, IT], !Equals [!Ref Stage, prod]]', false],
  ])('%s is %s', (assert, expected) => {
    if (expected) expect(readInline(template(assert)).application.stackName).toBe('test');
    else {
      expect(shown(problemsOf(template(assert)))).toEqual([
        '12:9 The rule Sizes does not hold: Small stages are small.',
      ]);
    }
  });

  test('a rule whose condition does not hold asks nothing', () => {
    const failing = '!Equals [!Ref Stage, prod]';
    expect(readInline(template(failing, 'RuleCondition: !Equals [!Ref Kind, big]')).application.outputs).toEqual({});
    expect(problemsOf(template(failing, 'RuleCondition: !Equals [!Ref Kind, small]'))).toHaveLength(1);
  });

  test('an assertion that asks the account is said', () => {
    const { support } = readInline(template('!Equals [{ "Fn::ValueOf": [Vpc, Tags.Department] }, IT]'));
    expect(support.filter(({ property }) => property.startsWith('Rules'))).toMatchObject([
      {
        property: 'Rules.Sizes.Assertions.0',
        level: 'differently',
        note: 'it asks the account, and counts as satisfied',
      },
    ]);
  });

  test.each([
    ['!Equals [!Ref Stage]', 'Fn::Equals takes a list of 2.'],
    ['!Equals [!Ref Topic, a]', 'Topic is no parameter of this template.'],
    ['{ "Fn::Contain": [[a], b] }', 'Fn::Contain decides nothing in a rule.'],
    ['!Equals [!Sub "${Stage}", a]', 'Fn::Sub is no value in a rule.'],
    ['!Equals [{ "Fn::ValueOf": [Vpcs, Tags.A] }, a]', 'Fn::ValueOf: there is no parameter Vpcs.'],
  ])('%s is refused', (assert, what) => {
    const [problem] = problemsOf(template(assert));
    expect(problem).toMatchObject({ what, place: { line: 12 } });
    expect(problem!.remedy).not.toBe('');
  });

  test('rules have their shape', () => {
    const whole = (rules: string): readonly string[] =>
      shown(problemsOf(`Rules: ${rules}\nResources: { T: { Type: AWS::SNS::Topic } }\n`));
    expect(whole('[]')).toEqual(['1:1 The section Rules must be a map, not a list.']);
    expect(whole('{ A: {} }')).toEqual(['1:10 The rule A has no list of Assertions.']);
    expect(whole('{ A: { Assertions: [{}], RuleConditions: x } }')).toEqual([
      '1:28 Assertion 1 of the rule A has no Assert.',
      '1:33 The rule A has RuleConditions.',
    ]);
  });
});
