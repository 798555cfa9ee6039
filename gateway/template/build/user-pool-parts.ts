import type { ResourceServer, UserPoolClient, UserPoolGroup } from '../../model/user-pool.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import type { Source } from './source.ts';

const partsOf = (source: Source, type: string, poolId: string): readonly (readonly [Resource, Reader])[] =>
  source
    .ofType(type)
    .map((resource) => [resource, source.read(resource)] as const)
    .filter(([, reader]) => reader.text('UserPoolId') === poolId);

export const clientsOf = (source: Source, poolId: string): readonly UserPoolClient[] =>
  partsOf(source, 'AWS::Cognito::UserPoolClient', poolId).map(([resource, reader]) => {
    const hasOAuth = reader.flag('AllowedOAuthFlowsUserPoolClient');
    return {
      logicalId: resource.logicalId,
      id: source.ref(resource),
      name: reader.text('ClientName') ?? resource.logicalId,
      hasSecret: reader.flag('GenerateSecret'),
      explicitAuthFlows: reader.texts('ExplicitAuthFlows'),
      oauthFlows: hasOAuth ? oauthFlows(reader) : [],
      oauthScopes: hasOAuth ? reader.texts('AllowedOAuthScopes') : [],
      callbackUrls: reader.texts('CallbackURLs'),
      logoutUrls: reader.texts('LogoutURLs'),
      identityProviders: reader.texts('SupportedIdentityProviders'),
      idTokenSeconds: validity(reader, 'IdToken', 'hours', 1),
      accessTokenSeconds: validity(reader, 'AccessToken', 'hours', 1),
      refreshTokenSeconds: validity(reader, 'RefreshToken', 'days', 30),
      readAttributes: reader.texts('ReadAttributes'),
      writeAttributes: reader.texts('WriteAttributes'),
    };
  });

const flows = ['code', 'implicit', 'client_credentials'];

const oauthFlows = (reader: Reader): readonly string[] => {
  const given = reader.texts('AllowedOAuthFlows');
  for (const flow of given.filter((name) => !flows.includes(name))) {
    reader.refuse('AllowedOAuthFlows', `OAuth has no flow ${flow} here.`, `It can be ${flows.join(', ')}.`);
  }
  return given;
};

const units = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 } as const;

const validity = (reader: Reader, token: string, unit: keyof typeof units, otherwise: number): number => {
  const given = reader.within('TokenValidityUnits').oneOf(token, Object.keys(units) as readonly (keyof typeof units)[]);
  // 0 stands for what Cognito takes by itself.
  return (
    (reader.number(`${token}Validity`) || otherwise) * units[reader.number(`${token}Validity`) ? (given ?? unit) : unit]
  );
};

export const resourceServersOf = (source: Source, poolId: string): readonly ResourceServer[] =>
  partsOf(source, 'AWS::Cognito::UserPoolResourceServer', poolId).map(([resource, reader]) => {
    const identifier = reader.required('Identifier');
    return {
      logicalId: resource.logicalId,
      identifier,
      name: reader.required('Name'),
      scopes: reader.each('Scopes').map((scope) => `${identifier}/${scope.required('ScopeName')}`),
    };
  });

export const groupsOf = (source: Source, poolId: string): readonly UserPoolGroup[] =>
  partsOf(source, 'AWS::Cognito::UserPoolGroup', poolId).map(([resource, reader]) => ({
    logicalId: resource.logicalId,
    name: source.ref(resource),
    precedence: reader.number('Precedence'),
    roleArn: reader.text('RoleArn'),
  }));
