import { apiId, derivedId } from '../../derived-ids.ts';
import { arn, type LocalValues, type Subject } from './local-values.ts';

const id = (subject: Subject): string => apiId(subject.target.stackName, subject.logicalId);
const partId =
  (length: number) =>
  (subject: Subject): string =>
    derivedId(length, subject.type, subject.target.stackName, subject.logicalId);
const named =
  (property: string) =>
  (subject: Subject): string =>
    subject.text(property, subject.logicalId);

/** The id of an API's root resource. */
export const rootResourceId = (api: string): string => derivedId(10, 'root', api);

export const apiValues: Readonly<Record<string, LocalValues>> = {
  'AWS::ApiGateway::RestApi': {
    ref: id,
    attributes: { RootResourceId: (subject) => rootResourceId(id(subject)), RestApiId: id },
    complete: true,
  },
  'AWS::ApiGateway::Resource': { ref: partId(6), attributes: { ResourceId: partId(6) } },
  'AWS::ApiGateway::Method': { ref: partId(6), attributes: {} },
  'AWS::ApiGateway::Deployment': {
    ref: (subject) => subject.deploymentId(),
    attributes: { DeploymentId: (subject) => subject.deploymentId() },
  },
  'AWS::ApiGateway::Stage': { ref: named('StageName'), attributes: {} },
  'AWS::ApiGateway::Authorizer': { ref: partId(6), attributes: { AuthorizerId: partId(6) } },
  'AWS::ApiGateway::RequestValidator': { ref: partId(6), attributes: { RequestValidatorId: partId(6) } },
  'AWS::ApiGateway::Model': { ref: named('Name'), attributes: {} },
  'AWS::ApiGateway::ApiKey': { ref: partId(10), attributes: { APIKeyId: partId(10) } },
  'AWS::ApiGateway::UsagePlan': { ref: partId(6), attributes: { Id: partId(6) } },
  'AWS::ApiGatewayV2::Api': {
    ref: id,
    attributes: {
      ApiId: id,
      ApiEndpoint: (subject) => {
        const scheme = subject.text('ProtocolType', 'HTTP') === 'WEBSOCKET' ? 'wss' : 'https';
        return `${scheme}://${id(subject)}.execute-api.${subject.target.region}.${subject.target.urlSuffix}`;
      },
    },
    complete: true,
  },
  'AWS::ApiGatewayV2::Route': { ref: partId(7), attributes: { RouteId: partId(7) } },
  'AWS::ApiGatewayV2::Integration': { ref: partId(7), attributes: { IntegrationId: partId(7) } },
  'AWS::ApiGatewayV2::Authorizer': { ref: partId(6), attributes: { AuthorizerId: partId(6) } },
  'AWS::ApiGatewayV2::Model': { ref: partId(6), attributes: { ModelId: partId(6) } },
  'AWS::ApiGatewayV2::Deployment': {
    ref: (subject) => subject.deploymentId(),
    attributes: { DeploymentId: (subject) => subject.deploymentId() },
  },
  'AWS::ApiGatewayV2::Stage': { ref: named('StageName'), attributes: {} },
  'AWS::ApiGatewayV2::VpcLink': { ref: partId(6), attributes: { VpcLinkId: partId(6) } },
  'AWS::Cognito::UserPool': {
    ref: (subject) => userPoolId(subject),
    attributes: {
      UserPoolId: (subject) => userPoolId(subject),
      Arn: (subject) => arn(subject.target, 'cognito-idp', `userpool/${userPoolId(subject)}`),
      ProviderName: (subject) => `cognito-idp.${subject.target.region}.amazonaws.com/${userPoolId(subject)}`,
      ProviderURL: (subject) => `https://cognito-idp.${subject.target.region}.amazonaws.com/${userPoolId(subject)}`,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: partId(26),
    attributes: { ClientId: partId(26), ClientSecret: partId(51), Name: named('ClientName') },
  },
};

const userPoolId = (subject: Subject): string => `${subject.target.region}_${partId(9)(subject)}`;
