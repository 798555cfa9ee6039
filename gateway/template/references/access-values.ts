import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';
import {
  after,
  allValues,
  alsoAs,
  arnOf,
  capitalId,
  fixed,
  hexId,
  named,
  nameOf,
  type TextOf,
  textOf,
  uuid,
  values,
} from './value-shapes.ts';

const path = (subject: Subject): string => subject.text('Path', '/');
const iamArn = (kind: string, property: string): TextOf =>
  arnOf('iam', (subject) => `${kind}${path(subject)}${nameOf(property)(subject)}`, 'global');
const managedPolicy = iamArn('policy', 'ManagedPolicyName');

/** Secrets Manager ends an ARN with six characters of its own. */
const secretArn = arnOf('secretsmanager', (subject) => `secret:${nameOf('Name')(subject)}-${hexId('', 6)(subject)}`);

/** Parts of a web firewall are called by name, id and scope together. */
const firewall = (kind: string, more: LocalValues['attributes'] = {}): LocalValues =>
  values((subject) => `${nameOf('Name')(subject)}|${uuid(subject)}|${subject.text('Scope', 'REGIONAL')}`, {
    Arn(subject) {
      const scope = subject.text('Scope', 'REGIONAL') === 'CLOUDFRONT' ? 'global' : 'regional';
      return arn(subject.target, 'wafv2', `${scope}/${kind}/${nameOf('Name')(subject)}/${uuid(subject)}`);
    },
    Id: uuid,
    ...more,
  });
const labels =
  (kind: string): TextOf =>
  (subject) =>
    `awswaf:${subject.target.accountId}:${kind}:${nameOf('Name')(subject)}:`;

export const accessValues: Readonly<Record<string, LocalValues>> = {
  'AWS::IAM::Role': allValues(nameOf('RoleName'), {
    Arn: iamArn('role', 'RoleName'),
    RoleId: (subject) =>
      `AROA${ownName(subject)
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .padEnd(16, 'X')
        .slice(0, 16)}`,
  }),
  'AWS::IAM::ManagedPolicy': values(managedPolicy, { PolicyArn: managedPolicy }),
  'AWS::IAM::Policy': alsoAs(nameOf('PolicyName'), ['Id']),
  'AWS::IAM::User': allValues(nameOf('UserName'), { Arn: iamArn('user', 'UserName') }),
  'AWS::IAM::Group': allValues(nameOf('GroupName'), { Arn: iamArn('group', 'GroupName') }),
  'AWS::IAM::InstanceProfile': allValues(nameOf('InstanceProfileName'), {
    Arn: iamArn('instance-profile', 'InstanceProfileName'),
  }),
  'AWS::IAM::AccessKey': values(capitalId('AKIA', 16), {
    SecretAccessKey: hexId('local', 35),
    Id: capitalId('AKIA', 16),
  }),
  'AWS::IAM::OIDCProvider': alsoAs(
    arnOf('iam', (subject) => `oidc-provider/${subject.text('Url', '').replace(/^https:\/\//, '')}`, 'global'),
    ['Arn'],
  ),
  'AWS::KMS::Key': allValues(uuid, { Arn: arnOf('kms', after('key/', uuid)), KeyId: uuid }),
  'AWS::KMS::Alias': values(textOf('AliasName', 'alias/local')),
  'AWS::SecretsManager::Secret': allValues(secretArn, { Id: secretArn }),
  'AWS::SecretsManager::SecretTargetAttachment': alsoAs(textOf('SecretId', ''), ['Id']),
  'AWS::SecretsManager::RotationSchedule': alsoAs(textOf('SecretId', ''), ['Id']),
  'AWS::SSM::Parameter': allValues(nameOf('Name'), { Type: textOf('Type', 'String'), Value: textOf('Value', '') }),
  'AWS::CertificateManager::Certificate': values(arnOf('acm', after('certificate/', uuid)), {
    CertificateArn: arnOf('acm', after('certificate/', uuid)),
  }),
  'AWS::WAFv2::WebACL': firewall('webacl', { Capacity: fixed('1'), LabelNamespace: labels('webacl') }),
  'AWS::WAFv2::RuleGroup': firewall('rulegroup', { LabelNamespace: labels('rulegroup') }),
  'AWS::WAFv2::IPSet': firewall('ipset'),
  'AWS::WAFv2::RegexPatternSet': firewall('regexpatternset'),
  'AWS::WAFv2::WebACLAssociation': values(
    (subject) => `${subject.text('WebACLArn', '')}|${subject.text('ResourceArn', '')}`,
  ),
  'AWS::Cognito::IdentityPool': values((subject) => `${subject.target.region}:${uuid(subject)}`, {
    Id: (subject) => `${subject.target.region}:${uuid(subject)}`,
    Name: nameOf('IdentityPoolName'),
  }),
  'AWS::Cognito::IdentityPoolRoleAttachment': alsoAs(hexId(''), ['Id']),
  'AWS::Cognito::UserPoolDomain': values(textOf('Domain', 'local'), {
    CloudFrontDistribution: (subject) => `d${hexId('', 13)(subject)}.cloudfront.net`,
  }),
  'AWS::Cognito::UserPoolGroup': values(nameOf('GroupName')),
  'AWS::Cognito::UserPoolUser': values(nameOf('Username')),
  'AWS::Cognito::UserPoolIdentityProvider': values(nameOf('ProviderName')),
  'AWS::Cognito::UserPoolResourceServer': values(textOf('Identifier', 'local')),
  'AWS::SSO::PermissionSet': named('Name', 'sso', 'permissionSet/'),
};
