import { isPattern } from '../../java-regex/java-regex.ts';
import type { RestIntegration, RestIntegrationResponse } from '../../model/rest-api.ts';
import type { Reader } from '../reader.ts';
import { mappingRemedy, oddMapping } from './mapping-expressions.ts';

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
  for (const name of type === 'MOCK' ? [] : [names.uri, names.httpMethod]) {
    if (!reader.has(name)) reader.refuse(name, `An integration of type ${type} needs a ${name}.`, `Give it a ${name}.`);
  }
  if (type.startsWith('HTTP') && /^(arn:|(?!https?:)[a-z][a-z0-9+.-]*:\/\/)/i.test(uri)) {
    reader.refuse(names.uri, `${uri} is no HTTP endpoint.`, 'Write a URL that starts with http:// or https://.');
  }
  if (connectionType === 'VPC_LINK' && !reader.has(names.connectionId)) {
    reader.refuse(names.connectionId, 'A VPC link is not named.', `Give the integration a ${names.connectionId}.`);
  }
  const timeoutInMillis = reader.number(names.timeoutInMillis) ?? 29_000;
  if (timeoutInMillis < 50) {
    reader.refuse(names.timeoutInMillis, `A timeout of ${timeoutInMillis} ms is too short.`, 'It is 50 ms at least.');
  }
  const requestParameters = reader.textMap(names.requestParameters);
  const odd = oddMapping('request', requestParameters);
  if (odd !== null) {
    const remedy = `Targets are written integration.request.header.X. ${mappingRemedy}`;
    reader.refuse(names.requestParameters, `An integration maps parameters: ${odd}.`, remedy);
  }
  return {
    type,
    httpMethod: (reader.text(names.httpMethod) ?? '').toUpperCase(),
    uri,
    credentials: reader.text(names.credentials),
    connectionType,
    connectionId: reader.text(names.connectionId),
    integrationTarget: reader.text(names.integrationTarget),
    requestParameters,
    requestTemplates: reader.textMap(names.requestTemplates),
    passthroughBehavior:
      reader.oneOf(names.passthroughBehavior, ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER']) ?? 'WHEN_NO_MATCH',
    contentHandling: contentHandling(reader, names.contentHandling),
    timeoutInMillis,
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
): RestIntegrationResponse => {
  const statusCode = reader.required(names.statusCode);
  if (reader.has(names.statusCode) && !/^[1-5]\d\d$/.test(statusCode)) {
    const what = `${JSON.stringify(statusCode)} is no status code.`;
    reader.refuse(names.statusCode, what, 'Write three digits, such as "200".');
  }
  if (selectionPattern !== null && !isPattern(selectionPattern)) {
    const what = `${JSON.stringify(selectionPattern)} is no regular expression.`;
    reader.refuse('SelectionPattern', what, 'Write one as Java knows it, such as 5\\d{2}, or default.');
  }
  const responseParameters = reader.textMap(names.responseParameters);
  const odd = oddMapping('response', responseParameters);
  if (odd !== null) {
    const remedy =
      "Targets are written method.response.header.X; sources are 'a literal', integration.response.header.X, integration.response.body.X, context.X or stageVariables.X.";
    reader.refuse(names.responseParameters, `A response maps parameters: ${odd}.`, remedy);
  }
  return {
    selectionPattern,
    statusCode,
    responseParameters,
    responseTemplates: reader.textMap(names.responseTemplates),
    contentHandling: contentHandling(reader, names.contentHandling),
  };
};
