import type { Place } from './place.ts';

/** A Cognito user pool, with what its tokens are made of. */
export type UserPool = {
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** Attributes beside the standard ones, by their full names (`custom:dealer`). */
  readonly customAttributes: readonly UserAttribute[];
  readonly usernameAttributes: readonly string[];
  readonly aliasAttributes: readonly string[];
  readonly autoVerifiedAttributes: readonly string[];
  readonly mfa: 'OFF' | 'ON' | 'OPTIONAL';
  readonly onlyAdministratorsCreateUsers: boolean;
  readonly passwordPolicy: PasswordPolicy;
  /** Trigger → ARN of the function it calls. */
  readonly triggers: Readonly<Record<string, string>>;
  /** The prefix of its hosted pages, or a domain of one's own. */
  readonly domains: readonly string[];
  readonly clients: readonly UserPoolClient[];
  readonly resourceServers: readonly ResourceServer[];
  readonly groups: readonly UserPoolGroup[];
  readonly place: Place;
};

export type UserAttribute = { readonly name: string; readonly type: string; readonly mutable: boolean };

export type PasswordPolicy = {
  readonly minimumLength: number;
  readonly requireLowercase: boolean;
  readonly requireUppercase: boolean;
  readonly requireNumbers: boolean;
  readonly requireSymbols: boolean;
};

export type UserPoolClient = {
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly hasSecret: boolean;
  /** Such as `ALLOW_USER_PASSWORD_AUTH`. */
  readonly explicitAuthFlows: readonly string[];
  /** `code`, `implicit`, `client_credentials`; none where OAuth is not on for the client. */
  readonly oauthFlows: readonly string[];
  readonly oauthScopes: readonly string[];
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  readonly identityProviders: readonly string[];
  readonly idTokenSeconds: number;
  readonly accessTokenSeconds: number;
  readonly refreshTokenSeconds: number;
  readonly readAttributes: readonly string[];
  readonly writeAttributes: readonly string[];
};

export type ResourceServer = {
  readonly logicalId: string;
  readonly identifier: string;
  readonly name: string;
  /** In full, as tokens carry them: `identifier/scope`. */
  readonly scopes: readonly string[];
};

export type UserPoolGroup = {
  readonly logicalId: string;
  readonly name: string;
  readonly precedence: number | null;
  readonly roleArn: string | null;
};
