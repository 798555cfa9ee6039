import { all, fields, honoured, notHonoured, reasons, type SupportNode } from './node.ts';
import { dormant, kept, keptWhole } from './services.ts';

const messages = notHonoured('no message is sent');

export const userPoolTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Cognito::UserPool': dormant('its id and settings are read; no user pool runs yet', {
    UserPoolName: honoured,
    Schema: fields({
      ...all(kept, 'Name', 'AttributeDataType', 'Mutable'),
      ...all(notHonoured('values of attributes are not checked'), 'Required', 'NumberAttributeConstraints'),
      StringAttributeConstraints: notHonoured('values of attributes are not checked'),
      DeveloperOnlyAttribute: reasons.inert,
    }),
    ...all(kept, 'UsernameAttributes', 'AliasAttributes', 'AutoVerifiedAttributes', 'MfaConfiguration'),
    AdminCreateUserConfig: fields({
      AllowAdminCreateUserOnly: kept,
      ...all(messages, 'InviteMessageTemplate', 'UnusedAccountValidityDays'),
    }),
    Policies: fields({
      PasswordPolicy: fields({
        ...all(kept, 'MinimumLength', 'RequireLowercase', 'RequireUppercase', 'RequireNumbers', 'RequireSymbols'),
        ...all(notHonoured('passwords do not grow old'), 'TemporaryPasswordValidityDays', 'PasswordHistorySize'),
      }),
      SignInPolicy: notHonoured('users sign in by password'),
    }),
    LambdaConfig: keptWhole,
    EnabledMfas: notHonoured('no second factor is asked for'),
    ...all(messages, 'EmailConfiguration', 'EmailVerificationMessage', 'EmailVerificationSubject', 'SmsConfiguration'),
    ...all(messages, 'EmailAuthenticationMessage', 'EmailAuthenticationSubject', 'SmsAuthenticationMessage'),
    ...all(messages, 'SmsVerificationMessage', 'VerificationMessageTemplate', 'AccountRecoverySetting'),
    ...all(notHonoured('not asked for here'), 'DeviceConfiguration', 'UserAttributeUpdateSettings', 'UserPoolAddOns'),
    UsernameConfiguration: notHonoured('names of users are taken as they are written'),
    ...all(notHonoured('passkeys are not known here'), 'WebAuthnRelyingPartyID', 'WebAuthnUserVerification'),
    ...all(reasons.inert, 'DeletionProtection', 'UserPoolTags', 'UserPoolTier'),
  }),
  'AWS::Cognito::UserPoolClient': dormant('its id and settings are read; no user pool runs yet', {
    ...all(kept, 'UserPoolId', 'ClientName', 'GenerateSecret', 'ExplicitAuthFlows', 'SupportedIdentityProviders'),
    ...all(kept, 'AllowedOAuthFlows', 'AllowedOAuthFlowsUserPoolClient', 'AllowedOAuthScopes'),
    ...all(kept, 'CallbackURLs', 'LogoutURLs', 'ReadAttributes', 'WriteAttributes'),
    ...all(kept, 'IdTokenValidity', 'AccessTokenValidity', 'RefreshTokenValidity'),
    TokenValidityUnits: fields(all(kept, 'IdToken', 'AccessToken', 'RefreshToken')),
    ...all(notHonoured('not asked for here'), 'DefaultRedirectURI', 'RefreshTokenRotation', 'AuthSessionValidity'),
    EnablePropagateAdditionalUserContextData: reasons.inert,
    EnableTokenRevocation: notHonoured('tokens are not revoked'),
    PreventUserExistenceErrors: notHonoured('not asked for here'),
    AnalyticsConfiguration: reasons.inert,
  }),
  'AWS::Cognito::UserPoolResourceServer': dormant('it is read; no user pool runs yet', {
    ...all(kept, 'UserPoolId', 'Identifier', 'Name'),
    Scopes: fields({ ScopeName: kept, ScopeDescription: reasons.inert }),
  }),
  'AWS::Cognito::UserPoolGroup': dormant('it is read; no user pool runs yet', {
    ...all(kept, 'UserPoolId', 'GroupName', 'Precedence', 'RoleArn'),
    Description: reasons.inert,
  }),
  'AWS::Cognito::UserPoolDomain': dormant('its name is read; no hosted pages are served', {
    ...all(kept, 'UserPoolId', 'Domain'),
    ...all(notHonoured('no hosted pages are served'), 'CustomDomainConfig', 'ManagedLoginVersion'),
  }),
};
