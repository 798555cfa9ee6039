import type { RestIntegration, RestIntegrationResponse } from '../../model/rest-api.ts';
import type { Reader } from '../reader.ts';

/** Two spellings of one thing: `x-amazon-apigateway-integration` and a Method's `Integration`. */
const spellings = {
  openapi: {
    type: 'type',
    httpMethod: 'httpMethod',
    uri: 'uri',
    credentials: 'credentials',
    connectionType: 'connectionType',
    connectionId: 'connectionId',
    integrationTarget: 'integrationTarget',
    requestParameters: 'requestParameters',
    requestTemplates: 'requestTemplates',
    passthroughBehavior: 'passthroughBehavior',
    contentHandling: 'contentHandling',
    timeoutInMillis: 'timeoutInMillis',
    cacheNamespace: 'cacheNamespace',
    cacheKeyParameters: 'cacheKeyParameters',
    responseTransferMode: 'responseTransferMode',
    tlsConfig: 'tlsConfig',
    insecureSkipVerification: 'insecureSkipVerification',
    statusCode: 'statusCode',
    responseParameters: 'responseParameters',
    responseTemplates: 'responseTemplates',
  },
  cloudformation: {
    type: 'Type',
    httpMethod: 'IntegrationHttpMethod',
    uri: 'Uri',
    credentials: 'Credentials',
    connectionType: 'ConnectionType',
    connectionId: 'ConnectionId',
    integrationTarget: 'IntegrationTarget',
    requestParameters: 'RequestParameters',
    requestTemplates: 'RequestTemplates',
    passthroughBehavior: 'PassthroughBehavior',
    contentHandling: 'ContentHandling',
    timeoutInMillis: 'TimeoutInMillis',
    cacheNamespace: 'CacheNamespace',
    cacheKeyParameters: 'CacheKeyParameters',
    responseTransferMode: 'ResponseTransferMode',
    tlsConfig: 'TlsConfig',
    insecureSkipVerification: 'InsecureSkipVerification',
    statusCode: 'StatusCode',
    responseParameters: 'ResponseParameters',
    responseTemplates: 'ResponseTemplates',
  },
} as const;

type Spelling = (typeof spellings)[keyof typeof spellings];

const contentHandling = (reader: Reader, key: string) => reader.oneOf(key, ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT']);

export const readRestIntegration = (reader: Reader, form: keyof typeof spellings): RestIntegration => {
  const names = spellings[form];
  reader.required(names.type);
  const type = reader.oneOf(names.type, ['AWS', 'AWS_PROXY', 'HTTP', 'HTTP_PROXY', 'MOCK']) ?? 'MOCK';
  const uri = reader.text(names.uri) ?? '';
  const connectionType = reader.oneOf(names.connectionType, ['INTERNET', 'VPC_LINK']) ?? 'INTERNET';
  if (type !== 'MOCK' && uri === '' && !reader.has(names.uri)) {
    reader.refuse(names.uri, `An integration of type ${type} needs a ${names.uri}.`, `Give it a ${names.uri}.`);
  }
  return {
    type,
    httpMethod: (reader.text(names.httpMethod) ?? '').toUpperCase(),
    uri,
    credentials: reader.text(names.credentials),
    connectionType,
    connectionId: reader.text(names.connectionId),
    integrationTarget: reader.text(names.integrationTarget),
    requestParameters: reader.textMap(names.requestParameters),
    requestTemplates: reader.textMap(names.requestTemplates),
    passthroughBehavior:
      reader.oneOf(names.passthroughBehavior, ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']) ?? 'WHEN_NO_MATCH',
    contentHandling: contentHandling(reader, names.contentHandling),
    timeoutInMillis: reader.number(names.timeoutInMillis) ?? 29_000,
    cacheNamespace: reader.text(names.cacheNamespace),
    cacheKeyParameters: reader.texts(names.cacheKeyParameters),
    insecureSkipVerification: reader.within(names.tlsConfig).flag(names.insecureSkipVerification),
    responseTransferMode: reader.oneOf(names.responseTransferMode, ['BUFFERED', 'STREAM']) ?? 'BUFFERED',
    responses:
      form === 'openapi'
        ? openApiResponses(reader.within('responses'), names)
        : reader
            .each('IntegrationResponses')
            .map((response) => integrationResponse(response, response.text('SelectionPattern') || null, names)),
    place: reader.place,
  };
};

const openApiResponses = (responses: Reader, names: Spelling): readonly RestIntegrationResponse[] =>
  Object.keys(responses.source).map((pattern) =>
    integrationResponse(responses.within(pattern), pattern === 'default' ? null : pattern, names),
  );

const integrationResponse = (
  reader: Reader,
  selectionPattern: string | null,
  names: Spelling,
): RestIntegrationResponse => ({
  selectionPattern,
  statusCode: reader.required(names.statusCode),
  responseParameters: reader.textMap(names.responseParameters),
  responseTemplates: reader.textMap(names.responseTemplates),
  contentHandling: contentHandling(reader, names.contentHandling),
});
