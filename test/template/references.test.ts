import { describe, expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

/** What `!Ref Own` and the attributes of a resource give. */
const valuesOf = (resource: string, ...attributes: readonly string[]): readonly string[] => {
  const outputs = attributes.map((name, i) => `  A${i}: { Value: !GetAtt Own.${name} }`).join('\n');
  const template = `Resources:\n  Own: ${resource}\nOutputs:\n  Ref: { Value: !Ref Own }\n${outputs}\n`;
  return Object.values(readInline(template).application.outputs);
};

describe('what Ref and GetAtt give, in the shapes of AWS', () => {
  test.each<[string, readonly string[], readonly (string | RegExp)[]]>([
    ['{ Type: AWS::Kinesis::Stream }', ['Arn'], ['test-Own', 'arn:aws:kinesis:us-east-1:123456789012:stream/test-Own']],
    [
      '{ Type: AWS::KMS::Key }',
      ['KeyId', 'Arn'],
      [/^[0-9a-f]{8}-[0-9a-f]{4}-4/, /^[0-9a-f-]{36}$/, /:key\/[0-9a-f-]{36}$/],
    ],
    ['{ Type: AWS::KMS::Alias, Properties: { AliasName: alias/own } }', [], ['alias/own']],
    [
      '{ Type: AWS::SecretsManager::Secret, Properties: { Name: login } }',
      ['Id'],
      [/^arn:aws:secretsmanager:us-east-1:123456789012:secret:login-\w{6}$/, /secret:login-\w{6}$/],
    ],
    ['{ Type: AWS::SSM::Parameter, Properties: { Name: /own, Type: String, Value: v } }', ['Value'], ['/own', 'v']],
    ['{ Type: AWS::CloudWatch::Alarm }', ['Arn'], ['test-Own', /:alarm:test-Own$/]],
    [
      '{ Type: AWS::WAFv2::WebACL, Properties: { Name: acl, Scope: REGIONAL } }',
      ['Arn', 'Id'],
      [/^acl\|[0-9a-f-]{36}\|REGIONAL$/, /^arn:aws:wafv2:.*:regional\/webacl\/acl\/[0-9a-f-]{36}$/, /^[0-9a-f-]{36}$/],
    ],
    [
      '{ Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.1.0.0/16 } }',
      ['CidrBlock'],
      [/^vpc-[0-9a-f]{17}$/, '10.1.0.0/16'],
    ],
    ['{ Type: AWS::EC2::SecurityGroup }', ['GroupId'], [/^sg-[0-9a-f]{17}$/, /^sg-[0-9a-f]{17}$/]],
    [
      '{ Type: AWS::ECR::Repository }',
      ['RepositoryUri'],
      ['test-own', /^123456789012\.dkr\.ecr\.us-east-1\..*\/test-own$/],
    ],
    ['{ Type: AWS::CloudFront::Distribution }', ['DomainName'], [/^E[A-Z0-9]{13}$/, /^d\w{13}\.cloudfront\.net$/]],
    ['{ Type: AWS::Route53::HostedZone }', ['Id'], [/^Z[A-Z0-9]{13}$/, /^Z/]],
    [
      '{ Type: AWS::CertificateManager::Certificate }',
      [],
      [/^arn:aws:acm:us-east-1:123456789012:certificate\/[0-9a-f-]{36}$/],
    ],
    [
      '{ Type: AWS::IAM::User, Properties: { UserName: me, Path: /team/ } }',
      ['Arn'],
      ['me', 'arn:aws:iam::123456789012:user/team/me'],
    ],
    [
      '{ Type: AWS::Scheduler::Schedule, Properties: { Name: n, ScheduleExpression: rate(1 day), FlexibleTimeWindow: { Mode: "OFF" }, Target: { Arn: a, RoleArn: r } } }',
      ['Arn'],
      ['n', 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/n'],
    ],
    ['{ Type: AWS::Pipes::Pipe }', ['Arn'], ['test-Own', /:pipe\/test-Own$/]],
    [
      '{ Type: AWS::AppSync::GraphQLApi, Properties: { Name: g } }',
      ['ApiId', 'GraphQLUrl'],
      [
        /^arn:aws:appsync:.*:apis\/\w{26}$/,
        /^\w{26}$/,
        /^https:\/\/\w{26}\.appsync-api\.us-east-1\.amazonaws\.com\/graphql$/,
      ],
    ],
    [
      '{ Type: AWS::OpenSearchService::Domain, Properties: { DomainName: d } }',
      ['DomainEndpoint'],
      ['d', /\.es\.amazonaws\.com$/],
    ],
    [
      '{ Type: AWS::Events::Rule, Properties: { EventBusName: bus, Name: r, EventPattern: {} } }',
      ['Arn'],
      ['bus|r', 'arn:aws:events:us-east-1:123456789012:rule/bus/r'],
    ],
    [
      '{ Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }',
      ['QueueName'],
      [/\/123456789012\/test-Own\.fifo$/, 'test-Own.fifo'],
    ],
  ])('%s', (resource, attributes, expected) => {
    const found = valuesOf(resource, ...attributes);
    expect(found).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      if (typeof value === 'string') expect(found[i]).toBe(value);
      else expect(found[i]).toMatch(value);
    });
  });

  test('they are the same on every start', () => {
    const resource = '{ Type: AWS::EC2::Subnet }';
    expect(valuesOf(resource, 'SubnetId')).toEqual(valuesOf(resource, 'SubnetId'));
  });

  test('an attribute that is a list can be chosen from', () => {
    const { outputs } = readInline(`Resources:
  Own: { Type: AWS::Route53::HostedZone, Properties: { Name: example.com } }
Outputs:
  First: { Value: !Select [0, !GetAtt Own.NameServers] }
`).application;
    expect(outputs.First).toBe('ns-1.awsdns-01.com');
  });

  test('what nobody knows gets a stand-in, and a line that names type and attribute', () => {
    const { application, support } = readInline(`Resources:
  Own: { Type: AWS::Made::Up }
  Flow: { Type: AWS::Kinesis::Stream }
Outputs:
  Id: { Value: !Ref Own }
  Arn: { Value: !Sub '\${Own.ThingArn}' }
  Odd: { Value: !GetAtt Flow.Odd }
`);
    expect(application.outputs).toEqual({
      Id: 'test-Own',
      Arn: 'arn:aws:made:us-east-1:123456789012:test-Own',
      Odd: 'test-Flow-Odd',
    });
    const lines = support.filter(({ property }) => /^(Ref|Fn::GetAtt)/.test(property));
    expect(lines.map(({ logicalId, property, level, note }) => `${logicalId} ${property} ${level}: ${note}`)).toEqual([
      'Own Ref differently: what the Ref of an AWS::Made::Up is, is not known here; test-Own stands for it',
      'Own Fn::GetAtt ThingArn differently: what ThingArn of an AWS::Made::Up is, is not known here; arn:aws:made:us-east-1:123456789012:test-Own stands for it',
      'Flow Fn::GetAtt Odd differently: what Odd of an AWS::Kinesis::Stream is, is not known here; test-Flow-Odd stands for it',
    ]);
  });

  test('an attribute that a type is known not to have is refused', () => {
    const template = 'Resources:\n  Own: { Type: AWS::SQS::Queue }\nOutputs:\n  A: { Value: !GetAtt Own.Url }\n';
    expect(shown(problemsOf(template))[0]).toMatch(/^4:\d+ .*Own.*Url/);
  });
});
