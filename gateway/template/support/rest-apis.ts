import {
  all,
  bodyLocation,
  differently,
  eachOf,
  fields,
  free,
  honoured,
  notHonoured,
  onlyFor,
  reasons,
  type SupportNode,
  unlessUnasked,
} from './node.ts';
import { restDocument } from './openapi.ts';
import { schema } from './openapi-parts.ts';
import { integrationOf } from './rest-integration.ts';

/** Serverless Framework writes an empty text where there is none. */
const resourcePolicy: SupportNode = {
  ...reasons.policy,
  judge: (value) => (value === '' ? honoured : reasons.policy),
};

const methodSettings = fields({
  ...all(honoured, 'ResourcePath', 'HttpMethod'),
  ...all(reasons.throttling, 'ThrottlingBurstLimit', 'ThrottlingRateLimit'),
  ...all(reasons.cache, 'CachingEnabled', 'CacheTtlInSeconds', 'CacheDataEncrypted'),
  ...all(notHonoured('execution logs are not written yet'), 'LoggingLevel', 'DataTraceEnabled'),
  MetricsEnabled: reasons.metrics,
});

const stage: Readonly<Record<string, SupportNode>> = {
  ...all(honoured, 'StageName', 'Description'),
  Variables: free,
  AccessLogSetting: reasons.accessLog,
  ...all(reasons.cache, 'CacheClusterEnabled', 'CacheClusterSize'),
  CanarySetting: fields({
    ...all(honoured, 'DeploymentId', 'PercentTraffic'),
    StageVariableOverrides: free,
    UseStageCache: reasons.cache,
  }),
  MethodSettings: methodSettings,
  TracingEnabled: reasons.tracing,
  ClientCertificateId: notHonoured('no certificate is shown to backends'),
  DocumentationVersion: reasons.inert,
  Tags: reasons.inert,
};

const restApi: Readonly<Record<string, SupportNode>> = {
  ...all(honoured, 'Name', 'Description', 'BinaryMediaTypes', 'DisableExecuteApiEndpoint'),
  ApiKeySourceType: reasons.apiKey,
  EndpointConfiguration: reasons.network,
  EndpointAccessMode: reasons.network,
  SecurityPolicy: reasons.network,
  MinimumCompressionSize: honoured,
  Policy: resourcePolicy,
  FailOnWarnings: honoured,
  Mode: differently('a reload reads the whole definition anew'),
  Tags: reasons.inert,
};

const restAuth = fields({
  Authorizers: reasons.authorizer,
  DefaultAuthorizer: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
  ...all(honoured, 'AddDefaultAuthorizerToCorsPreflight', 'AddApiKeyRequiredToCorsPreflight'),
  ApiKeyRequired: reasons.apiKey,
  InvokeRole: differently('the call is made without taking on the role'),
  ResourcePolicy: notHonoured('resource policies are not evaluated yet; the API answers 501'),
  UsagePlan: reasons.apiKey,
});

const restIntegration = integrationOf(
  {
    Type: honoured,
    ...all(honoured, 'IntegrationHttpMethod', 'Uri', 'TimeoutInMillis', 'PassthroughBehavior', 'ContentHandling'),
    Credentials: differently('the call is made without taking on the role'),
    ...all(free, 'RequestParameters', 'RequestTemplates'),
    ...all(
      notHonoured('private integrations answer 501'),
      'ConnectionType',
      'ConnectionId',
      'IntegrationTarget',
      'TlsConfig',
    ),
    ...all(reasons.cache, 'CacheNamespace', 'CacheKeyParameters'),
    ResponseTransferMode: notHonoured('responses are not streamed yet'),
    IntegrationResponses: fields({
      ...all(honoured, 'StatusCode', 'SelectionPattern', 'ContentHandling'),
      ...all(free, 'ResponseParameters', 'ResponseTemplates'),
    }),
  },
  { type: 'Type', uri: 'Uri' },
);

