import type { LocalValues } from './local-values.ts';
import {
  after,
  alsoAs,
  arnOf,
  capitalId,
  fixed,
  hexId,
  named,
  nameOf,
  type TextOf,
  textOf,
  uuid,
  values,
} from './value-shapes.ts';

const ec2 = (prefix: string, attribute: string, more: LocalValues['attributes'] = {}): LocalValues =>
  alsoAs(hexId(prefix), [attribute], more);
const balancer: TextOf = arnOf(
  'elasticloadbalancing',
  (subject) => `loadbalancer/app/${nameOf('Name')(subject)}/${hexId('', 16)(subject)}`,
);
const targetGroup: TextOf = arnOf(
  'elasticloadbalancing',
  (subject) => `targetgroup/${nameOf('Name')(subject)}/${hexId('', 16)(subject)}`,
);
const below =
  (parent: string, from: string, to: string): TextOf =>
  (subject) =>
    `${subject.text(parent, '').replace(`:${from}/`, `:${to}/`)}/${hexId('', 16)(subject)}`;
/** From the block that is kept for documents. */
const fixedAddress: TextOf = () => '203.0.113.10';
const cloudFrontId = capitalId('E', 13);

export const networkValues: Readonly<Record<string, LocalValues>> = {
  'AWS::EC2::VPC': ec2('vpc-', 'VpcId', {
    CidrBlock: textOf('CidrBlock', '10.0.0.0/16'),
    DefaultNetworkAcl: hexId('acl-'),
    DefaultSecurityGroup: hexId('sg-'),
  }),
  'AWS::EC2::Subnet': ec2('subnet-', 'SubnetId', {
    AvailabilityZone: (subject) => subject.text('AvailabilityZone', `${subject.target.region}a`),
    CidrBlock: textOf('CidrBlock', '10.0.0.0/24'),
    VpcId: textOf('VpcId', ''),
  }),
  'AWS::EC2::SecurityGroup': ec2('sg-', 'GroupId', { Id: hexId('sg-'), VpcId: textOf('VpcId', '') }),
  'AWS::EC2::SecurityGroupIngress': ec2('sgr-', 'Id'),
  'AWS::EC2::SecurityGroupEgress': ec2('sgr-', 'Id'),
  'AWS::EC2::InternetGateway': ec2('igw-', 'InternetGatewayId'),
  'AWS::EC2::VPCGatewayAttachment': values((subject) => `IGW|${subject.text('VpcId', '')}`),
  'AWS::EC2::NatGateway': ec2('nat-', 'NatGatewayId', { EniId: hexId('eni-') }),
  'AWS::EC2::EIP': values(fixedAddress, { AllocationId: hexId('eipalloc-'), PublicIp: fixedAddress }),
  'AWS::EC2::RouteTable': ec2('rtb-', 'RouteTableId'),
  'AWS::EC2::Route': values(
    (subject) => `${subject.text('RouteTableId', '')}|${subject.text('DestinationCidrBlock', '')}`,
  ),
  'AWS::EC2::SubnetRouteTableAssociation': ec2('rtbassoc-', 'Id'),
  'AWS::EC2::NetworkAcl': ec2('acl-', 'Id'),
  'AWS::EC2::NetworkInterface': ec2('eni-', 'Id', { PrimaryPrivateIpAddress: fixed('10.0.0.11') }),
  'AWS::EC2::VPCEndpoint': ec2('vpce-', 'Id', {
    DnsEntries: (subject) => [
      `Z7HUB22UULQXV:${hexId('vpce-')(subject)}-local.execute-api.${subject.target.region}.vpce.amazonaws.com`,
    ],
    NetworkInterfaceIds: (subject) => [hexId('eni-')(subject)],
  }),
  'AWS::EC2::FlowLog': ec2('fl-', 'Id'),
  'AWS::EC2::Instance': ec2('i-', 'InstanceId', {
    AvailabilityZone: (subject) => `${subject.target.region}a`,
    PrivateIp: fixed('10.0.0.12'),
    PublicIp: fixed('203.0.113.12'),
    PrivateDnsName: fixed('ip-10-0-0-12.ec2.internal'),
    PublicDnsName: fixed('ec2-203-0-113-12.compute-1.amazonaws.com'),
  }),
  'AWS::ElasticLoadBalancingV2::LoadBalancer': alsoAs(balancer, ['LoadBalancerArn'], {
    CanonicalHostedZoneID: fixed('Z35SXDOTRQ7X7K'),
    DNSName: (subject) =>
      `${nameOf('Name')(subject)}-${hexId('', 10)(subject)}.${subject.target.region}.elb.${subject.target.urlSuffix}`,
    LoadBalancerName: nameOf('Name'),
    LoadBalancerFullName: (subject) => `app/${nameOf('Name')(subject)}/${hexId('', 16)(subject)}`,
  }),
  'AWS::ElasticLoadBalancingV2::TargetGroup': alsoAs(targetGroup, ['TargetGroupArn'], {
    TargetGroupName: nameOf('Name'),
    TargetGroupFullName: (subject) => `targetgroup/${nameOf('Name')(subject)}/${hexId('', 16)(subject)}`,
  }),
  'AWS::ElasticLoadBalancingV2::Listener': alsoAs(below('LoadBalancerArn', 'loadbalancer', 'listener'), [
    'ListenerArn',
  ]),
  'AWS::ElasticLoadBalancingV2::ListenerRule': alsoAs(below('ListenerArn', 'listener', 'listener-rule'), ['RuleArn']),
  'AWS::CloudFront::Distribution': alsoAs(cloudFrontId, ['Id'], {
    DomainName: (subject) => `d${hexId('', 13)(subject)}.cloudfront.net`,
  }),
  'AWS::CloudFront::Function': alsoAs(
    arnOf('cloudfront', after('function/', nameOf('Name')), 'global'),
    ['FunctionARN', 'FunctionMetadata.FunctionARN'],
    { Stage: fixed('LIVE') },
  ),
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': alsoAs(cloudFrontId, ['Id'], { S3CanonicalUserId: hexId('', 64) }),
  'AWS::CloudFront::OriginAccessControl': alsoAs(cloudFrontId, ['Id']),
  'AWS::CloudFront::CachePolicy': alsoAs(uuid, ['Id']),
  'AWS::CloudFront::OriginRequestPolicy': alsoAs(uuid, ['Id']),
  'AWS::CloudFront::ResponseHeadersPolicy': alsoAs(uuid, ['Id']),
  'AWS::CloudFront::KeyGroup': alsoAs(uuid, ['Id']),
  'AWS::CloudFront::PublicKey': alsoAs(capitalId('K', 13), ['Id']),
  'AWS::CloudFront::KeyValueStore': alsoAs(nameOf('Name'), [], {
    Arn: arnOf('cloudfront', after('key-value-store/', uuid), 'global'),
    Id: uuid,
    Status: fixed('READY'),
  }),
  'AWS::Route53::HostedZone': alsoAs(capitalId('Z', 13), ['Id'], {
    NameServers: fixed(['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net', 'ns-3.awsdns-03.org', 'ns-4.awsdns-04.co.uk']),
  }),
  'AWS::Route53::RecordSet': values(nameOf('Name')),
  'AWS::Route53::RecordSetGroup': values(nameOf('Name')),
  'AWS::Route53::HealthCheck': alsoAs(uuid, ['HealthCheckId']),
  'AWS::ServiceDiscovery::PrivateDnsNamespace': alsoAs(hexId('ns-', 16), ['Id'], {
    Arn: arnOf('servicediscovery', after('namespace/', hexId('ns-', 16))),
  }),
  'AWS::ServiceDiscovery::HttpNamespace': alsoAs(hexId('ns-', 16), ['Id'], {
    Arn: arnOf('servicediscovery', after('namespace/', hexId('ns-', 16))),
  }),
  'AWS::ServiceDiscovery::Service': alsoAs(hexId('srv-', 16), ['Id'], {
    Arn: arnOf('servicediscovery', after('service/', hexId('srv-', 16))),
    Name: nameOf('Name'),
  }),
  'AWS::ECS::Cluster': named('ClusterName', 'ecs', 'cluster/'),
  'AWS::ECS::TaskDefinition': alsoAs(
    arnOf('ecs', (subject) => `task-definition/${nameOf('Family')(subject)}:1`),
    ['TaskDefinitionArn'],
  ),
  'AWS::ECS::Service': alsoAs(
    arnOf(
      'ecs',
      (subject) =>
        `service/${subject.text('Cluster', 'default').replace(/^.*\//, '')}/${nameOf('ServiceName')(subject)}`,
    ),
    ['ServiceArn'],
    { Name: nameOf('ServiceName') },
  ),
};
