import type { LocalValues } from './local-values.ts';
import {
  after,
  allValues,
  alsoAs,
  arnOf,
  fixed,
  hexId,
  named,
  nameOf,
  type TextOf,
  textOf,
  uuid,
  values,
} from './value-shapes.ts';

const graphQlId = hexId('', 26);
const graphQl = (resource: TextOf): TextOf => arnOf('appsync', (subject) => `apis/${resource(subject)}`);
const graphQlApi = graphQl(graphQlId);
const ofApi = (kind: string, name: TextOf): TextOf =>
  graphQl((subject) => `${subject.text('ApiId', 'local')}/${kind}/${name(subject)}`);
const graphQlHost =
  (service: string): TextOf =>
  (subject) =>
    `${graphQlId(subject)}.${service}.${subject.target.region}.amazonaws.com`;
const domainHost: TextOf = (subject) =>
  `d-${hexId('', 10)(subject)}.execute-api.${subject.target.region}.${subject.target.urlSuffix}`;
/** The zone of API Gateway's regional domain names in us-east-1. */
const domainZone = fixed('Z1UJRXOUMOOFQ8');
const deploymentGroup = nameOf('DeploymentGroupName');

export const operationsValues: Readonly<Record<string, LocalValues>> = {
  'AWS::Logs::LogGroup': allValues(nameOf('LogGroupName'), {
    Arn: arnOf('logs', (subject) => `log-group:${nameOf('LogGroupName')(subject)}:*`),
  }),
  'AWS::Logs::LogStream': values(nameOf('LogStreamName')),
  'AWS::Logs::SubscriptionFilter': values(nameOf('FilterName')),
  'AWS::Logs::MetricFilter': values(nameOf('FilterName')),
  'AWS::Logs::Destination': named('DestinationName', 'logs', 'destination:'),
  'AWS::Logs::ResourcePolicy': values(nameOf('PolicyName')),
  'AWS::CloudWatch::Alarm': allValues(nameOf('AlarmName'), {
    Arn: arnOf('cloudwatch', after('alarm:', nameOf('AlarmName'))),
  }),
  'AWS::CloudWatch::CompositeAlarm': allValues(nameOf('AlarmName'), {
    Arn: arnOf('cloudwatch', after('alarm:', nameOf('AlarmName'))),
  }),
  'AWS::CloudWatch::Dashboard': values(nameOf('DashboardName')),
  'AWS::CloudWatch::AnomalyDetector': alsoAs(hexId(''), ['Id']),
  'AWS::Synthetics::Canary': values(nameOf('Name'), { Id: uuid, State: fixed('RUNNING') }),
  'AWS::XRay::Group': alsoAs(
    arnOf('xray', (subject) => `group/${nameOf('GroupName')(subject)}/${hexId('', 32)(subject)}`),
    ['GroupARN'],
  ),
  'AWS::CodeDeploy::Application': values(nameOf('ApplicationName')),
  'AWS::CodeDeploy::DeploymentGroup': values(deploymentGroup),
  'AWS::CodeDeploy::DeploymentConfig': values(nameOf('DeploymentConfigName')),
  'AWS::CodeBuild::Project': named('Name', 'codebuild', 'project/'),
  'AWS::CodePipeline::Pipeline': values(nameOf('Name')),
  'AWS::ApplicationAutoScaling::ScalableTarget': values((subject) =>
    ['ResourceId', 'ScalableDimension', 'ServiceNamespace'].map((name) => subject.text(name, '')).join('|'),
  ),
  'AWS::ApplicationAutoScaling::ScalingPolicy': alsoAs(
    arnOf('autoscaling', (subject) => `scalingPolicy:${uuid(subject)}:policyName/${nameOf('PolicyName')(subject)}`),
    ['Arn'],
  ),
  'AWS::CloudFormation::WaitConditionHandle': values(
    (subject) => `https://cloudformation.invalid/${hexId('')(subject)}`,
  ),
  'AWS::CloudFormation::WaitCondition': values(hexId('')),
  'AWS::ApiGateway::Account': alsoAs(hexId(''), ['Id']),
  'AWS::ApiGateway::BasePathMapping': values(
    (subject) => `${subject.text('DomainName', '')}|${subject.text('BasePath', '')}`,
  ),
  'AWS::ApiGateway::ClientCertificate': alsoAs(hexId('', 6), ['ClientCertificateId']),
  'AWS::ApiGateway::DomainName': values(nameOf('DomainName'), {
    DistributionDomainName: (subject) => `d${hexId('', 13)(subject)}.cloudfront.net`,
    DistributionHostedZoneId: fixed('Z2FDTNDATAQYW2'),
    DomainNameArn: arnOf('apigateway', after('/domainnames/', nameOf('DomainName'))),
    RegionalDomainName: domainHost,
    RegionalHostedZoneId: domainZone,
  }),
  'AWS::ApiGateway::GatewayResponse': alsoAs(hexId('', 10), ['Id']),
  'AWS::ApiGateway::DocumentationPart': alsoAs(hexId('', 6), ['DocumentationPartId']),
  'AWS::ApiGateway::DocumentationVersion': values(textOf('DocumentationVersion', '1')),
  'AWS::ApiGateway::UsagePlanKey': alsoAs(hexId('', 10), ['Id']),
  'AWS::ApiGateway::VpcLink': alsoAs(hexId('', 6), ['VpcLinkId']),
  'AWS::ApiGatewayV2::ApiMapping': alsoAs(hexId('', 6), ['ApiMappingId']),
  'AWS::ApiGatewayV2::DomainName': values(nameOf('DomainName'), {
    DomainNameArn: arnOf('apigateway', after('/domainnames/', nameOf('DomainName'))),
    RegionalDomainName: domainHost,
    RegionalHostedZoneId: domainZone,
  }),
  'AWS::AppSync::GraphQLApi': alsoAs(graphQlApi, ['Arn'], {
    ApiId: graphQlId,
    GraphQLDns: graphQlHost('appsync-api'),
    GraphQLUrl: (subject) => `https://${graphQlHost('appsync-api')(subject)}/graphql`,
    RealtimeDns: graphQlHost('appsync-realtime-api'),
    RealtimeUrl: (subject) => `wss://${graphQlHost('appsync-realtime-api')(subject)}/graphql`,
  }),
  'AWS::AppSync::ApiKey': alsoAs(ofApi('apikeys', after('da2-', hexId('', 26))), ['Arn'], {
    ApiKey: hexId('da2-', 26),
    ApiKeyId: hexId('da2-', 26),
  }),
  'AWS::AppSync::DataSource': alsoAs(ofApi('datasources', nameOf('Name')), ['DataSourceArn'], { Name: nameOf('Name') }),
  'AWS::AppSync::FunctionConfiguration': alsoAs(ofApi('functions', hexId('', 26)), ['FunctionArn'], {
    FunctionId: hexId('', 26),
    Name: nameOf('Name'),
    DataSourceName: textOf('DataSourceName', ''),
  }),
  'AWS::AppSync::GraphQLSchema': alsoAs((subject) => `${subject.text('ApiId', 'local')}GraphQLSchema`, ['Id']),
  'AWS::AppSync::Resolver': alsoAs(
    (subject) =>
      graphQl(
        () =>
          `${subject.text('ApiId', 'local')}/types/${subject.text('TypeName', '')}/resolvers/${subject.text('FieldName', '')}`,
      )(subject),
    ['ResolverArn'],
    { FieldName: textOf('FieldName', ''), TypeName: textOf('TypeName', '') },
  ),
  'AWS::Lambda::CodeSigningConfig': alsoAs(
    arnOf('lambda', after('code-signing-config:csc-', hexId(''))),
    ['CodeSigningConfigArn'],
    { CodeSigningConfigId: hexId('csc-') },
  ),
  'AWS::Lambda::EventInvokeConfig': values(hexId('')),
  'AWS::Lambda::Permission': alsoAs(hexId(''), ['Id']),
  'AWS::Lambda::LayerVersionPermission': alsoAs(hexId(''), ['Id']),
  'AWS::Bedrock::Guardrail': alsoAs(arnOf('bedrock', after('guardrail/', hexId('', 12))), ['GuardrailArn'], {
    GuardrailId: hexId('', 12),
    Version: fixed('DRAFT'),
  }),
};
