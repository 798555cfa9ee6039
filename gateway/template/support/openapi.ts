import { all, differently, eachOf, fields, honoured, notHonoured, onlyFor, reasons, type SupportNode } from './node.ts';

const described = all(
  honoured,
  'summary',
  'description',
  'tags',
  'operationId',
  'deprecated',
  'externalDocs',
  'title',
  '$ref',
);

const parameter: SupportNode = {
  ...fields({
    ...described,
    ...all(
      honoured,
      'name',
      'in',
      'required',
      'schema',
      'type',
      'format',
      'items',
      'enum',
      'pattern',
      'default',
      'example',
      'examples',
    ),
    ...all(
      honoured,
      'style',
      'explode',
      'allowEmptyValue',
      'allowReserved',
      'content',
      'minimum',
      'maximum',
      'minLength',
      'maxLength',
      'collectionFormat',
    ),
  }),
  foreignExtensions: true,
};

const securityScheme = (authorizer: SupportNode): SupportNode => ({
  ...fields({
    ...all(
      honoured,
      'type',
      'name',
      'in',
      'description',
      'scheme',
      'bearerFormat',
      'flows',
      'openIdConnectUrl',
      '$ref',
    ),
    'x-amazon-apigateway-authtype': honoured,
    'x-amazon-apigateway-authorizer': authorizer,
  }),
  foreignExtensions: true,
});

const restIntegration = fields({
  type: onlyFor(/^(aws_proxy|http_proxy|mock)$/i, notHonoured('integrations of this type answer 501')),
  ...all(honoured, 'httpMethod', 'uri', 'timeoutInMillis', 'passthroughBehavior', '$ref'),
  credentials: differently('the call is made without taking on the role'),
  requestParameters: differently('mapped for HTTP proxies alone'),
  contentHandling: reasons.contentHandling,
  requestTemplates: reasons.templates,
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
      statusCode: honoured,
      responseParameters: differently('literals only'),
      responseTemplates: reasons.templates,
      contentHandling: reasons.contentHandling,
    }),
  ),
});

const operation = (integration: SupportNode, more: Readonly<Record<string, SupportNode>>): SupportNode => ({
  ...fields({
    ...described,
    parameters: parameter,
    requestBody: honoured,
    responses: honoured,
    security: honoured,
    ...all(honoured, 'consumes', 'produces', 'schemes', 'servers', 'callbacks'),
    'x-amazon-apigateway-integration': integration,
    ...more,
  }),
  foreignExtensions: true,
});

const pathItem = (one: SupportNode): SupportNode => ({
  ...fields({
    ...described,
    ...all(one, 'get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'x-amazon-apigateway-any-method'),
    trace: notHonoured('API Gateway has no TRACE'),
    parameters: parameter,
    servers: honoured,
  }),
  foreignExtensions: true,
});

const document = (
  paths: SupportNode,
  authorizer: SupportNode,
  more: Readonly<Record<string, SupportNode>>,
): SupportNode => ({
  ...fields({
    ...all(
      honoured,
      'openapi',
      'swagger',
      'info',
      'tags',
      'externalDocs',
      'schemes',
      'consumes',
      'produces',
      'definitions',
      'responses',
      'parameters',
    ),
    ...all(differently('the local address stands for it'), 'host', 'basePath', 'servers'),
    security: differently('only an operation’s own security counts, as on AWS'),
    paths: { ...eachOf(paths), foreignExtensions: true },
    securityDefinitions: eachOf(securityScheme(authorizer)),
    components: {
      ...fields({
        ...all(
          honoured,
          'schemas',
          'parameters',
          'responses',
          'requestBodies',
          'headers',
          'examples',
          'links',
          'callbacks',
        ),
        securitySchemes: eachOf(securityScheme(authorizer)),
        'x-amazon-apigateway-integrations': eachOf(httpIntegration),
      }),
      foreignExtensions: true,
    },
    'x-amazon-apigateway-endpoint-configuration': reasons.network,
    ...more,
  }),
  foreignExtensions: true,
});

const httpIntegration: SupportNode = fields({
  type: onlyFor(/^(aws|http)_proxy$/i, notHonoured('integrations of this type answer 501')),
  ...all(honoured, 'httpMethod', 'uri', 'payloadFormatVersion', 'timeoutInMillis', '$ref'),
  integrationSubtype: notHonoured('service integrations answer 501'),
  credentials: differently('the call is made without taking on the role'),
  ...all(notHonoured('private integrations answer 501'), 'connectionType', 'connectionId', 'tlsConfig'),
  ...all(reasons.mapping, 'requestParameters', 'responseParameters'),
  passthroughBehavior: reasons.inert,
});

/** The definition of a REST API. */
export const restDocument: SupportNode = document(
  pathItem(
    operation(restIntegration, {
      'x-amazon-apigateway-request-validator': reasons.validation,
      'x-amazon-apigateway-auth': honoured,
    }),
  ),
  reasons.authorizer,
  {
    'x-amazon-apigateway-request-validators': reasons.validation,
    'x-amazon-apigateway-request-validator': reasons.validation,
    'x-amazon-apigateway-gateway-responses': differently('status, literal headers and literal templates'),
    'x-amazon-apigateway-binary-media-types': honoured,
    'x-amazon-apigateway-minimum-compression-size': notHonoured('responses are not compressed yet'),
    'x-amazon-apigateway-api-key-source': reasons.apiKey,
    'x-amazon-apigateway-policy': notHonoured('resource policies are not evaluated yet; the API answers 501'),
    'x-amazon-apigateway-documentation': notHonoured('documentation parts are not kept'),
    'x-amazon-apigateway-cors': notHonoured('REST APIs do not have it'),
    'x-amazon-apigateway-security-policy': reasons.network,
    'x-amazon-apigateway-endpoint-access-mode': reasons.network,
  },
);

/** The definition of an HTTP API. */
export const httpDocument: SupportNode = document(
  pathItem(operation(httpIntegration, { isDefaultRoute: honoured })),
  reasons.authorizer,
  {
    'x-amazon-apigateway-cors': honoured,
    'x-amazon-apigateway-importexport-version': honoured,
    'x-amazon-apigateway-tag-value': reasons.inert,
  },
);
