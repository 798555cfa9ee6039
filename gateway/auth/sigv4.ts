import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalPaths, canonicalRequest, payloadHash } from './canonical-request.ts';
import type { Identity, IdentityStore } from './identities.ts';
import {
  type ClaimFailure,
  formatAmzDate,
  parseAmzDate,
  readClaim,
  type SignatureClaim,
  type SignedInput,
} from './signature-claim.ts';

export type SignatureFailure = {
  readonly ok: false;
  readonly kind: ClaimFailure['kind'] | 'unknown-key' | 'expired' | 'not-yet' | 'scope' | 'mismatch';
  readonly message: string;
};

export type SignatureVerdict = { readonly ok: true; readonly identity: Identity } | SignatureFailure;

/** What `x-amzn-ErrorType` says to each failure; all of them are a 403. */
export const signatureErrorTypes: Readonly<Record<SignatureFailure['kind'], string>> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  expired: 'InvalidSignatureException',
  'not-yet': 'InvalidSignatureException',
  scope: 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
};

const windowMs = 300_000;

/**
 * Verifies AWS Signature Version 4, in the Authorization header or in the query, for the host that was signed.
 * The body's hash is computed, so a request is exactly what its signer saw.
 */
export const verifySignature = (
  input: SignedInput,
  service: string,
  region: string,
  identities: IdentityStore,
  now: number,
): SignatureVerdict => {
  const claim = readClaim(input);
  if ('kind' in claim) return { ok: false, ...claim };
  const identity = identities.byAccessKey(claim.accessKeyId);
  if (!identity || !same(identity.sessionToken ?? '', claim.sessionToken ?? '')) {
    return failure('unknown-key', 'The security token included in the request is invalid.');
  }
  return scopeFailure(claim, service, region) ?? dateFailure(claim, now) ?? compare(input, claim, service, identity);
};

const scopeFailure = (claim: SignatureClaim, service: string, region: string): SignatureFailure | null => {
  const { scope } = claim;
  if (scope.region !== region) {
    return failure('scope', `Credential should be scoped to a valid region, not '${scope.region}'.`);
  }
  if (scope.service !== service) {
    return failure('scope', `Credential should be scoped to correct service: '${service}'.`);
  }
  if (scope.end !== 'aws4_request') {
    return failure('scope', `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.end}'.`);
  }
  const day = claim.date.slice(0, 8);
  return scope.date === day
    ? null
    : failure(
        'scope',
        `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${day}', from '${claim.date}'.`,
      );
};

/** A header signature holds for five minutes around its date; a presigned URL from then on for as long as it says. */
const dateFailure = (claim: SignatureClaim, now: number): SignatureFailure | null => {
  const date = parseAmzDate(claim.date)!;
  const lifeMs = claim.expiresSeconds === null ? windowMs : claim.expiresSeconds * 1000;
  if (date < now - lifeMs) {
    const life = lifeMs % 60_000 === 0 ? `${lifeMs / 60_000} min.` : `${lifeMs / 1000} sec.`;
    return failure(
      'expired',
      `Signature expired: ${claim.date} is now earlier than ${formatAmzDate(now - lifeMs)} (${formatAmzDate(now)} - ${life})`,
    );
  }
  if (date > now + windowMs) {
    return failure(
      'not-yet',
      `Signature not yet current: ${claim.date} is still later than ${formatAmzDate(now + windowMs)} (${formatAmzDate(now)} + 5 min.)`,
    );
  }
  return null;
};

const compare = (input: SignedInput, claim: SignatureClaim, service: string, identity: Identity): SignatureVerdict => {
  if (!claim.signedHeaders.includes('host')) {
    return failure('mismatch', `'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  const hash = payloadHash(input, claim, service);
  const key = signingKey(identity, claim);
  let shown: { readonly canonical: string; readonly toSign: string } | null = null;
  for (const path of canonicalPaths(input.path, service)) {
    const canonical = canonicalRequest(input, claim, path, hash);
    const toSign = stringToSign(claim, canonical);
    if (same(hmac(key, toSign).toString('hex'), claim.signature)) return { ok: true, identity };
    shown ??= { canonical, toSign };
  }
  return failure('mismatch', mismatchText(shown!.canonical, shown!.toSign));
};

const stringToSign = (claim: SignatureClaim, canonical: string): string => {
  const { date, region, service, end } = claim.scope;
  const digest = createHash('sha256').update(canonical, 'latin1').digest('hex');
  return `AWS4-HMAC-SHA256\n${claim.date}\n${date}/${region}/${service}/${end}\n${digest}`;
};

/** An identity signs with one key a day, region and service: deriving it costs more than all the rest. */
const keys = new WeakMap<Identity, { readonly scope: string; readonly key: Buffer }>();

const signingKey = (identity: Identity, { scope }: SignatureClaim): Buffer => {
  const name = `${scope.date}/${scope.region}/${scope.service}`;
  const known = keys.get(identity);
  if (known?.scope === name) return known.key;
  let key: Buffer = Buffer.from(`AWS4${identity.secretAccessKey}`);
  for (const part of [scope.date, scope.region, scope.service, 'aws4_request']) key = hmac(key, part);
  keys.set(identity, { scope: name, key });
  return key;
};

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const same = (a: string, b: string): boolean => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
};

const failure = (kind: SignatureFailure['kind'], message: string): SignatureFailure => ({ ok: false, kind, message });

const mismatchText = (canonical: string, toSign: string): string =>
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.' +
  `\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${toSign}'\n`;
