import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { createSigner } from '#gateway/cloud/dynamodb/signature.ts';

const at = new Date('2026-03-04T05:06:07.890Z');
const host = 'dynamodb.eu-west-1.amazonaws.com';
const target = 'DynamoDB_20120810.PutItem';
const body = '{"TableName":"bids","Item":{"lot":{"S":"ü"}}}';

test.each([null, 'a session token'])('signs as the AWS SDK does (session token: %s)', async (sessionToken) => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken };
  const sign = createSigner(credentials, 'eu-west-1');
  const oracle = new SignatureV4({
    service: 'dynamodb',
    region: 'eu-west-1',
    sha256: Sha256,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', ...(sessionToken && { sessionToken }) },
  });
  for (const when of [at, new Date(at.getTime() + 24 * 3600 * 1000)]) {
    const { headers } = await oracle.sign(
      {
        method: 'POST',
        protocol: 'https:',
        hostname: host,
        path: '/',
        query: {},
        headers: { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
        body,
      },
      { signingDate: when, unsignableHeaders: new Set(['x-amz-content-sha256']) },
    );
    const ours = sign(host, target, body, when);
    expect(ours['x-amz-date']).toBe(headers['x-amz-date']);
    expect(ours.authorization).toBe(headers.authorization);
  }
});
