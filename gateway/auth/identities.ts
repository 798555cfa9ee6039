/** Who may sign requests to this gateway. For now every identity may do everything; policies come to them later. */
export type Identity = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials: their requests must carry it. */
  readonly sessionToken?: string;
  readonly accountId: string;
  readonly userId: string;
  readonly userArn: string;
};

/** The temporary credentials of a role, as Lambda hands them to a function. */
export type RoleSession = Identity & { readonly sessionToken: string };

export type IdentityStore = {
  /** The local identity whose credentials `start` prints. */
  readonly local: Identity;
  byAccessKey(accessKeyId: string): Identity | null;
};
