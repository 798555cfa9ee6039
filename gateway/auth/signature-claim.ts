import { type ApiRequest, headerValue } from '../server/messages.ts';

/** What a signed request says about its signature, before anything of it is believed. */
export type SignatureClaim = {
  readonly form: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: { readonly date: string; readonly region: string; readonly service: string; readonly end: string };
  /** Lower case, in the order given. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261120T220000Z`. */
  readonly date: string;
  /** null in the header form, where the window is fixed. */
  readonly expiresSeconds: number | null;
  readonly sessionToken: string | undefined;
};

export type ClaimFailure = { readonly kind: 'missing' | 'incomplete'; readonly message: string };

export type SignedInput = Pick<ApiRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>;

const algorithm = 'AWS4-HMAC-SHA256';
const longestExpirySeconds = 604_800;

/** Reads the header form, or else the query form (a presigned URL). */
export const readClaim = (input: SignedInput): SignatureClaim | ClaimFailure => {
  const authorization = headerValue(input.headers, 'authorization');
  if (authorization?.startsWith('AWS4-')) return readHeader(authorization, input.headers);
  const query = signatureParameters(input.query);
  if (query.size > 0) return readQuery(query);
  if (authorization) return readHeader(authorization, input.headers);
  return { kind: 'missing', message: 'Missing Authentication Token' };
};

const readHeader = (authorization: string, headers: readonly string[]): SignatureClaim | ClaimFailure => {
  const gap = authorization.indexOf(' ');
  const given = gap === -1 ? authorization : authorization.slice(0, gap);
  const fields = new Map<string, string>();
  for (const field of gap === -1 ? [] : authorization.slice(gap + 1).split(',')) {
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals).trim(), field.slice(equals + 1).trim());
  }
  const date = requestDate(headers);
  const lacks = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !fields.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (!date) lacks.push(`Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`);
  if (lacks.length > 0) return incomplete(`${lacks.join(' ')} Authorization=${authorization}`);
  if (given !== algorithm) return incomplete(`Unsupported AWS 'algorithm': '${given}'.`);
  return claim('header', {
    credential: fields.get('Credential')!,
    signedHeaders: fields.get('SignedHeaders')!,
    signature: fields.get('Signature')!,
    date: date!,
    expiresSeconds: null,
    sessionToken: headerValue(headers, 'x-amz-security-token'),
  });
};

const readQuery = (query: ReadonlyMap<string, string>): SignatureClaim | ClaimFailure => {
  const lacks = ['algorithm', 'credential', 'date', 'expires', 'signedheaders', 'signature']
    .filter((name) => !query.get(name))
    .map((name) => `AWS query-string parameters must include '${queryNames[name]}'.`);
  if (lacks.length > 0) return incomplete(`${lacks.join(' ')} Re-examine the query-string parameters.`);
  if (query.get('algorithm') !== algorithm)
    return incomplete(`Unsupported AWS 'algorithm': '${query.get('algorithm')}'.`);
  const expiresSeconds = Number(query.get('expires'));
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > longestExpirySeconds) {
    return incomplete(`X-Amz-Expires must be a whole number of seconds from 1 to ${longestExpirySeconds}.`);
  }
  return claim('query', {
    credential: query.get('credential')!,
    signedHeaders: query.get('signedheaders')!,
    signature: query.get('signature')!,
    date: query.get('date')!,
    expiresSeconds,
    sessionToken: query.get('security-token'),
  });
};

type ClaimParts = Pick<SignatureClaim, 'signature' | 'date' | 'expiresSeconds' | 'sessionToken'> & {
  readonly credential: string;
  readonly signedHeaders: string;
};

const claim = (form: 'header' | 'query', parts: ClaimParts): SignatureClaim | ClaimFailure => {
  const { credential, signedHeaders, ...rest } = parts;
  const elements = credential.split('/');
  if (elements.length !== 5) {
    return incomplete(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    );
  }
  if (parseAmzDate(parts.date) === null) {
    return incomplete(`Date must be in ISO-8601 'basic format'. Got '${parts.date}'.`);
  }
  const [accessKeyId, date, region, service, end] = elements as [string, string, string, string, string];
  return {
    form,
    ...rest,
    accessKeyId,
    scope: { date, region, service, end },
    signedHeaders: signedHeaders.toLowerCase().split(';'),
  };
};

const incomplete = (message: string): ClaimFailure => ({ kind: 'incomplete', message });

const queryNames: Readonly<Record<string, string>> = {
  algorithm: 'X-Amz-Algorithm',
  credential: 'X-Amz-Credential',
  date: 'X-Amz-Date',
  expires: 'X-Amz-Expires',
  signedheaders: 'X-Amz-SignedHeaders',
  signature: 'X-Amz-Signature',
};

/** The `X-Amz-…` parameters of a query, without the prefix; empty unless one of them makes it a signed query. */
const signatureParameters = (query: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  if (!/x-amz-/i.test(query)) return found;
  for (const [name, value] of new URLSearchParams(query)) {
    if (name.toLowerCase().startsWith('x-amz-')) found.set(name.slice(6).toLowerCase(), value);
  }
  if (!found.has('signature') && !found.has('algorithm') && !found.has('credential')) found.clear();
  return found;
};

/** `X-Amz-Date` before `Date`; an HTTP date is put into the basic format that the string to sign wants. */
const requestDate = (headers: readonly string[]): string | null => {
  const given = headerValue(headers, 'x-amz-date') ?? headerValue(headers, 'date');
  if (given === undefined || parseAmzDate(given) !== null) return given ?? null;
  const time = Date.parse(given);
  return Number.isNaN(time) ? given : formatAmzDate(time);
};

export const parseAmzDate = (text: string): number | null => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return null;
  const time = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
  return Number.isNaN(time) ? null : time;
};

export const formatAmzDate = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
