import { describe, expect, test } from 'vitest';
import { verifySignature } from '#gateway/auth/sigv4.ts';
import type { ApiRequest } from '#gateway/server/messages.ts';
import { host, identities, region, signed } from './signing.ts';

const now = Date.parse('2026-11-20T22:00:00Z');
const minutes = (count: number): number => count * 60_000;
const verify = (request: ApiRequest, at = now, service = 'execute-api'): ReturnType<typeof verifySignature> =>
  verifySignature(request, service, region, identities, at);
const withHeader = (request: ApiRequest, name: string, value: string | null): ApiRequest => {
  const headers: string[] = [];
  for (let i = 0; i < request.headers.length; i += 2) {
    if (request.headers[i]!.toLowerCase() !== name) headers.push(request.headers[i]!, request.headers[i + 1]!);
  }
  return { ...request, headers: value === null ? headers : [...headers, name, value] };
};
const authorizationOf = (request: ApiRequest): string => {
  const at = request.headers.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'authorization');
  return request.headers[at + 1]!;
};

describe('what a signer sends is accepted', () => {
  test.each([
    ['a plain GET', {}],
    ['a body', { method: 'POST', body: '{"amount":1200000}' }],
    ['a body beyond ASCII', { method: 'POST', body: 'Käfer, 12.000 €' }],
    [
      'a query out of order, with repeated and empty values',
      { query: { z: '1', a: ['b', 'a', ''], 'A b': 'c+d&e=f' } },
    ],
    ['marks that encoders disagree on', { query: { q: "!'()*~-._" } }],
    ['an encoded path', { path: '/dev/%40connections/L0SM9cOFvHcCIhw%3D' }],
    ['an encoded slash and a space', { path: '/dev/lots/a%2Fb%20c' }],
    ['a trailing slash', { path: '/dev/lots/' }],
    ['a double slash', { path: '/dev//lots' }],
    ['the root', { path: '/' }],
    ['header values with spaces to collapse', { headers: { 'X-Note': '  many   spaces  ' } }],
    ['a presigned URL', { presign: 60 }],
    ['a presigned URL with a query of its own', { presign: 60, query: { lot: 'l 1' } }],
  ])('%s', async (_, signing) => {
    const verdict = verify(await signed({ ...signing, at: now }));
    expect(verdict).toEqual({ ok: true, identity: identities.local });
  });

  test('the path that was sent bare but signed in its encoded form', async () => {
    const request = await signed({ path: '/dev/%40connections/L0SM9cOFvHcCIhw%3D', at: now });
    expect(verify({ ...request, path: '/dev/@connections/L0SM9cOFvHcCIhw=' }).ok).toBe(true);
  });

  test('a header beyond ASCII, of whose bytes one looks like a space', async () => {
    const request = await signed({ headers: { 'X-Note': 'déjà vu, voilà' }, at: now });
    const onTheWire = request.headers.map((text) => Buffer.from(text).toString('latin1'));
    expect(verify({ ...request, headers: onTheWire }).ok).toBe(true);
  });

  test('a role session, with its token in a header or in the query', async () => {
    const session = identities.forRole('arn:aws:iam::123456789012:role/service/Broadcaster');
    expect(identities.forRole('arn:aws:iam::123456789012:role/service/Broadcaster')).toBe(session);
    expect(verify(await signed({ credentials: session, at: now }))).toEqual({ ok: true, identity: session });
    expect(verify(await signed({ credentials: session, presign: 30, at: now })).ok).toBe(true);
    expect(session.userArn).toBe('arn:aws:sts::123456789012:assumed-role/Broadcaster/gavel');
  });

  test('a date in the Date header of HTTP, as old clients send it', async () => {
    const request = await signed({ at: now });
    const moved = withHeader(withHeader(request, 'x-amz-date', null), 'date', 'Fri, 20 Nov 2026 22:00:00 GMT');
    // The signature does not fit, as x-amz-date was signed; but the date was understood.
    expect(verify(moved)).toMatchObject({ kind: 'mismatch' });
  });
});

