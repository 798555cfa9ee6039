import type { HttpIntegration } from '../../model/http-api.ts';
import type { Reader } from '../reader.ts';

/** Two spellings of one thing: `x-amazon-apigateway-integration` and `AWS::ApiGatewayV2::Integration`. */
const spellings = {
  openapi: {
    subtype: 'integrationSubtype',
    method: 'httpMethod',
    uri: 'uri',
    format: 'payloadFormatVersion',
    credentials: 'credentials',
    connectionType: 'connectionType',
    connectionId: 'connectionId',
    request: 'requestParameters',
    response: 'responseParameters',
    timeout: 'timeoutInMillis',
    tls: 'tlsConfig',
    serverName: 'serverNameToVerify',
  },
  cloudformation: {
    subtype: 'IntegrationSubtype',
    method: 'IntegrationMethod',
    uri: 'IntegrationUri',
    format: 'PayloadFormatVersion',
    credentials: 'CredentialsArn',
    connectionType: 'ConnectionType',
    connectionId: 'ConnectionId',
    request: 'RequestParameters',
    response: 'ResponseParameters',
    timeout: 'TimeoutInMillis',
    tls: 'TlsConfig',
    serverName: 'ServerNameToVerify',
  },
} as const;

export const readHttpIntegration = (
  reader: Reader,
  form: keyof typeof spellings,
  { id, type, place }: Pick<HttpIntegration, 'id' | 'type' | 'place'>,
): HttpIntegration => {
  const names = spellings[form];
  const subtype = reader.text(names.subtype);
  const isLambda = type === 'AWS_PROXY' && subtype === null;
  const needed = subtype !== null ? [] : isLambda ? [names.uri, names.format] : [names.uri, names.method];
  for (const name of needed) {
    if (!reader.has(name)) reader.refuse(name, `An integration of type ${type} needs a ${name}.`, `Give it a ${name}.`);
  }
  const connectionType = reader.oneOf(names.connectionType, ['INTERNET', 'VPC_LINK']) ?? 'INTERNET';
  if (connectionType === 'VPC_LINK' && !reader.has(names.connectionId)) {
    reader.refuse(names.connectionId, 'A VPC link is not named.', `Give the integration a ${names.connectionId}.`);
  }
  const timeoutInMillis = reader.number(names.timeout) ?? 30_000;
  if (timeoutInMillis < 50 || timeoutInMillis > 30_000) {
    const what = `A timeout of ${timeoutInMillis} ms is not one that HTTP APIs have.`;
    reader.refuse(names.timeout, what, 'It can be 50 to 30000 ms.');
  }
  const requestParameters = reader.textMap(names.request);
  const responses = reader.within(names.response);
  const responseParameters = Object.fromEntries(
    Object.keys(responses.source).map((status) => [
      status,
      form === 'openapi' ? responses.textMap(status) : pairs(responses.within(status)),
    ]),
  );
  if (subtype === null) refuseOddKeys(requestParameters, requestKey, reader, names.request);
  for (const [status, mapping] of Object.entries(responseParameters)) {
    if (!/^[1-5]\d\d$/.test(status)) {
      reader.refuse(names.response, `${JSON.stringify(status)} is no status code.`, 'Write three digits, such as 200.');
    }
    refuseOddKeys(mapping, responseKey, reader, names.response);
  }
  return {
    id,
    type,
    subtype,
    method: (reader.text(names.method) ?? 'POST').toUpperCase(),
    uri: reader.text(names.uri),
    payloadFormatVersion: payloadFormat(reader, names.format),
    credentials: reader.text(names.credentials),
    connectionType,
    connectionId: reader.text(names.connectionId),
    requestParameters,
    responseParameters,
    timeoutInMillis,
    serverNameToVerify: reader.within(names.tls).text(names.serverName),
    place,
  };
};

const pairs = (reader: Reader): Readonly<Record<string, string>> =>
  Object.fromEntries(
    reader.each('ResponseParameters').map((pair) => [pair.required('Destination'), pair.required('Source')]),
  );

const requestKey = /^(?:(?:append|overwrite|remove):(?:header|querystring)\.\S+|overwrite:path)$/i;
const responseKey = /^(?:(?:append|overwrite|remove):header\.\S+|overwrite:statuscode)$/i;

const refuseOddKeys = (mapping: Readonly<Record<string, string>>, known: RegExp, reader: Reader, key: string): void => {
  const odd = Object.keys(mapping).find((name) => !known.test(name));
  if (odd === undefined) return;
  reader.refuse(
    key,
    `${JSON.stringify(odd)} is no parameter that an HTTP API maps.`,
    'Write append, overwrite or remove, a colon and what is changed, as in overwrite:header.X.',
  );
};

/** `2.0` may have lost its zero on the way through YAML. */
export const payloadFormat = (reader: Reader, key: string): '1.0' | '2.0' => {
  const given = reader.text(key);
  if (given === null) return '1.0';
  if (given === '1' || given === '1.0') return '1.0';
  if (given !== '2' && given !== '2.0')
    reader.refuse(key, `${key} is ${JSON.stringify(given)}.`, 'It can be "1.0" or "2.0".');
  return '2.0';
};
