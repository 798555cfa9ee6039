import { timingSafeEqual } from 'node:crypto';
import type { IdentityStore } from '../auth/identities.ts';
import { verifySignature } from '../auth/sigv4.ts';
import { type ApiRequest, headerValue } from '../server/messages.ts';

/** The services under whose name a client of the control plane may sign. */
const services = ['apigateway', 'lambda', 'execute-api'];

/** Whether a request carries the local identity: SigV4 as AWS's tools sign, or HTTP Basic for a plain curl. */
export const isAuthentic = (request: ApiRequest, identities: IdentityStore, region: string, now: number): boolean => {
  const authorization = headerValue(request.headers, 'authorization') ?? '';
  if (/^basic /i.test(authorization)) {
    const { accessKeyId, secretAccessKey } = identities.local;
    return same(Buffer.from(authorization.slice(6).trim(), 'base64'), Buffer.from(`${accessKeyId}:${secretAccessKey}`));
  }
  return services.some((service) => verifySignature(request, service, region, identities, now).ok);
};

const same = (given: Buffer, wanted: Buffer): boolean =>
  given.length === wanted.length && timingSafeEqual(given, wanted);
