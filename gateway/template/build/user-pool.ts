import type { PasswordPolicy, UserAttribute, UserPool } from '../../model/user-pool.ts';
import { didYouMean } from '../problems.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { isMap } from '../text/plain.ts';
import { between } from './json-property.ts';
import type { Source } from './source.ts';
import { clientsOf, groupsOf, resourceServersOf } from './user-pool-parts.ts';

export const buildUserPools = (source: Source): readonly UserPool[] =>
  source.ofType('AWS::Cognito::UserPool').map((resource) => buildUserPool(source, resource));

const buildUserPool = (source: Source, resource: Resource): UserPool => {
  const reader = source.read(resource);
  const id = source.ref(resource);
  return {
    logicalId: resource.logicalId,
    id,
    name: reader.text('UserPoolName') ?? resource.logicalId,
    arn: source.getAtt(resource, 'Arn'),
    issuer: `https://cognito-idp.${source.target.region}.amazonaws.com/${id}`,
    customAttributes: reader.each('Schema').flatMap(customAttribute),
    usernameAttributes: reader.texts('UsernameAttributes'),
    aliasAttributes: reader.texts('AliasAttributes'),
    autoVerifiedAttributes: reader.texts('AutoVerifiedAttributes'),
    mfa: mfa(reader),
    onlyAdministratorsCreateUsers: reader.within('AdminCreateUserConfig').flag('AllowAdminCreateUserOnly'),
    passwordPolicy: passwordPolicy(reader),
    triggers: triggers(reader),
    domains: source
      .ofType('AWS::Cognito::UserPoolDomain')
      .map((domain) => source.read(domain))
      .filter((domain) => domain.text('UserPoolId') === id)
      .map((domain) => domain.required('Domain')),
    clients: clientsOf(source, id),
    resourceServers: resourceServersOf(source, id),
    groups: groupsOf(source, id),
    place: resource.place,
  };
};

/** YAML reads a plain OFF and ON as a boolean. */
const mfa = (reader: Reader): UserPool['mfa'] => {
  const given = reader.source.MfaConfiguration;
  if (typeof given === 'boolean') return given ? 'ON' : 'OFF';
  return reader.oneOf('MfaConfiguration', ['OFF', 'ON', 'OPTIONAL']) ?? 'OFF';
};

const standardAttributes =
  'address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number phone_number_verified picture preferred_username profile sub updated_at website zoneinfo'.split(
    ' ',
  );

const customAttribute = (attribute: Reader): UserAttribute[] => {
  const name = attribute.required('Name');
  if (standardAttributes.includes(name)) return [];
  return [
    {
      name: /^(custom|dev):/.test(name) ? name : `custom:${name}`,
      type: attribute.oneOf('AttributeDataType', ['String', 'Number', 'DateTime', 'Boolean']) ?? 'String',
      mutable: attribute.has('Mutable') ? attribute.flag('Mutable') : true,
    },
  ];
};

/** Cognito asks for all of it unless the pool says what it wants. */
const passwordPolicy = (reader: Reader): PasswordPolicy => {
  const policies = reader.within('Policies');
  const policy = policies.within('PasswordPolicy');
  const asks = (key: string): boolean => (policies.has('PasswordPolicy') ? policy.flag(key) : true);
  return {
    minimumLength: between(policy, 'MinimumLength', 6, 99, 8),
    requireLowercase: asks('RequireLowercase'),
    requireUppercase: asks('RequireUppercase'),
    requireNumbers: asks('RequireNumbers'),
    requireSymbols: asks('RequireSymbols'),
  };
};

const triggerNames =
  'CreateAuthChallenge CustomEmailSender CustomMessage CustomSMSSender DefineAuthChallenge PostAuthentication PostConfirmation PreAuthentication PreSignUp PreTokenGeneration PreTokenGenerationConfig UserMigration VerifyAuthChallengeResponse InboundFederation'.split(
    ' ',
  );

const triggers = (reader: Reader): Readonly<Record<string, string>> => {
  const config = reader.within('LambdaConfig');
  const found: [string, string][] = [];
  for (const [name, value] of Object.entries(config.source)) {
    if (name === 'KMSKeyID' || value === null) continue;
    if (!triggerNames.includes(name)) {
      const remedy = `It can be ${triggerNames.join(', ')}.${didYouMean(name, triggerNames)}`;
      config.refuse(name, `A user pool has no trigger ${name}.`, remedy);
    } else {
      const arn = isMap(value) ? config.within(name).required('LambdaArn') : config.text(name);
      if (arn !== null) found.push([name, arn]);
    }
  }
  return Object.fromEntries(found);
};
