import { describe, expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const template = (properties: string, more = ''): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Steps:
    Type: AWS::Serverless::StateMachine
    Properties:
      ${properties}
${more}`;
const done = 'Definition: { StartAt: Done, States: { Done: { Type: Succeed } } }';

describe('state machines', () => {
  test('a definition in a file is read with its substitutions filled in, and watched', () => {
    const file = `{
  "StartAt": "Wait",
  "States": {
    "Wait": { "Type": "Wait", "Seconds": \${Seconds}, "Next": "Close" },
    "Close": { "Type": "Task", "Resource": "\${Closes}", "End": true }
  }
}`;
    const { application } = readInline(
      template(
        'DefinitionUri: steps.asl.json\n      DefinitionSubstitutions: { Seconds: 5, Closes: !GetAtt Fn.Arn }',
        fn,
      ),
      { files: { 'steps.asl.json': file } },
    );
    expect(application.stateMachines).toMatchObject([
      {
        name: 'test-Steps',
        arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:test-Steps',
        type: 'STANDARD',
        role: 'arn:aws:iam::123456789012:role/test-StepsRole',
        definition: {
          States: {
            Wait: { Seconds: 5 },
            Close: { Resource: 'arn:aws:lambda:us-east-1:123456789012:function:test-Fn' },
          },
        },
        unsupported: null,
      },
    ]);
    expect(application.sourceFiles).toContain(application.stateMachines[0]!.definitionFile);
  });

  test('what an intrinsic gives is text in the definition, as CloudFormation fills it in', () => {
    const { application } = readInline(
      `Parameters: { Pause: { Type: Number, Default: 5 } }
${template('Definition: { StartAt: Wait, States: { Wait: { Type: Wait, Seconds: !Ref Pause, End: true } } }')}`,
    );
    expect(application.stateMachines[0]!.definition!.States.Wait).toEqual({ Type: 'Wait', Seconds: '5', End: true });
  });

  test('a definition in S3 is not here, and says so', () => {
    const { application, support } = readInline(template('DefinitionUri: s3://bucket/steps.asl.json'));
    const unsupported = expect.stringContaining('its definition is not on this disk (s3://bucket/steps.asl.json)');
    expect(application.stateMachines[0]).toMatchObject({ definition: null, unsupported });
    expect(support).toContainEqual(expect.objectContaining({ level: 'not honoured', note: unsupported }));
  });

  test('a definition that CDK has packaged is found by its metadata', () => {
    const raw = `Resources:
  Raw:
    Type: AWS::StepFunctions::StateMachine
    Metadata: { "aws:asset:path": asset.0a.json, "aws:asset:property": DefinitionS3Location }
    Properties:
      RoleArn: arn:aws:iam::1:role/r
      DefinitionS3Location: { Bucket: assets, Key: 0a.json }
`;
    const files = { 'asset.0a.json': '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}' };
    expect(readInline(raw, { files }).application.stateMachines).toMatchObject([
      { definition: { StartAt: 'Done' }, unsupported: null },
    ]);
  });

  test('an event of type Api makes an operation that starts it, by a role of its own', () => {
    const { application } = readInline(
      template(`${done}\n      Events: { Start: { Type: Api, Properties: { Path: /lots, Method: post } } }`),
    );
    const [api] = application.apis;
    expect(api).toMatchObject({ kind: 'REST', logicalId: 'ServerlessRestApi' });
    expect(JSON.stringify(api)).toContain('states:action/StartExecution');
    expect(application.roles.map(({ logicalId }) => logicalId)).toEqual(['StepsRole', 'StepsStartRole']);
    expect(application.permissions).toEqual([]);
  });

  test('a rule of EventBridge starts it by a role of its own, whatever it is called', () => {
    const { application } = readInline(
      template(
        `${done}\n      Events: { Placed: { Type: CloudWatchEvent, Properties: { Pattern: { source: [lots] } } } }`,
      ),
    );
    expect(application.eventRules).toMatchObject([
      {
        targets: [
          {
            arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:test-Steps',
            roleArn: 'arn:aws:iam::123456789012:role/test-StepsPlacedRole',
          },
        ],
      },
    ]);
  });

  test.each([
    ['«Definition: [one]', 'Definition of Steps must be a map, not a list.'],
    ['Definition: «{ States: { Done: { Type: Succeed } } }', 'The definition of Steps has no StartAt.'],
    ['Definition: { StartAt: Done, «States: {} }', 'The definition of Steps has no States.'],
    [
      'Definition: { «StartAt: Begin, States: { Done: { Type: Succeed } } }',
      'The definition of Steps starts at Begin, which is none of its States.',
    ],
    [
      'Definition: { StartAt: Done, States: { «Done: { End: true } } }',
      'The definition of Steps has the state Done without a Type.',
    ],
    ['«DefinitionUri: nowhere.json', 'Steps: there is no file nowhere.json.'],
    [`«DefinitionUri: a.json\n      ${done}`, 'Steps has both Definition and DefinitionUri.'],
    [`${done}\n      Role: arn:aws:iam::1:role/r\n      «Policies: []`, 'Steps has both Role and Policies.'],
    [`${done}\n      «UseAliasAsEventTarget: true`, 'Steps has UseAliasAsEventTarget without AutoPublishAlias.'],
    [
      `${done}\n      Events: { Queue: { «Type: SQS, Properties: {} } }`,
      'The event Queue has the Type SQS, which starts no state machine.',
    ],
  ])('%s is refused where it stands', (properties, what) => {
    const { template: text, place } = atMark(template(properties));
    expect(shown(problemsOf(text))).toContain(`${place} ${what}`);
  });

  test('a file that is neither JSON nor YAML is refused at its line', () => {
    const files = { 'steps.asl.json': '{\n  "StartAt": "Done"\n  "States": {}\n}\n' };
    const [problem] = problemsOf(template('DefinitionUri: steps.asl.json'), { files });
    expect(problem!.what).toContain('The definition of Steps is neither JSON nor YAML');
    expect(problem!.place!.file).toMatch(/steps\.asl\.json$/);
    expect(problem!.place!.line).toBe(3);
  });

  test('a definition as text is read too', () => {
    const raw = `Resources:
  Raw:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::1:role/r
      StateMachineType: EXPRESS
      DefinitionString: !Sub '{"StartAt": "Done", "States": {"Done": {"Type": "Pass", "Result": "\${AWS::Region}", "End": true}}}'
`;
    expect(readInline(raw).application.stateMachines).toMatchObject([
      { type: 'EXPRESS', definition: { States: { Done: { Result: 'us-east-1' } } } },
    ]);
    const slip = raw.replace('"StartAt": "Done", ', '');
    expect(shown(problemsOf(slip))).toEqual(['7:7 The definition of Raw has no StartAt.']);
  });
});

const fn = `  Fn:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: x }
`;
