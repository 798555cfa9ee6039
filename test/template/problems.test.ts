import { expect, test } from 'vitest';
import { GavelError } from '#gateway/problem.ts';
import { readApplication } from '#gateway/template/read-application.ts';
import { problemsOf, shown } from './inline-template.ts';

test('one reading shows everything that is wrong, in the order of the file, each with what to do', () => {
  const problems = problemsOf(`Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs24.x
      InlineCode: x
      Environment: { Variables: { A: !Ref Wrold, B: !GetAtt World.Arm } }
  World:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub '\${Stge}' }
`);
  expect(shown(problems)).toEqual([
    '9:43 Wrold is neither a parameter nor a resource of this template.',
    '9:61 World.Arm is not there to get.',
    '12:35 Stge is neither a parameter nor a resource of this template.',
  ]);
  for (const problem of problems) expect(problem.remedy).toMatch(/[.?]$/);
});

test.each([
  ['Resources: []', 'The template has no Resources.'],
  ['[]', 'The template must be a map.'],
  ['Resources:\n  A: nothing', 'The resource A must be a map, not text.'],
  ['Resources:\n  A: { Properties: {} }', 'The resource A has no Type.'],
  [
    'Resources:\n  A: { Type: AWS::SNS::Topic, DependsOn: B }',
    'A depends on B, which is no resource of this template.',
  ],
  ['Resources:\n  A: { Type: AWS::SNS::Topic, Properties: [] }', 'The Properties of A must be a map, not a list.'],
  ['Resources:\n  A: { Type: AWS::SNS::Topic, Condition: B }', 'There is no condition B.'],
  [
    'Resources:\n  A: { Type: AWS::Serverless::SimpleTable }',
    'A is an AWS::Serverless::SimpleTable, but the template does not ask for SAM.',
  ],
  ['Resources:\n  Fn::ForEach::X: [a, [b], {}]', 'Fn::ForEach::X needs the transform AWS::LanguageExtensions.'],
])('%j is refused with its place', (template, what) => {
  const [problem] = problemsOf(template);
  expect(problem).toMatchObject({ what, place: { line: expect.any(Number), column: expect.any(Number) } });
});

test('a template that is not there is named', () => {
  expect(() => readApplication({ templateFile: '/nowhere/template.yaml' })).toThrow(GavelError);
  expect(() => readApplication({ templateFile: '/nowhere/template.yaml' })).toThrow(
    'There is no template /nowhere/template.yaml.',
  );
});
