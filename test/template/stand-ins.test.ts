import { expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

test('functions let a stand-in pass, whose true form nobody knows here', () => {
  const { application } = readInline(`Resources:
  Endpoint: { Type: AWS::MediaLive::Channel }
  Own: { Type: Custom::Network, Properties: { ServiceToken: x } }
Outputs:
  First: { Value: !Select [0, !Split [",", !ImportValue Subnets]] }
  Second: { Value: !Select [1, !Split [",", !ImportValue Subnets]] }
  OfList: { Value: !Select [0, !GetAtt Endpoint.Inputs] }
  Deeper: { Value: !Select [1, !Split [":", !Select [0, !GetAtt Endpoint.Inputs]]] }
  Joined: { Value: !Join [",", !GetAtt Own.Subnets] }
  Block: { Value: !Select [2, !Cidr [!ImportValue Net, 4, 8]] }
`);
  const entries = application.outputs.OfList;
  expect(entries).toContain('Inputs');
  expect(application.outputs).toMatchObject({
    First: '{{import:Subnets}}',
    Second: '{{import:Subnets}}',
    Deeper: entries,
    Joined: expect.stringContaining('Subnets'),
    Block: '{{import:Net}}',
  });
});

test('what is known is held to its length still', () => {
  expect(
    shown(
      problemsOf(
        'Resources: { T: { Type: AWS::SNS::Topic, Properties: { TopicName: !Select [1, !Split [",", a]] } } }\n',
      ),
    ),
  ).toEqual(['1:75 Fn::Select: there is no item 1 in a list of 1.']);
});

test('custom resources may have a version beside their type, others not', () => {
  const of = (type: string) => `Resources: { A: { Type: '${type}', Version: 1.0, Properties: { ServiceToken: x } } }\n`;
  expect(readInline(of('Custom::A')).resources).toHaveLength(1);
  expect(readInline(of('AWS::CloudFormation::CustomResource')).resources).toHaveLength(1);
  expect(problemsOf(of('AWS::SNS::Topic'))[0]!.what).toBe('A has Version, which is no attribute of a resource.');
});