export const restTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::Api': fields({
    ...restApi,
    ...stage,
    DefinitionBody: restDocument,
    DefinitionUri: bodyLocation,
    OpenApiVersion: honoured,
    Auth: restAuth,
    Cors: fields(all(honoured, 'AllowMethods', 'AllowHeaders', 'AllowOrigin', 'MaxAge', 'AllowCredentials')),
    GatewayResponses: eachOf(
      fields({
        StatusCode: honoured,
        ResponseParameters: fields({
          Headers: free,
          ...all(reasons.inert, 'Paths', 'QueryStrings'),
        }),
        ResponseTemplates: free,
      }),
    ),
    Models: eachOf(schema),
    Domain: reasons.domain,
    MergeDefinitions: honoured,
    AlwaysDeploy: reasons.inert,
    PropagateTags: reasons.inert,
  }),
  'AWS::ApiGateway::RestApi': fields({
    ...restApi,
    Body: restDocument,
    BodyS3Location: bodyLocation,
    CloneFrom: notHonoured('other APIs are not here'),
    Parameters: fields({
      endpointConfigurationTypes: reasons.network,
      basepath: honoured,
      ignore: reasons.inert,
    }),
  }),
  'AWS::ApiGateway::Resource': fields(all(honoured, 'RestApiId', 'ParentId', 'PathPart')),
  'AWS::ApiGateway::Method': fields({
    ...all(honoured, 'RestApiId', 'ResourceId', 'HttpMethod', 'OperationName'),
    MethodResponses: fields({
      StatusCode: honoured,
      ...all(free, 'ResponseParameters', 'ResponseModels'),
    }),
    AuthorizationType: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
    AuthorizerId: reasons.authorizer,
    AuthorizationScopes: reasons.authorizer,
    ApiKeyRequired: unlessUnasked(reasons.apiKey),
    ...all(free, 'RequestModels', 'RequestParameters'),
    RequestValidatorId: honoured,
    Integration: restIntegration,
  }),
  'AWS::ApiGateway::Deployment': fields({
    ...all(honoured, 'RestApiId', 'StageName', 'Description'),
    StageDescription: fields(stage),
    DeploymentCanarySettings: notHonoured('a deployment starts no canary; the CanarySetting of a stage does'),
  }),
  'AWS::ApiGateway::Stage': fields({ ...stage, ...all(honoured, 'RestApiId', 'DeploymentId') }),
  'AWS::ApiGateway::Authorizer': reasons.authorizer,
  'AWS::ApiGateway::Model': fields({
    ...all(honoured, 'RestApiId', 'Name', 'ContentType', 'Description'),
    Schema: free,
  }),
  'AWS::ApiGateway::RequestValidator': fields(
    all(honoured, 'RestApiId', 'Name', 'ValidateRequestBody', 'ValidateRequestParameters'),
  ),
  'AWS::ApiGateway::GatewayResponse': fields({
    ...all(honoured, 'RestApiId', 'ResponseType', 'StatusCode'),
    ...all(free, 'ResponseParameters', 'ResponseTemplates'),
  }),
  'AWS::ApiGateway::Account': {
    ...fields({ CloudWatchRoleArn: reasons.inert }),
    ...differently('there is no account; logging needs no role here'),
  },
  ...all(reasons.apiKey, 'AWS::ApiGateway::ApiKey', 'AWS::ApiGateway::UsagePlan', 'AWS::ApiGateway::UsagePlanKey'),
  ...all(
    reasons.domain,
    'AWS::ApiGateway::DomainName',
    'AWS::ApiGateway::BasePathMapping',
    'AWS::ApiGateway::DomainNameV2',
    'AWS::ApiGateway::BasePathMappingV2',
    'AWS::ApiGateway::DomainNameAccessAssociation',
    'AWS::ApiGatewayV2::DomainName',
    'AWS::ApiGatewayV2::ApiMapping',
    'AWS::ApiGatewayV2::RoutingRule',
  ),
  'AWS::ApiGateway::ClientCertificate': notHonoured('no certificate is shown to backends'),
  ...all(
    notHonoured('documentation parts are not kept'),
    'AWS::ApiGateway::DocumentationPart',
    'AWS::ApiGateway::DocumentationVersion',
  ),
  'AWS::ApiGateway::VpcLink': notHonoured('private integrations answer 501'),
};
