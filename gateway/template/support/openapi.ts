import { intrinsicName } from '../intrinsics/pending.ts';
import {
  all,
  differently,
  eachOf,
  fields,
  free,
  honoured,
  notHonoured,
  onlyFor,
  reasons,
  type SupportNode,
} from './node.ts';
import {
  callbacks,
  components,
  described,
  info,
  named,
  parameter,
  part,
  requestBody,
  response,
  schema,
  security,
  securityScheme,
  server,
  unbound,
} from './openapi-parts.ts';
import { integrationOf } from './rest-integration.ts';

const restIntegration = integrationOf(
  {
    ...all(honoured, 'type', 'httpMethod', 'uri', 'timeoutInMillis', 'passthroughBehavior', 'contentHandling', '$ref'),
    credentials: differently('the call is made without taking on the role'),
    ...all(free, 'requestParameters', 'requestTemplates'),
    ...all(
      notHonoured('private integrations answer 501'),
      'connectionType',
      'connectionId',
      'integrationTarget',
      'tlsConfig',
    ),
    ...all(reasons.cache, 'cacheNamespace', 'cacheKeyParameters'),
    responseTransferMode: notHonoured('responses are not streamed yet'),
    responses: eachOf(
      fields({
        ...all(honoured, 'statusCode', 'contentHandling'),
        ...all(free, 'responseParameters', 'responseTemplates'),
      }),
    ),
  },
  { type: 'type', uri: 'uri' },
);

const notOfHttp = notHonoured('HTTP APIs do not have it; their import passes over it');
const notOfRest = notHonoured('REST APIs do not have it; their import passes over it');

const httpIntegration: SupportNode = fields({
  type: onlyFor(/^(aws|http)_proxy$/i, notHonoured('HTTP APIs have no integrations of this type')),
  ...all(honoured, 'httpMethod', 'uri', 'payloadFormatVersion', 'timeoutInMillis', '$ref'),
  integrationSubtype: notHonoured('service integrations answer 501'),
  credentials: differently('the call is made without taking on the role'),
  ...all(notHonoured('private integrations answer 501'), 'connectionType', 'connectionId', 'tlsConfig'),
  ...all(reasons.mapping, 'requestParameters', 'responseParameters'),
  ...all(notOfHttp, 'passthroughBehavior', 'requestTemplates', 'responses', 'contentHandling', 'cacheNamespace'),
  ...all(notOfHttp, 'cacheKeyParameters', 'responseTransferMode', 'integrationTarget'),
});

type Members = Readonly<Record<string, SupportNode>>;

const operation = (integration: SupportNode, more: Members): SupportNode =>
  part({
    ...described,
    parameters: parameter,
    requestBody,
    responses: named(response),
    security,
    ...all(honoured, 'consumes', 'produces', 'schemes'),
    servers: server(reasons.network),
    callbacks,
    'x-amazon-apigateway-integration': integration,
    ...more,
  });

const pathItem = (one: SupportNode): SupportNode =>
  part({
    ...described,
    ...all(one, 'get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'x-amazon-apigateway-any-method'),
    trace: notHonoured('API Gateway has no TRACE'),
    parameters: parameter,
    servers: server(reasons.network),
  });

/** The settings of an endpoint that a definition brings along. */
const endpoint = part({
  disableExecuteApiEndpoint: honoured,
  ...all(reasons.network, 'types', 'vpcEndpointIds', 'ipAddressType'),
});

const document = (paths: SupportNode, apiKey: SupportNode, tag: Members, more: Members): SupportNode =>
  unlessText({
    ...all(honoured, 'openapi', 'swagger', 'schemes', 'consumes', 'produces'),
    info,
    tags: part({ ...all(honoured, 'name', 'description'), externalDocs: described.externalDocs, ...tag }),
    externalDocs: described.externalDocs,
    definitions: eachOf(schema),
    responses: eachOf(response),
    parameters: eachOf(parameter),
    ...all(differently('the local address stands for it'), 'host', 'basePath'),
    servers: server(endpoint),
    security: differently('only an operation’s own security counts, as on AWS'),
    paths: named(paths),
    securityDefinitions: eachOf(securityScheme(reasons.authorizer, apiKey)),
    components: part({
      ...components,
      securitySchemes: eachOf(securityScheme(reasons.authorizer, apiKey)),
      'x-amazon-apigateway-integrations': eachOf(httpIntegration),
    }),
    'x-amazon-apigateway-endpoint-configuration': endpoint,
    ...more,
  });

/** CloudFormation takes a definition as JSON text, too, into which nobody looks here. */
const unlessText = (members: Members): SupportNode => ({
  ...part(members),
  judge: (value) =>
    typeof value === 'string' || intrinsicName(value) !== null
      ? differently('written as text: what is not honoured in it is not listed')
      : part(members),
});

/** The definition of a REST API. */
export const restDocument: SupportNode = document(
  pathItem(
    operation(restIntegration, {
      'x-amazon-apigateway-request-validator': honoured,
      'x-amazon-apigateway-auth': fields({ type: honoured }),
    }),
  ),
  reasons.apiKey,
  { 'x-amazon-apigateway-tag-value': notOfRest },
  {
    'x-amazon-apigateway-request-validators': eachOf(
      fields(all(honoured, 'validateRequestBody', 'validateRequestParameters')),
    ),
    'x-amazon-apigateway-request-validator': honoured,
    'x-amazon-apigateway-gateway-responses': eachOf(
      fields({ statusCode: honoured, ...all(free, 'responseParameters', 'responseTemplates') }),
    ),
    'x-amazon-apigateway-binary-media-types': honoured,
    'x-amazon-apigateway-minimum-compression-size': honoured,
    'x-amazon-apigateway-api-key-source': reasons.apiKey,
    'x-amazon-apigateway-policy': notHonoured('resource policies are not evaluated yet; the API answers 501'),
    'x-amazon-apigateway-documentation': notHonoured('documentation parts are not kept'),
    ...all(notOfRest, 'x-amazon-apigateway-cors', 'x-amazon-apigateway-importexport-version'),
    'x-amazon-apigateway-security-policy': reasons.network,
    'x-amazon-apigateway-endpoint-access-mode': reasons.network,
  },
);

/** The definition of an HTTP API. */
export const httpDocument: SupportNode = document(
  pathItem(
    operation(httpIntegration, {
      isDefaultRoute: honoured,
      ...all(notOfHttp, 'x-amazon-apigateway-request-validator', 'x-amazon-apigateway-auth'),
    }),
  ),
  unbound,
  { 'x-amazon-apigateway-tag-value': reasons.inert },
  {
    'x-amazon-apigateway-cors': fields(
      all(honoured, 'allowOrigins', 'allowMethods', 'allowHeaders', 'exposeHeaders', 'maxAge', 'allowCredentials'),
    ),
    'x-amazon-apigateway-importexport-version': honoured,
    ...all(
      notOfHttp,
      'x-amazon-apigateway-request-validators',
      'x-amazon-apigateway-request-validator',
      'x-amazon-apigateway-gateway-responses',
      'x-amazon-apigateway-binary-media-types',
      'x-amazon-apigateway-minimum-compression-size',
      'x-amazon-apigateway-api-key-source',
      'x-amazon-apigateway-policy',
      'x-amazon-apigateway-documentation',
      'x-amazon-apigateway-security-policy',
      'x-amazon-apigateway-endpoint-access-mode',
    ),
  },
);
