import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { createIdentityStore } from '#gateway/auth/identity-store.ts';
import { type ApiRequest, apiRequest } from '#gateway/server/messages.ts';

export const region = 'us-east-1';
export const host = 'abcdefghij.execute-api.us-east-1.amazonaws.com';
export const identities = createIdentityStore({ accountId: '123456789012', partition: 'aws' });

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string | undefined };

type Signing = {
  method?: string;
  /** As it will stand on the wire. */
  path?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string>;
  body?: string;
  at: number;
  credentials?: Credentials;
  region?: string;
  service?: string;
  presign?: number;
};

/** A request as the smithy signer makes it, in the form in which it would arrive at a data plane. */
export const signed = async (signing: Signing): Promise<ApiRequest> => {
  const { method = 'GET', path = '/dev/lots', query = {}, headers = {}, body = '' } = signing;
  const { accessKeyId, secretAccessKey, sessionToken } = signing.credentials ?? identities.local;
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
    region: signing.region ?? region,
    service: signing.service ?? 'execute-api',
    sha256: Sha256,
  });
  const request = new HttpRequest({
    method,
    hostname: host,
    path,
    query,
    headers: { Host: host, ...headers },
    ...(body === '' ? {} : { body }),
  });
  const options = { signingDate: new Date(signing.at) };
  const result = signing.presign
    ? await signer.presign(request, { ...options, expiresIn: signing.presign })
    : await signer.sign(request, options);
  return apiRequest(
    method,
    `${path}${queryText(result.query as Signing['query'])}`,
    Object.entries(result.headers).flat(),
    Buffer.from(body),
    '127.0.0.1',
  );
};

/** Percent-encoding as URLs want it, with the marks that encodeURIComponent leaves alone. */
const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const queryText = (query: Signing['query'] = {}): string => {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${percentEncode(name)}=${percentEncode(value)}`),
  );
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
};