describe('a changed request is refused', () => {
  const change = async (alter: (request: ApiRequest) => ApiRequest): Promise<ReturnType<typeof verify>> =>
    verify(
      alter(await signed({ method: 'POST', query: { lot: '1' }, headers: { 'X-Note': 'a' }, body: 'bid', at: now })),
    );
  test.each<[string, (request: ApiRequest) => ApiRequest]>([
    ['method', (request) => ({ ...request, method: 'PUT' })],
    ['path', (request) => ({ ...request, path: '/prod/lots' })],
    ['path by a dot segment', (request) => ({ ...request, path: '/dev/admin/../lots' })],
    ['query value', (request) => ({ ...request, query: 'lot=2' })],
    ['query, by one more parameter', (request) => ({ ...request, query: 'lot=1&lot=2' })],
    ['signed header', (request) => withHeader(request, 'x-note', 'b')],
    ['signed header, by its absence', (request) => withHeader(request, 'x-note', null)],
    ['signed header, by a second one', (request) => ({ ...request, headers: [...request.headers, 'X-Note', 'b'] })],
    ['host', (request) => withHeader(request, 'host', 'other.example.com')],
    ['body', (request) => ({ ...request, body: Buffer.from('bad') })],
  ])('%s', async (_, alter) => {
    expect(await change(alter)).toMatchObject({ ok: false, kind: 'mismatch' });
  });

  test('a body under a hash header that still tells the old one', async () => {
    const request = await signed({ method: 'POST', body: 'bid', at: now });
    expect(request.headers.map((text) => text.toLowerCase())).toContain('x-amz-content-sha256');
    expect(verify({ ...request, body: Buffer.from('bad') })).toMatchObject({ kind: 'mismatch' });
  });

  test('a body that the signer left out of the signature', async () => {
    const request = await signed({
      method: 'POST',
      body: 'bid',
      headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
      at: now,
    });
    expect(verify(request)).toMatchObject({ kind: 'mismatch' });
  });

  test('the text shows what should have been signed', async () => {
    const request = await signed({ at: now });
    const verdict = verify({ ...request, path: '/dev/cars' });
    expect(verdict).toMatchObject({ ok: false });
    const { message } = verdict as { message: string };
    expect(message).toMatch(
      /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\. Consult the service documentation for details\.\n\nThe Canonical String for this request should have been\n'GET\n\/dev\/cars\n\n/,
    );
    expect(message).toContain(
      "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20261120T220000Z\n20261120/us-east-1/execute-api/aws4_request\n",
    );
  });

  test('a signature that does not cover the host', async () => {
    const request = await signed({ at: now });
    const bare = authorizationOf(request).replace(/SignedHeaders=[^,]+/, 'SignedHeaders=x-amz-date');
    expect(verify(withHeader(request, 'authorization', bare))).toMatchObject({
      kind: 'mismatch',
      message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    });
  });
});

describe('who and when', () => {
  test('nothing signed', () => {
    const request: ApiRequest = {
      method: 'GET',
      path: '/',
      query: '',
      headers: ['Host', host],
      body: Buffer.alloc(0),
      sourceIp: '',
    };
    expect(verify(request)).toEqual({ ok: false, kind: 'missing', message: 'Missing Authentication Token' });
  });

  test('each missing piece of the header is named', async () => {
    const request = withHeader(await signed({ at: now }), 'x-amz-date', null);
    expect(verify(withHeader(request, 'authorization', 'AWS4-HMAC-SHA256 Foo=bar'))).toEqual({
      ok: false,
      kind: 'incomplete',
      message:
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 Foo=bar",
    });
    expect(verify(withHeader(await signed({ at: now }), 'authorization', 'Bearer abc'))).toMatchObject({
      kind: 'incomplete',
    });
  });

  test('a presigned URL without its signature', async () => {
    const request = await signed({ presign: 60, at: now });
    const query = request.query.replace(/&?X-Amz-Signature=[^&]*/, '');
    expect(verify({ ...request, query })).toEqual({
      ok: false,
      kind: 'incomplete',
      message: "AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.",
    });
  });

  test.each([
    ['an unknown key', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }],
    ['a session without its token', { ...identities.forRole('arn:aws:iam::1:role/R'), sessionToken: undefined }],
    ['a session with another token', { ...identities.forRole('arn:aws:iam::1:role/R'), sessionToken: 'made-up' }],
    ['a token where the identity has none', { ...identities.local, sessionToken: 'made-up' }],
  ])('%s', async (_, credentials) => {
    expect(verify(await signed({ credentials, at: now }))).toEqual({
      ok: false,
      kind: 'unknown-key',
      message: 'The security token included in the request is invalid.',
    });
  });

  test('the right key with a wrong secret', async () => {
    const credentials = { accessKeyId: identities.local.accessKeyId, secretAccessKey: 'wrong' };
    expect(verify(await signed({ credentials, at: now }))).toMatchObject({ kind: 'mismatch' });
  });

  test('another region or another service', async () => {
    expect(verify(await signed({ region: 'eu-west-1', at: now }))).toEqual({
      ok: false,
      kind: 'scope',
      message: "Credential should be scoped to a valid region, not 'eu-west-1'.",
    });
    expect(verify(await signed({ service: 'lambda', at: now }))).toEqual({
      ok: false,
      kind: 'scope',
      message: "Credential should be scoped to correct service: 'execute-api'.",
    });
  });

  test('five minutes either way, to the second', async () => {
    const request = await signed({ at: now });
    expect(verify(request, now + minutes(5)).ok).toBe(true);
    expect(verify(request, now - minutes(5)).ok).toBe(true);
    expect(verify(request, now + minutes(5) + 1000)).toEqual({
      ok: false,
      kind: 'expired',
      message: 'Signature expired: 20261120T220000Z is now earlier than 20261120T220001Z (20261120T220501Z - 5 min.)',
    });
    expect(verify(request, now - minutes(5) - 1000)).toEqual({
      ok: false,
      kind: 'not-yet',
      message:
        'Signature not yet current: 20261120T220000Z is still later than 20261120T215959Z (20261120T215459Z + 5 min.)',
    });
  });

  test('a presigned URL lives as long as it says', async () => {
    const request = await signed({ presign: 900, at: now });
    expect(verify(request, now + minutes(15)).ok).toBe(true);
    expect(verify(request, now + minutes(15) + 1000)).toMatchObject({ kind: 'expired' });
  });

  test('a signature of yesterday moved to today by its date alone', async () => {
    const request = await signed({ at: now - minutes(24 * 60) });
    expect(verify(withHeader(request, 'x-amz-date', '20261120T220000Z'))).toMatchObject({
      kind: 'scope',
      message:
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261119' != '20261120', from '20261120T220000Z'.",
    });
  });
});
