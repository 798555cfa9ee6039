import { expect, test } from 'vitest';
import { resolveLambdaTarget } from '#gateway/integrations/lambda-target.ts';

const account = { id: '123456789012', region: 'us-east-1', partition: 'aws' };
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:bid';
const uri = (functionArn: string, action = 'invocations', service = 'lambda') =>
  `arn:aws:apigateway:us-east-1:${service}:path/2015-03-31/functions/${functionArn}/${action}`;

test.each([
  [arn, 'bid', null],
  [uri(arn), 'bid', null],
  [uri(`${arn}:live`), 'bid', 'live'],
  [uri(`${arn}:\${stageVariables.lambdaAlias}`), 'bid', 'candidate'],
  [uri(arn.replace('bid', '${stageVariables.function}')), 'sell', null],
])('%s leads to %s, %s', (text, name, qualifier) => {
  const target = resolveLambdaTarget(text, { lambdaAlias: 'candidate', function: 'sell' }, account);
  expect(target).toEqual({ kind: 'function', function: { name, qualifier } });
});

test.each([
  [uri(`${arn}:\${stageVariables.none}`), 'invalid'],
  ['', 'invalid'],
  ['https://example.com/', 'invalid'],
  [uri(arn.replace('123456789012', '999999999999')), 'unsupported'],
  [uri(arn, 'response-streaming-invocations'), 'unsupported'],
  ['arn:aws:apigateway:us-east-1:firehose:action/PutRecord', 'unsupported'],
])('%s is %s', (text, kind) => {
  expect(resolveLambdaTarget(text, {}, account)).toMatchObject({ kind, reason: expect.any(String) });
});
