import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const values = `ssm:
  /market/stage: dev
  /market/stage:2: staging
  /market/zones: [a, b]
  /market/names: c, d
secretsmanager:
  market/text: whole-secret
  market/map: { user: ada, port: 5432 }
  market/json: '{"user":"grace"}'
  market/map:AWSPREVIOUS: { user: old-ada }
`;
const files = { 'gavel.values.yaml': values };
const fn = (value: string, more = ''): string => `${more}
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/r
      Code: { ZipFile: x }
      Environment: { Variables: { X: ${value} } }
`;
const environmentOf = (value: string, more = ''): string | undefined =>
  readInline(fn(value, more), { files }).application.functions[0]!.environment.X;

test('the exports of other stacks come from the file, and one that it lacks is said', () => {
  const given = { files: { 'gavel.values.yaml': 'exports: { net-Vpc: vpc-1, net-Size: 3 }\n' } };
  const read = (name: string) => {
    const { application, support } = readInline(fn(`!ImportValue ${name}`), given);
    return [application.functions[0]!.environment.X, support.filter(({ level }) => level === 'not honoured').length];
  };
  expect(read('net-Vpc')).toEqual(['vpc-1', 0]);
  expect(read('net-Size')).toEqual(['3', 0]);
  expect(read('net-Zone')).toEqual(['{{import:net-Zone}}', 1]);
  expect(shown(problemsOf(fn('x'), { files: { 'gavel.values.yaml': 'exports: { a: [b] }\n' } }))).toEqual([
    '1:12 The export a must be text, not a list.',
  ]);
});

test('an output of another stack comes from the file too, exported or not', () => {
  const read = (args: string) =>
    readInline(fn(`{ Fn::GetStackOutput: ${args} }`), {
      files: { 'gavel.values.yaml': 'exports: { net.Vpc: vpc-1 }\n' },
    }).application.functions[0]!.environment.X;
  expect(read('{ StackName: net, OutputName: Vpc }')).toBe('vpc-1');
  expect(environmentOf('!GetStackOutput { StackName: net, OutputName: Vpc }')).toBe('{{import:net.Vpc}}');
  expect(read('{ StackName: net, OutputName: Zone, Region: eu-west-1, RoleArn: arn }')).toBe('{{import:net.Zone}}');
  expect(shown(problemsOf(fn('{ Fn::GetStackOutput: { StackName: net } }')))).toEqual([
    '10:38 Fn::GetStackOutput takes a StackName and an OutputName, and perhaps a Region and a RoleArn.',
  ]);
});

