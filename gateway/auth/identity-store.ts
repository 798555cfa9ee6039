import { derivedId } from '../derived-ids.ts';
import { secret } from '../ids.ts';
import type { Identity, IdentityStore, RoleSession } from './identities.ts';

export type LocalIdentityStore = IdentityStore & {
  /** The one session of a role; the same as long as the gateway runs, so that every environment of a role shares it. */
  forRole(roleArn: string): RoleSession;
};

type IdentityStoreOptions = {
  readonly accountId: string;
  readonly partition: string;
  /** Credentials to keep across restarts; new ones are made without. */
  readonly local?: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

const localUserName = 'gavel';

/** Identities live in memory alone: a secret key of a run dies with it. */
export const createIdentityStore = (options: IdentityStoreOptions): LocalIdentityStore => {
  const { accountId, partition } = options;
  const local: Identity = {
    accessKeyId: options.local?.accessKeyId ?? uniqueId('AKIA', secret(16)),
    secretAccessKey: options.local?.secretAccessKey ?? secret(30),
    accountId,
    userId: uniqueId('AIDA', 'user', accountId, localUserName),
    userArn: `arn:${partition}:iam::${accountId}:user/${localUserName}`,
  };
  const sessions = new Map<string, RoleSession>();
  const byAccessKey = new Map<string, Identity>([[local.accessKeyId, local]]);

  return {
    local,
    byAccessKey: (accessKeyId) => byAccessKey.get(accessKeyId) ?? null,
    forRole(roleArn) {
      const known = sessions.get(roleArn);
      if (known) return known;
      const session = roleSession(roleArn, options);
      sessions.set(roleArn, session);
      byAccessKey.set(session.accessKeyId, session);
      return session;
    },
  };
};

const roleSession = (roleArn: string, { accountId, partition }: IdentityStoreOptions): RoleSession => {
  // An assumed-role ARN leaves out the role's path.
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    accessKeyId: uniqueId('ASIA', secret(16)),
    secretAccessKey: secret(30),
    sessionToken: secret(96),
    accountId,
    userId: `${uniqueId('AROA', 'role', roleArn)}:${localUserName}`,
    userArn: `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${localUserName}`,
  };
};

/** IAM's unique ids: a prefix that tells the kind, then sixteen capitals and digits. */
const uniqueId = (prefix: string, ...parts: readonly string[]): string =>
  prefix + derivedId(16, prefix, ...parts).toUpperCase();
