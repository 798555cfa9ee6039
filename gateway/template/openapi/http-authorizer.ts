import type { HttpAuthorizer } from '../../model/http-api.ts';
import type { Reader } from '../reader.ts';
import { payloadFormat } from './http-integration.ts';

/** Two spellings of one thing: `x-amazon-apigateway-authorizer` and `AWS::ApiGatewayV2::Authorizer`. */
const spellings = {
  openapi: {
    type: 'type',
    source: 'identitySource',
    jwt: 'jwtConfiguration',
    issuer: 'issuer',
    audience: 'audience',
    uri: 'authorizerUri',
    credentials: 'authorizerCredentials',
    format: 'authorizerPayloadFormatVersion',
    simple: 'enableSimpleResponses',
    ttl: 'authorizerResultTtlInSeconds',
  },
  cloudformation: {
    type: 'AuthorizerType',
    source: 'IdentitySource',
    jwt: 'JwtConfiguration',
    issuer: 'Issuer',
    audience: 'Audience',
    uri: 'AuthorizerUri',
    credentials: 'AuthorizerCredentialsArn',
    format: 'AuthorizerPayloadFormatVersion',
    simple: 'EnableSimpleResponses',
    ttl: 'AuthorizerResultTtlInSeconds',
  },
} as const;

/** `issuer`: what a scheme of type openIdConnect says, which an authorizer itself may leave out. */
export const readHttpAuthorizer = (
  reader: Reader,
  form: keyof typeof spellings,
  { id, name, place, issuer }: Pick<HttpAuthorizer, 'id' | 'name' | 'place'> & { readonly issuer: string | null },
): HttpAuthorizer => {
  const names = spellings[form];
  reader.required(names.type);
  const type = reader.oneOf(names.type, ['JWT', 'REQUEST']) ?? 'REQUEST';
  const jwt = reader.within(names.jwt);
  const identitySource = reader
    .texts(names.source)
    .flatMap((source) => source.split(','))
    .map((source) => source.trim());
  const ttl = reader.number(names.ttl);
  const format = payloadFormat(reader, names.format);
  if (ttl !== null && (ttl < 0 || ttl > 3600)) {
    reader.refuse(names.ttl, `${names.ttl} of ${name} is ${ttl}.`, 'It can be 0 to 3600.');
  }
  const odd = identitySource.find(
    (source) => !/^\$(request\.(header|querystring)|context|stageVariables)\./.test(source),
  );
  if (odd !== undefined) {
    const remedy = 'Write one such as $request.header.Authorization.';
    reader.refuse(names.source, `${JSON.stringify(odd)} is no identity source of an HTTP API.`, remedy);
  }
  if (identitySource.length === 0 && (type === 'JWT' || (ttl ?? 0) > 0)) {
    const why = type === 'JWT' ? 'no place to find the token' : 'nothing to keep its answers by';
    reader.refuse(
      names.source,
      `The authorizer ${name} has ${why}.`,
      `Give it ${names.source}: $request.header.Authorization, or the like.`,
    );
  }
  if (reader.flag(names.simple) && format === '1.0') {
    reader.refuse(names.simple, 'Simple responses need payload format 2.0.', `Write ${names.format}: "2.0".`);
  }
  return {
    id,
    name,
    type,
    identitySource,
    jwt:
      type === 'JWT'
        ? {
            issuer: issuer !== null && !jwt.has(names.issuer) ? issuer : jwt.required(names.issuer),
            audience: jwt.texts(names.audience),
          }
        : null,
    authorizerUri: type === 'REQUEST' ? reader.required(names.uri) : null,
    authorizerCredentials: reader.text(names.credentials),
    payloadFormatVersion: format,
    enableSimpleResponses: reader.flag(names.simple),
    resultTtlInSeconds: ttl,
    place,
  };
};
