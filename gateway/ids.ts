import { randomBytes, randomFillSync } from 'node:crypto';

/** Random bytes taken from a pool: an id per request must not cost a system call. */
const pool = Buffer.alloc(8192);
let used = pool.length;
const take = (count: number): Buffer => {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
};

/** A request id of REST APIs and Lambda: a version 4 UUID. */
export const uuid = (): string => {
  const bytes = take(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/**
 * The short ids of API Gateway (`x-amz-apigw-id`, `apigw-requestid`, connection and message ids): eleven bytes in
 * base64, fifteen characters and an equal sign. HTTP and WebSocket ids may hold `-` and `_`, which is why they must be
 * percent-encoded no further than their `=`.
 */
export const shortId = (): string => `${take(11).toString('base64url')}=`;

/** `Root=1-<epoch in hex>-<24 hex>`; what follows it belongs to tracing. */
export const traceRoot = (now: number): string =>
  `1-${Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')}-${take(12).toString('hex')}`;

export const hexId = (bytes: number): string => take(bytes).toString('hex');

export const secret = (bytes: number): string => randomBytes(bytes).toString('base64url');
