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
import { httpDocument } from './openapi.ts';

const routeSettings = fields({
  ...all(reasons.throttling, 'ThrottlingBurstLimit', 'ThrottlingRateLimit'),
  ...all(notHonoured('execution logs are not written yet'), 'LoggingLevel', 'DataTraceEnabled'),
  DetailedMetricsEnabled: reasons.metrics,
});

const cors = fields({
  ...all(honoured, 'AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'),
});

const v2Stage: Readonly<Record<string, SupportNode>> = {
  ...all(honoured, 'StageName', 'AutoDeploy', 'Description'),
  StageVariables: free,
  AccessLogSettings: reasons.accessLog,
  DefaultRouteSettings: routeSettings,
  RouteSettings: eachOf(routeSettings),
  Tags: reasons.inert,
};

export const httpTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::HttpApi': fields({
    ...v2Stage,
    ...all(honoured, 'Name', 'DisableExecuteApiEndpoint'),
    DefinitionBody: httpDocument,
    DefinitionUri: bodyLocation,
    Auth: fields({
      Authorizers: reasons.authorizer,
      DefaultAuthorizer: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
      EnableIamAuthorizer: honoured,
    }),
    CorsConfiguration: cors,
    Domain: reasons.domain,
    FailOnWarnings: honoured,
    PropagateTags: reasons.inert,
  }),
  'AWS::ApiGatewayV2::Api': fields({
    ...all(
      honoured,
      'Name',
      'Description',
      'ProtocolType',
      'RouteSelectionExpression',
      'DisableExecuteApiEndpoint',
      'Target',
      'RouteKey',
    ),
    Body: httpDocument,
    BodyS3Location: bodyLocation,
    CorsConfiguration: cors,
    ApiKeySelectionExpression: reasons.apiKey,
    CredentialsArn: differently('the call is made without taking on the role'),
    DisableSchemaValidation: reasons.validation,
    ...all(honoured, 'BasePath', 'FailOnWarnings'),
    ...all(reasons.inert, 'IpAddressType', 'Tags', 'Version'),
  }),
  'AWS::ApiGatewayV2::Route': fields({
    ...all(honoured, 'ApiId', 'RouteKey', 'Target', 'OperationName', 'RouteResponseSelectionExpression'),
    AuthorizationType: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
    AuthorizerId: reasons.authorizer,
    AuthorizationScopes: reasons.authorizer,
    ApiKeyRequired: unlessUnasked(reasons.apiKey),
    ...all(unlessUnasked(reasons.validation), 'ModelSelectionExpression', 'RequestModels', 'RequestParameters'),
  }),
  'AWS::ApiGatewayV2::Integration': fields({
    ...all(
      honoured,
      'ApiId',
      'IntegrationUri',
      'IntegrationMethod',
      'PayloadFormatVersion',
      'TimeoutInMillis',
      'Description',
    ),
    IntegrationType: {
      ...honoured,
      judge: (value) =>
        /^HTTP_PROXY$/i.test(String(value))
          ? differently('runs for HTTP APIs; a WebSocket API refuses its messages')
          : onlyFor(/^(AWS_PROXY|MOCK)$/i, notHonoured('integrations of this type answer 501')).judge!(value),
    },
    IntegrationSubtype: notHonoured('service integrations answer 501'),
    CredentialsArn: differently('the call is made without taking on the role'),
    ...all(notHonoured('private integrations answer 501'), 'ConnectionType', 'ConnectionId', 'TlsConfig'),
    ...all(reasons.mapping, 'RequestParameters', 'ResponseParameters', 'ContentHandlingStrategy'),
    ...all(
      differently('literal templates only; what needs Velocity is refused'),
      'RequestTemplates',
      'TemplateSelectionExpression',
      'PassthroughBehavior',
    ),
  }),
  'AWS::ApiGatewayV2::IntegrationResponse': fields({
    ...all(honoured, 'ApiId', 'IntegrationId', 'IntegrationResponseKey'),
    ...all(
      differently('literal templates of MOCK integrations; what needs Velocity is refused'),
      'ResponseTemplates',
      'TemplateSelectionExpression',
    ),
    ...all(reasons.mapping, 'ResponseParameters', 'ContentHandlingStrategy'),
  }),
  'AWS::ApiGatewayV2::RouteResponse': fields({
    ...all(honoured, 'ApiId', 'RouteId', 'RouteResponseKey'),
    ...all(
      notHonoured('route responses are not mapped'),
      'ModelSelectionExpression',
      'ResponseModels',
      'ResponseParameters',
    ),
  }),
  'AWS::ApiGatewayV2::Model': reasons.validation,
  'AWS::ApiGatewayV2::Authorizer': reasons.authorizer,
  'AWS::ApiGatewayV2::Deployment': fields(all(honoured, 'ApiId', 'StageName', 'Description')),
  'AWS::ApiGatewayV2::Stage': fields({
    ...v2Stage,
    ...all(honoured, 'ApiId', 'DeploymentId'),
    ClientCertificateId: notHonoured('no certificate is shown to backends'),
    AccessPolicyId: reasons.inert,
  }),
  'AWS::ApiGatewayV2::ApiGatewayManagedOverrides': fields({
    ApiId: honoured,
    Integration: fields(all(honoured, 'Description', 'IntegrationMethod', 'PayloadFormatVersion', 'TimeoutInMillis')),
    Route: fields({
      ...all(honoured, 'OperationName', 'Target'),
      AuthorizationType: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
      ...all(reasons.authorizer, 'AuthorizerId', 'AuthorizationScopes'),
    }),
    Stage: fields(v2Stage),
  }),
  'AWS::ApiGatewayV2::VpcLink': notHonoured('private integrations answer 501'),
};

export const webSocketTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::WebSocketApi': fields({
    ...v2Stage,
    ...all(honoured, 'Name', 'RouteSelectionExpression', 'DisableExecuteApiEndpoint'),
    Routes: eachOf(
      fields({
        ...all(honoured, 'FunctionArn', 'IntegrationTimeout', 'OperationName', 'RouteResponseSelectionExpression'),
        ApiKeyRequired: unlessUnasked(reasons.apiKey),
        ...all(unlessUnasked(reasons.validation), 'ModelSelectionExpression', 'RequestModels', 'RequestParameters'),
      }),
    ),
    Auth: fields({
      AuthType: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
      ...all(reasons.authorizer, 'AuthArn', 'IdentitySource', 'InvokeRole', 'Name'),
    }),
    ApiKeySelectionExpression: reasons.apiKey,
    DisableSchemaValidation: reasons.validation,
    Domain: reasons.domain,
    ...all(reasons.inert, 'IpAddressType', 'FailOnWarnings', 'PropagateTags'),
  }),
};
