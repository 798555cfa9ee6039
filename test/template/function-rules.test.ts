import { describe, expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const template = (properties: string): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: x
      ${properties}
`;

test.each([
  ['nodejs22', 'Lambda has no runtime nodejs22.', 'Did you mean nodejs22.x?'],
  ['node24.x', 'Lambda has no runtime node24.x.', 'Did you mean nodejs24.x?'],
])('the runtime %s is refused', (runtime, what, remedy) => {
  const problems = problemsOf(template('').replace('nodejs24.x', runtime));
  expect(problems.map((problem) => [problem.what, problem.remedy, problem.place?.line])).toEqual([[what, remedy, 6]]);
});

test('a mistake in what an event becomes stands at the event', () => {
  const text = template(`Events:
        Tick:
          Type: Schedule
          Properties:
            Schedule: rate(1 minutes)`);
  expect(shown(problemsOf(text))).toEqual(['13:13 "rate(1 minutes)" is no schedule.']);
});

describe('properties of functions that need each other', () => {
  test.each([
    [
      '«ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 1 }',
      'Fn has ProvisionedConcurrencyConfig without AutoPublishAlias.',
    ],
    ['«VersionDeletionPolicy: Delete', 'Fn has VersionDeletionPolicy without AutoPublishAlias.'],
    ['AutoPublishAlias: live\n      «VersionDeletionPolicy: Keep', 'VersionDeletionPolicy of Fn is Keep.'],
    ['«AutoPublishAlias: "1"', 'AutoPublishAlias of Fn is 1.'],
    ['«AutoPublishAlias: !Sub "${Other.Arn}"\n  Other: { Type: AWS::SQS::Queue }', 'AutoPublishAlias of Fn is a map.'],
    ['«DeploymentPreference: { Type: AllAtOnce }', 'Fn has DeploymentPreference without AutoPublishAlias.'],
    [
      'AutoPublishAlias: live\n      «DeploymentPreference: { Enabled: true }',
      'DeploymentPreference of Fn has no Type.',
    ],
    [
      'AutoPublishAlias: live\n      DeploymentPreference: { Type: AllAtOnce, «Alarms: errors }',
      "Alarms of Fn's DeploymentPreference must be a list, not text.",
    ],
    [
      'AutoPublishAlias: live\n      DeploymentPreference: { Type: AllAtOnce, «Hooks: before }',
      "Hooks of Fn's DeploymentPreference must be a map, not text.",
    ],
    ['FunctionUrlConfig: «{ InvokeMode: BUFFERED }', 'FunctionUrlConfig of Fn has no AuthType.'],
    ['FunctionUrlConfig: { «AuthType: JWT }', 'FunctionUrlConfig of Fn has the AuthType JWT.'],
    [
      'FunctionUrlConfig: { AuthType: NONE, Cors: { «AllowOrigin: ["*"] } }',
      'AllowOrigin is no property of the Cors of a function URL.',
    ],
    ['DeadLetterQueue: { «Type: Queue, TargetArn: a }', 'DeadLetterQueue of Fn has the Type Queue.'],
    ['DeadLetterQueue: «{ Type: SQS }', 'DeadLetterQueue of Fn has no TargetArn.'],
    [
      'EventInvokeConfig: { DestinationConfig: { «OnFailure: { Type: Lambda } } }',
      "OnFailure of Fn's EventInvokeConfig has no Destination.",
    ],
    [
      'EventInvokeConfig: { DestinationConfig: { OnFailure: { «Type: Queue } } }',
      "OnFailure of Fn's EventInvokeConfig has the Type Queue.",
    ],
    [
      '«FunctionScalingConfig: { MinExecutionEnvironments: 1 }',
      'Fn has FunctionScalingConfig without CapacityProviderConfig.',
    ],
    [
      'TenancyConfig: { TenantIsolationMode: PER_TENANT }\n      «SnapStart: { ApplyOn: PublishedVersions }',
      'Fn has both TenancyConfig and SnapStart.',
    ],
    [
      'TenancyConfig: { TenantIsolationMode: PER_TENANT }\n      Events: { «Hourly: { Type: Schedule, Properties: { Schedule: rate(1 hour) } } }',
      'Fn has tenants, so that the event Hourly cannot invoke it.',
    ],
  ])('%s is refused where it stands', (properties, what) => {
    const { template: text, place } = atMark(template(properties));
    expect(shown(problemsOf(text))).toContain(`${place} ${what}`);
  });

  test('shifting traffic is for CodeDeploy, which is not here', () => {
    const { support, resources } = readInline(
      template('AutoPublishAlias: live\n      DeploymentPreference: { Type: Canary10Percent5Minutes }'),
    );
    expect(support).toContainEqual(
      expect.objectContaining({
        property: 'DeploymentPreference',
        level: 'not honoured',
        note: 'CodeDeploy shifts nothing here: the alias moves at once, and no hook is called',
      }),
    );
    expect(resources.map(({ type }) => type)).toContain('AWS::CodeDeploy::DeploymentGroup');
  });

  test('an alias keeps its name, and its logical id spells hyphens and underscores out', () => {
    const { application, resources } = readInline(template('AutoPublishAlias: live-1_a'));
    expect(application.functions[0]!.aliases).toMatchObject([{ name: 'live-1_a' }]);
    expect(resources.map(({ logicalId }) => logicalId)).toContain('FnAliasliveD1Ua');
  });

  test.each(['GraphQLApi', 'MicroVMImage', 'NetworkConnector', 'WebFunction'])(
    'AWS::Serverless::%s does not run here, and what refers to it still reads',
    (name) => {
      const { support, application } = readInline(
        `${template('Description: has a neighbour')}  Other: { Type: AWS::Serverless::${name}, Properties: {} }
Outputs: { Name: { Value: !GetAtt Other.Arn } }
`,
      );
      expect(support).toContainEqual(
        expect.objectContaining({ logicalId: 'Other', property: '', level: 'not honoured' }),
      );
      expect(application.outputs.Name).toMatch(/^arn:aws:/);
    },
  );
});
