import { describe, expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const template = `Parameters:
  Stage: { Type: String, AllowedValues: [dev, prod] }
  Name: { Type: String, AllowedPattern: '[a-z ]+', Default: plain }
  Days: { Type: Number, MinValue: 1, MaxValue: 30, Default: 7 }
  Subnets: { Type: CommaDelimitedList, Default: 'a, b' }
Resources:
  Topic: { Type: AWS::SNS::Topic }
Outputs:
  All: { Value: !Sub ["\${Stage}|\${Name}|\${Days}|\${List}|\${AWS::StackName}|\${AWS::Region}", { List: !Join ['+', !Ref Subnets] }] }
`;
const outputs = (options: Parameters<typeof readInline>[1]): string =>
  readInline(template, options).application.outputs.All!;

describe('parameters', () => {
  test('overrides win over samconfig, which wins over defaults', () => {
    const samconfig = `version = 0.1
[prod.global.parameters]
stack_name = "market-prod"
region = "eu-west-1"
[prod.deploy.parameters]
parameter_overrides = 'Stage=prod Name="two words" Days=3'
`;
    const files = { 'samconfig.toml': samconfig };
    expect(
      readInline(template, { files, configEnv: 'prod' }).application.sourceFiles.map((file) => file.split('/').pop()),
    ).toEqual(['template.yaml', 'samconfig.toml']);
    expect(outputs({ files, configEnv: 'prod' })).toBe('prod|two words|3|a+b|test|eu-west-1');
    expect(outputs({ files, configEnv: 'prod', parameterOverrides: { Days: '4' } })).toBe(
      'prod|two words|4|a+b|test|eu-west-1',
    );
  });

  test.each([
    ['ParameterKey=Stage,ParameterValue=dev ParameterKey=Name,ParameterValue=long'],
    [['Stage=dev', 'Name=long']],
    [{ Stage: 'dev', Name: 'long' }],
  ])('samconfig takes %j', (form) => {
    const files = {
      'samconfig.yaml': JSON.stringify({
        default: { deploy: { parameters: { parameter_overrides: form, stack_name: 's' } } },
      }),
    };
    expect(outputs({ files })).toBe('dev|long|7|a+b|test|us-east-1');
  });

  test('what is missing or not allowed is refused where the parameter stands, all at once', () => {
    expect(shown(problemsOf(template, { parameterOverrides: { Name: 'A1', Days: '31', Nmae: 'x' } }))).toEqual([
      '2:3 The template has no parameter Nmae.',
      '2:3 The parameter Stage has no value.',
      '3:3 The parameter Name is "A1", but it must match [a-z ]+.',
      '4:3 The parameter Days is "31", but it must be at most 30.',
    ]);
    expect(problemsOf(template, { parameterOverrides: { Stage: 'test' } })[0]!.what).toBe(
      'The parameter Stage is "test", but it must be one of "dev", "prod".',
    );
  });

  test('an environment that samconfig does not have is refused', () => {
    const files = { 'samconfig.toml': 'version = 0.1\n[dev.deploy.parameters]\n' };
    expect(problemsOf(template, { files, configEnv: 'prod' })[0]).toMatchObject({ remedy: 'It has dev.' });
    expect(problemsOf(template, { configEnv: 'prod' })[0]!.what).toContain('There is no samconfig.toml');
    expect(shown(problemsOf(template, { files: { 'samconfig.toml': 'a = \n' } }))[0]).toMatch(
      /^1:\d+ This is not valid TOML/,
    );
  });

  test('files of parameters stand in samconfig and among the options; a later override wins', () => {
    const files = {
      'dev.yaml': '$include: file://base.json\nName: of file\nSubnets: [x, y]\n',
      'base.json': '{ "Stage": "dev", "Days": 2, "Name": "gone" }',
      'samconfig.toml': '[default.deploy.parameters]\nparameter_overrides = ["file://dev.yaml", "Days=5"]\n',
    };
    expect(outputs({ files })).toBe('dev|of file|5|x+y|test|us-east-1');
    expect(outputs({ files, parameterOverrides: [{ Days: '6' }, 'Name=later Days=7'] })).toBe(
      'dev|later|7|x+y|test|us-east-1',
    );
    const { sourceFiles } = readInline(template, { files }).application;
    expect(sourceFiles.map((file) => file.split('/').pop())).toEqual(
      expect.arrayContaining(['dev.yaml', 'base.json', 'samconfig.toml']),
    );
  });

  test.each([
    ['["Stage"]', 'Stage is no override of a parameter.'],
    ['["file://nowhere.yaml"]', /^There is no file \S*nowhere.yaml of parameters.$/],
    ['["file://template.txt"]', /^\S*template.txt is no file of TOML, YAML or JSON.$/],
    ['["file://circle.yaml"]', /^Files of parameters include each other: \S*circle.yaml → \S*circle.yaml.$/],
    ['{ Stage = { a = 1 } }', 'The parameter Stage is given a map.'],
  ])('overrides of %s are refused', (written, what) => {
    const files = {
      'template.txt': 'Stage=dev',
      'circle.yaml': '$include: file://circle.yaml\n',
      'samconfig.toml': `[default.deploy.parameters]\nparameter_overrides = ${written}\n`,
    };
    const found = problemsOf(template, { files }).map((problem) => problem.what);
    expect(found).toContainEqual(typeof what === 'string' ? what : expect.stringMatching(what));
  });

  test('the value of a NoEcho parameter is in no message', () => {
    const secret = `Parameters:
  Key: { Type: String, NoEcho: true, MinLength: 20, Default: hunter2-hunter2 }
Resources: { T: { Type: AWS::SNS::Topic } }
`;
    expect(shown(problemsOf(secret))).toEqual([
      '2:3 The parameter Key is not shown, but it must have at least 20 characters.',
    ]);
    const used = secret
      .replace('MinLength: 20', 'MinLength: 2')
      .replace('Resources: {', 'Resources: { T2: { Type: AWS::SNS::Topic, DependsOn: T, DeletionPolicy: Keep },');
    const stage = `${used}Rules: { A: { Assertions: [{ Assert: !Equals [!Ref Key, other] }] } }\n`;
    expect(JSON.stringify(problemsOf(stage))).not.toContain('hunter2');
  });

  test.each([
    ['[A-Z][a-z]++', 'Abc', true],
    ['(?i)dev|prod', 'DEV', true],
    ['\\p{Lower}{3}', 'abc', true],
    ['[\\p{Alpha}_]+', 'a_B', true],
    ['\\P{Digit}+', 'a1', false],
    ['\\Qa.b\\E', 'a.b', true],
    ['\\Qa.b\\E', 'axb', false],
    ['\\A[^@]+@[^@]+\\z', 'a@b', true],
    ['[a-z&&[^aeiou]]+', 'xyz', true],
    ['[a-z&&[^aeiou]]+', 'aye', false],
    ['(?>a|b)c', 'ac', true],
    ['arn:aws[a-zA-Z-]*:s3:::.*', 'arn:aws:s3:::x', true],
    ['abc', 'abcd', false],
  ])('the pattern %s of Java takes %s: %s', (pattern, value, expected) => {
    const text = `Parameters: { P: { Type: String, AllowedPattern: '${pattern}', Default: '${value}' } }
Resources: { T: { Type: AWS::SNS::Topic } }
`;
    if (expected) expect(readInline(text).application.stackName).toBe('test');
    else expect(problemsOf(text)[0]!.what).toContain('but it must match');
  });

  test('types: numbers, lists of numbers, and those of the account', () => {
    const typed = (definition: string): string =>
      `Parameters: { P: ${definition} }\nResources: { T: { Type: AWS::SNS::Topic } }\nOutputs: { X: { Value: !Select [1, !Ref P] } }\n`;
    expect(readInline(typed("{ Type: List<Number>, Default: '1, 2.5' }")).application.outputs.X).toBe('2.5');
    expect(
      readInline(typed("{ Type: 'List<AWS::EC2::Subnet::Id>', Default: 'subnet-1,subnet-2' }")).application.outputs.X,
    ).toBe('subnet-2');
    const what = (definition: string): readonly string[] =>
      problemsOf(typed(definition)).map((problem) => problem.what);
    expect(what("{ Type: List<Number>, Default: '1,x' }")).toEqual([
      'The parameter P is "x", but it must be a number.',
    ]);
    expect(what('{ Type: Number, Default: 0x10, MinValue: 3 }')).toHaveLength(1);
    expect(what("{ Type: 'AWS::EC2::Subnet::ID', Default: a }")).toEqual([
      'The parameter P has the Type AWS::EC2::Subnet::ID.',
    ]);
    expect(what('{ Default: a }')).toEqual(['The parameter P has no Type.']);
    expect(what('{ Type: String, Default: !Ref T }')).toEqual([
      'The Default of the parameter P must be text, not a map.',
    ]);
  });
});
