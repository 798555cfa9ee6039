import { expect, test } from 'vitest';
import { signed } from '../auth/signing.ts';
import { connect, refused } from './client.ts';
import { route } from './live-api.ts';
import { servePlane, start, until } from './served-plane.ts';

const iam = { routes: [route('$connect', { authorizationType: 'AWS_IAM' }), route('$default')] };
const signature = async (at = start, stage = 'dev') => {
  const request = await signed({ path: `/${stage}`, at, presign: 60 });
  return { query: request.query, host: request.headers[request.headers.indexOf('Host') + 1]! };
};

test('AWS_IAM takes a presigned URL of an identity of this gateway, and nothing else', async () => {
  const { origin } = await servePlane(iam);
  const { query, host } = await signature();
  const headers = { Host: host };
  // The plane under test has an identity store of its own, to which this key is unknown.
  expect(await refused(`${origin}/dev?${query}`, { headers })).toMatchObject({
    status: 403,
    body: '{"message":"The security token included in the request is invalid."}',
    headers: { 'x-amzn-errortype': 'UnrecognizedClientException' },
  });
  expect(await refused(`${origin}/dev`)).toMatchObject({
    status: 403,
    body: '{"message":"Missing Authentication Token"}',
    headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
  });
});

test('AWS_IAM fills the identity, which later events repeat', async () => {
  const served = await servePlane(iam);
  const { local } = served.identities;
  const request = await signed({ path: '/dev', at: start, presign: 60, credentials: local });
  const client = await connect(`${served.origin}/dev?${request.query}`, {
    headers: { Host: request.headers[request.headers.indexOf('Host') + 1]!, 'User-Agent': 'tests' },
  });
  client.send('hello');
  await until(() => served.invocations.length === 2);
  const identity = {
    accountId: '123456789012',
    caller: local.userId,
    user: local.userId,
    userArn: 'arn:aws:iam::123456789012:user/gavel',
    accessKey: local.accessKeyId,
    userAgent: 'tests',
    sourceIp: '127.0.0.1',
  };
  for (const { event } of served.invocations) expect(event.requestContext).toMatchObject({ identity });
});

test.each([
  [
    'a Lambda authorizer',
    { authorizationType: 'CUSTOM' },
    'this gateway does not run Lambda authorizers of WebSocket APIs yet',
  ],
  ['an API key', { apiKeyRequired: true }, 'this gateway does not check API keys of WebSocket APIs yet'],
] as const)('%s is refused with the reason, never skipped', async (_, changes, reason) => {
  const { origin, invocations, observations } = await servePlane({ routes: [route('$connect', changes)] });
  expect(await refused(`${origin}/dev`)).toMatchObject({ status: 501, body: JSON.stringify({ message: reason }) });
  expect(invocations).toEqual([]);
  expect(observations).toContainEqual(
    expect.objectContaining({ kind: 'notice', text: `template.yaml:1:1: route $connect is refused: ${reason}` }),
  );
});
