import type { RestAuthorizer } from '../../model/rest-api.ts';
import type { Reader } from '../reader.ts';

/** Two spellings of one thing: `x-amazon-apigateway-authorizer` and `AWS::ApiGateway::Authorizer`. */
const spellings = {
  openapi: {
    type: 'type',
    uri: 'authorizerUri',
    credentials: 'authorizerCredentials',
    source: 'identitySource',
    expression: 'identityValidationExpression',
    ttl: 'authorizerResultTtlInSeconds',
    providers: 'providerARNs',
  },
  cloudformation: {
    type: 'Type',
    uri: 'AuthorizerUri',
    credentials: 'AuthorizerCredentials',
    source: 'IdentitySource',
    expression: 'IdentityValidationExpression',
    ttl: 'AuthorizerResultTtlInSeconds',
    providers: 'ProviderARNs',
  },
} as const;

/** The name by which a security scheme says that its header is none. */
const unused = 'method.request.header.Unused';

/** `header`: where what identifies a caller stands unless the authorizer itself says so. */
export const readRestAuthorizer = (
  reader: Reader,
  form: keyof typeof spellings,
  { id, name, header, place }: Pick<RestAuthorizer, 'id' | 'name' | 'place'> & { readonly header: string },
): RestAuthorizer => {
  const names = spellings[form];
  reader.required(names.type);
  const type = reader.oneOf(names.type, ['TOKEN', 'REQUEST', 'COGNITO_USER_POOLS']) ?? 'TOKEN';
  const isCognito = type === 'COGNITO_USER_POOLS';
  const resultTtlInSeconds = reader.number(names.ttl) ?? 300;
  const isHeaderUsed = type !== 'REQUEST' || (form === 'openapi' && header !== unused);
  const identitySource = reader.text(names.source) ?? (isHeaderUsed ? header : '');
  const providerArns = reader.texts(names.providers);
  if (resultTtlInSeconds < 0 || resultTtlInSeconds > 3600) {
    reader.refuse(names.ttl, `${names.ttl} of ${name} is ${resultTtlInSeconds}.`, 'It can be 0 to 3600.');
  }
  if (type === 'REQUEST' && identitySource === '' && resultTtlInSeconds > 0) {
    reader.refuse(
      names.source,
      `The authorizer ${name} keeps its answers for ${resultTtlInSeconds} seconds and names no identity source to keep them by.`,
      `Give it ${names.source}, such as method.request.header.Authorization, or set ${names.ttl}: 0.`,
    );
  }
  if (isCognito && providerArns.length === 0) {
    reader.refuse(names.providers, `The authorizer ${name} has no ${names.providers}.`, 'Name a user pool by its ARN.');
  }
  return {
    id,
    name,
    type,
    authorizerUri: isCognito ? null : reader.required(names.uri),
    authorizerCredentials: reader.text(names.credentials),
    identitySource,
    identityValidationExpression: reader.text(names.expression),
    resultTtlInSeconds,
    providerArns,
    place,
  };
};