describe('dynamic references', () => {
  test.each([
    ["'{{resolve:ssm:/market/stage}}'", 'dev'],
    ["'{{resolve:ssm:/market/stage:1}}'", 'dev'],
    ["'{{resolve:ssm:/market/stage:2}}'", 'staging'],
    ["'{{resolve:ssm:/market/zones}}'", 'a,b'],
    ["'{{resolve:ssm-secure:/market/stage}}'", 'dev'],
    ["'{{resolve:secretsmanager:market/text}}'", 'whole-secret'],
    ["'{{resolve:secretsmanager:market/text:SecretString}}'", 'whole-secret'],
    ["'{{resolve:secretsmanager:market/map}}'", '{"user":"ada","port":5432}'],
    ["'{{resolve:secretsmanager:market/map:SecretString:user}}'", 'ada'],
    ["'{{resolve:secretsmanager:market/map:SecretString:port::}}'", '5432'],
    ["'{{resolve:secretsmanager:market/json:SecretString:user}}'", 'grace'],
    ["'{{resolve:secretsmanager:market/map:SecretString:user:AWSPREVIOUS}}'", 'old-ada'],
    ["'{{resolve:secretsmanager:market/map:SecretString:user:AWSCURRENT}}'", 'ada'],
    [
      "'{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:market/map-AbCdEf:SecretString:user}}'",
      'ada',
    ],
    ["'{{resolve:secretsmanager:market/map:SecretString:user}}@{{resolve:ssm:/market/stage}}'", 'ada@dev'],
    ['!Sub "{{resolve:ssm:/${Name}/stage}}"', 'dev'],
    ['!Join [":", ["{{resolve:ssm", !Sub "/${Name}/stage}}"]]', 'dev'],
    [
      '!Sub "postgres://{{resolve:secretsmanager:${Name}/map:SecretString:user}}/${AWS::Region}"',
      'postgres://ada/us-east-1',
    ],
  ])('%s', (value, expected) => {
    expect(environmentOf(value, 'Parameters: { Name: { Type: String, Default: market } }')).toBe(expected);
  });

  test('a missing one is named where it stands, with what to write where, and no secret is shown', () => {
    const refused = (value: string) => {
      const [problem] = problemsOf(fn(`'${value}'`), { files });
      expect(problem!.place).toMatchObject({ line: 10, column: 35 });
      expect(JSON.stringify(problem)).not.toMatch(/whole-secret|ada/);
      return [problem!.what, problem!.remedy.replace(/\S*gavel-template-\w+\//, '')];
    };
    expect(refused('{{resolve:ssm:/nowhere}}')).toEqual([
      'The SSM parameter /nowhere has no value here.',
      'Write ssm: {"/nowhere": value} into gavel.values.yaml, or name another file with --values.',
    ]);
    expect(refused('{{resolve:secretsmanager:nowhere:SecretString:user}}')).toEqual([
      'The secret nowhere has no value here.',
      'Write secretsmanager: {"nowhere": {user: value}} into gavel.values.yaml, or name another file with --values.',
    ]);
    expect(refused('{{resolve:secretsmanager:market/map:SecretString:pass}}')[0]).toBe(
      'The secret market/map has no pass here.',
    );
    expect(refused('{{resolve:secretsmanager:market/map:SecretBinary:a}}')[0]).toContain(
      'is no reference of a secret.',
    );
  });

  test('a secret that the template makes has what its resource says, unless the file says otherwise', () => {
    const made = (properties: string, reference: string, file = '{}') =>
      readInline(
        `${fn(`!Sub '${reference}'`)}  Made: { Type: AWS::SecretsManager::Secret, Properties: ${properties} }\n`,
        { files: { 'gavel.values.yaml': file } },
      ).application.functions[0]!.environment.X;
    const generate = `{ GenerateSecretString: { SecretStringTemplate: '{"user":"root"}', GenerateStringKey: pass } }`;
    expect(made(generate, '{{resolve:secretsmanager:${Made}:SecretString:user}}')).toBe('root');
    const password = made(generate, '{{resolve:secretsmanager:${Made}:SecretString:pass::}}');
    expect(password).toMatch(/^[a-z0-9]{32}$/);
    expect(made(generate, '{{resolve:secretsmanager:${Made}:SecretString:pass::}}')).toBe(password);
    expect(made('{ Name: market/own, SecretString: plain }', '{{resolve:secretsmanager:market/own}}')).toBe('plain');
    expect(
      made('{ Name: own, SecretString: plain }', '{{resolve:secretsmanager:${Made}}}', 'secretsmanager: { own: ours }'),
    ).toBe('ours');
  });

  test('a secret in a message is hidden', () => {
    const template = `Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: { StageName: '{{resolve:secretsmanager:stage}}', DefinitionBody: { openapi: 3.0.1, paths: {} } }
`;
    const secret = { 'gavel.values.yaml': 'secretsmanager: { stage: "not a stage" }' };
    const found = problemsOf(`Transform: AWS::Serverless-2016-10-31\n${template}`, { files: secret });
    expect(found[0]!.what).toContain('****');
    expect(JSON.stringify(found)).not.toContain('not a stage');
  });

  test('outputs show what is open and keep secrets as they are written', () => {
    const { outputs } = readInline(
      `Resources: { T: { Type: AWS::SNS::Topic } }
Outputs:
  Open: { Value: '{{resolve:ssm:/market/stage}}' }
  Secret: { Value: '{{resolve:secretsmanager:market/text}}' }
`,
      { files },
    ).application;
    const missing = `Resources: { T: { Type: AWS::SNS::Topic } }
Outputs: { Open: { Value: '{{resolve:ssm:/nowhere}}' } }
`;
    expect(shown(problemsOf(missing, { files }))).toEqual(['2:20 The SSM parameter /nowhere has no value here.']);
    expect(outputs).toEqual({ Open: 'dev', Secret: '{{resolve:secretsmanager:market/text}}' });
  });
});

describe('parameters of Parameter Store', () => {
  const template = `Parameters:
  Stage: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /market/stage, AllowedPattern: '/[a-z/]+' }
  Zones: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /market/zones }
  Names: { Type: 'AWS::SSM::Parameter::Value<CommaDelimitedList>', Default: /market/names }
  Subnets: { Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>', Default: /market/zones }
  Name: { Type: 'AWS::SSM::Parameter::Name', Default: /market/stage }
Resources: { T: { Type: AWS::SNS::Topic } }
Outputs:
  All: { Value: !Sub ["\${Stage} \${Z} \${N} \${S} \${Name}", { Z: !Join [+, !Ref Zones], N: !Join [+, !Ref Names], S: !Select [1, !Ref Subnets] }] }
`;

  test('what is given names them, and the file of values holds them', () => {
    expect(readInline(template, { files }).application.outputs.All).toBe('dev a+b c+d b /market/stage');
    expect(shown(problemsOf(template, { files, parameterOverrides: { Stage: '/market/nowhere' } }))).toEqual([
      '2:3 The parameter Stage is the SSM parameter /market/nowhere, which has no value here.',
    ]);
    expect(shown(problemsOf(template, { files, parameterOverrides: { Stage: 'dev' } }))[0]).toBe(
      '2:3 The parameter Stage is "dev", but it must match /[a-z/]+.',
    );
  });

  test("CDK's bootstrap version stands, with the rule that checks it", () => {
    const cdk = JSON.stringify({
      Parameters: {
        BootstrapVersion: {
          Type: 'AWS::SSM::Parameter::Value<String>',
          Default: '/cdk-bootstrap/hnb659fds/version',
        },
      },
      Rules: {
        CheckBootstrapVersion: {
          Assertions: [
            {
              Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'BootstrapVersion' }] }] },
              AssertDescription: 'CDK bootstrap stack version 6 required.',
            },
          ],
        },
      },
      Resources: { T: { Type: 'AWS::SNS::Topic' } },
    });
    const { support } = readInline(cdk, { name: 'Stack.template.json' });
    expect(support.find(({ property }) => property === 'Parameters.BootstrapVersion')).toMatchObject({
      level: 'differently',
      note: expect.stringContaining('bootstrap'),
    });
    const old = { 'gavel.values.yaml': 'ssm: { /cdk-bootstrap/hnb659fds/version: 5 }' };
    expect(problemsOf(cdk, { name: 'Stack.template.json', files: old })[0]!.what).toBe(
      'The rule CheckBootstrapVersion does not hold: CDK bootstrap stack version 6 required.',
    );
  });
});

