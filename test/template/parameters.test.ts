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
});
