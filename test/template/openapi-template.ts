import type { RestApi } from '#gateway/model/rest-api.ts';
import { readInline } from './inline-template.ts';

const indent = (text: string): string => text.replace(/^/gm, '        ');
/** A REST API whose body is given, with a deployment of it. */
export const restTemplate = (body: string): string => `Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
${indent(body)}
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api, StageName: dev } }
`;
export const httpTemplate = (body: string): string =>
  restTemplate(body)
    .replace('ApiGateway::RestApi', 'ApiGatewayV2::Api')
    .replace(/ {2}Deployment:.*/, '');
export const restDefinition = (body: string) =>
  (readInline(restTemplate(body)).application.apis[0] as RestApi).deployments[0]!.definition;
export const mock = 'x-amazon-apigateway-integration: { type: mock }';