describe('the file of values', () => {
  test('is the one that --values names, in JSON too', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gavel-values-'));
    try {
      const file = join(folder, 'values.json');
      writeFileSync(file, '{ "ssm": { "/market/stage": "of json" } }');
      const { application } = readInline(fn("'{{resolve:ssm:/market/stage}}'"), { files, values: file });
      expect(application.functions[0]!.environment.X).toBe('of json');
      expect(application.sourceFiles).toContain(file);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('is read again when it changes, whatever its name and form', () => {
    const { application } = readInline(fn("'{{resolve:ssm:/market/stage}}'"), { files });
    expect(application.sourceFiles.some((file) => file.endsWith('gavel.values.yaml'))).toBe(true);
    expect(problemsOf(fn('x'), { values: '/nowhere/values.yaml' })[0]).toMatchObject({
      what: 'There is no file /nowhere/values.yaml of values.',
      remedy: 'Mend --values.',
    });
  });

  test.each([
    ['[]', '1:1 A file of values must be a map, not a list.'],
    ['ssn: { a: b }', '1:1 A file of values has no section ssn.'],
    ['ssm: []', '1:1 ssm must be a map, not a list.'],
    ['ssm: { a: { b: c } }', '1:8 The SSM parameter a must be text or a list of texts, not a map.'],
    ['secretsmanager: { a: [b] }', '1:19 The secret a must be text or a map, not a list.'],
  ])('%s is refused', (text, what) => {
    expect(shown(problemsOf(fn('x'), { files: { 'gavel.values.yaml': text } }))).toContain(what);
  });
});
