import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { createObserver, type Observer } from '#gateway/observe/observer.ts';
import { temporaryFolder } from '../commands/gavel.ts';
import { eventually } from './bench-of-functions.ts';
import { lambdaClient } from './lambda-client.ts';

const folder = temporaryFolder();
let gateway: Gateway;
let lambda: ReturnType<typeof lambdaClient>;
/** Who listens to what the gateway tells. */
const listeners = new Set<() => void>();

const files = {
  'echo.mjs': `
    export const handler = async (event, context) => {
      console.log('got it');
      if (event.fail) throw new RangeError('as asked');
      return { event, arn: context.invokedFunctionArn, client: context.clientContext ?? null };
    };`,
  'pieces.mjs': `
    export const handler = awslambda.streamifyResponse(async (event, stream) => {
      for (const piece of ['one', 'two']) { stream.write(piece); await new Promise((done) => setTimeout(done, 20)); }
      if (event.fail) throw new RangeError('midway');
      stream.end();
    });`,
  'late.mjs': `
    import { existsSync } from 'node:fs';
    import { once } from 'node:events';
    export const handler = awslambda.streamifyResponse(async ({ until }, stream) => {
      while (until && !existsSync(until)) await new Promise((done) => setTimeout(done, 5));
      for (let i = 0; until && i < 20; i++) if (!stream.write(Buffer.alloc(1 << 20))) await once(stream, 'drain');
      stream.end('all');
    });`,
  'caller.mjs': `
    import { Sha256 } from '@aws-crypto/sha256-js';
    import { SignatureV4 } from '@smithy/signature-v4';
    import { HttpRequest } from '@smithy/protocol-http';
    export const handler = async ({ type }) => {
      const host = 'lambda.us-east-1.amazonaws.com';
      const path = '/2015-03-31/functions/api-echo/invocations';
      const body = JSON.stringify({ from: 'caller' });
      const signer = new SignatureV4({ service: 'lambda', region: process.env.AWS_REGION, sha256: Sha256, credentials: {
        accessKeyId: process.env.AWS_ACCESS_KEY_ID,
        secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
        sessionToken: process.env.AWS_SESSION_TOKEN,
      } });
      const { headers } = await signer.sign(new HttpRequest({
        method: 'POST', hostname: host, path, headers: { host, 'x-amz-invocation-type': type }, body,
      }));
      const response = await fetch('https://' + host + path, { method: 'POST', headers, body });
      return { status: response.status, text: await response.text() };
    };`,
  'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x } }
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties:
      { CodeUri: ., Handler: echo.handler, FunctionName: api-echo, AutoPublishAlias: live, Description: says it again }
  Pieces:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: pieces.handler, FunctionName: api-pieces }
  Late:
    Type: AWS::Serverless::Function
    Properties:
      { CodeUri: ., Handler: late.handler, FunctionName: api-late, ReservedConcurrentExecutions: 1, Timeout: 60 }
  Caller:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: caller.handler, FunctionName: api-caller, Timeout: 20 }
  Off:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: echo.handler, FunctionName: api-off, ReservedConcurrentExecutions: 0 }
  Snake:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: echo.handler, FunctionName: api-snake, Runtime: python3.13 }
`,
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder.path, 'node_modules'), 'junction');
  const { emit, subscribe } = createObserver();
  const observer: Observer = {
    emit,
    subscribe(sink) {
      const stop = subscribe(sink);
      listeners.add(stop);
      return () => {
        listeners.delete(stop);
        stop();
      };
    },
  };
  gateway = await startGateway({ template: join(folder.path, 'template.yaml'), stackName: 'api', observer });
  lambda = lambdaClient(gateway);
});
afterAll(async () => {
  await gateway.stop();
  folder.remove();
});

const functions = '/2015-03-31/functions';
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:api-echo';
const invoke = (name: string, body: unknown, headers: Record<string, string> = {}) =>
  lambda('POST', `${functions}/${name}/invocations`, { body, headers });

describe('Invoke', () => {
  test.each([
    ['a name', 'api-echo', arn],
    ['a name and an alias', 'api-echo:live', `${arn}:live`],
    ['an ARN', encodeURIComponent(`${arn}:$LATEST`), `${arn}:$LATEST`],
    ['a partial ARN', '123456789012%3Afunction%3Aapi-echo', arn],
  ])('by %s', async (_, name, invoked) => {
    const answer = await invoke(name, { a: 'ä' });
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ event: { a: 'ä' }, arn: invoked, client: null });
    expect(answer.headers.get('x-amz-executed-version')).toBe(name.includes('live') ? '1' : '$LATEST');
    expect(answer.headers.get('x-amz-function-error')).toBeNull();
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('with a qualifier, a client context, the end of the log, and without a payload', async () => {
    const answer = await lambda('POST', `${functions}/api-echo/invocations?Qualifier=live`, {
      headers: {
        'x-amz-log-type': 'Tail',
        'x-amz-client-context': Buffer.from('{"custom":{"a":"b"}}').toString('base64'),
      },
    });
    expect(answer.json).toMatchObject({ event: {}, arn: `${arn}:live`, client: { custom: { a: 'b' } } });
    const log = Buffer.from(answer.headers.get('x-amz-log-result')!, 'base64').toString('utf8').trim().split('\n');
    expect(log[0]).toMatch(/^START RequestId: \S+ Version: 1$/);
    expect(log[1]).toMatch(/\tINFO\tgot it$/);
    expect(log.at(-1)).toMatch(/^REPORT RequestId: /);
  });

  test('tells a function’s own failure from one of the call', async () => {
    const failed = await invoke('api-echo', { fail: true });
    expect(failed.status).toBe(200);
    expect(failed.headers.get('x-amz-function-error')).toBe('Unhandled');
    expect(failed.json).toMatchObject({ errorType: 'RangeError', errorMessage: 'as asked' });
  });

  test.each([
    [
      'nobody',
      {},
      '{}',
      404,
      'ResourceNotFoundException',
      /^Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody$/,
    ],
    ['api-echo:7', {}, '{}', 404, 'ResourceNotFoundException', /function:api-echo:7$/],
    ['api-off', {}, '{}', 429, 'TooManyRequestsException', /^Rate Exceeded\.$/],
    ['api-snake', {}, '{}', 501, 'NotImplemented', /python3\.13/],
    ['api-echo', {}, '{"a":', 400, 'InvalidRequestContentException', /^Could not parse request body into json: /],
    [
      'api-echo',
      {},
      `"${'x'.repeat(6_291_456)}"`,
      413,
      'RequestTooLargeException',
      /6291456 bytes for the InvokeFunction/,
    ],
    [
      'api-echo',
      { 'x-amz-invocation-type': 'Event' },
      `"${'x'.repeat(1_048_576)}"`,
      413,
      'RequestEntityTooLargeException',
      /too large for the Event invocation type/,
    ],
    [
      'api-echo',
      { 'x-amz-invocation-type': 'Maybe' },
      '{}',
      400,
      'InvalidParameterValueException',
      /RequestResponse, Event, DryRun/,
    ],
    ['a%20b', {}, '{}', 400, 'InvalidParameterValueException', /no name or ARN/],
  ])('of %s with %j is refused in Lambda’s words', async (name, headers, body, status, type, message) => {
    const answer = await invoke(name, body, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('x-amzn-errortype')).toBe(type);
    expect(answer.json.message ?? answer.json.Message).toMatch(message);
    expect(answer.json.Type).toBe('User');
    if (status === 429) expect(answer.json.Reason).toBe('ReservedFunctionConcurrentInvocationLimitExceeded');
  });

  test('as an event is accepted and runs; as a dry run it does not', async () => {
    const ran = () => seen.length;
    const seen: string[] = [];
    const stop = gateway.observer.subscribe((one) => {
      if (one.kind === 'invocation' && one.function === 'Echo') seen.push(one.event);
    });
    const dry = await invoke('api-echo', { n: 1 }, { 'x-amz-invocation-type': 'DryRun' });
    expect([dry.status, dry.text]).toEqual([204, '']);
    const event = await invoke('api-echo', { n: 2 }, { 'x-amz-invocation-type': 'Event' });
    expect([event.status, event.text]).toEqual([202, '']);
    await gateway.idle();
    stop();
    expect(ran()).toBe(1);
    expect(seen).toEqual(['{"n":2}']);
  });

  test('reaches it from a handler by AWS’s name for it', async () => {
    const called = async (type: string) => {
      const result = await gateway.invoke('Caller', { type });
      return JSON.parse(result.kind === 'answered' ? result.payload : '{}');
    };
    expect(await called('Event')).toEqual({ status: 202, text: '' });
    const answer = await called('RequestResponse');
    expect(JSON.parse(answer.text)).toMatchObject({ event: { from: 'caller' }, arn });
  });

  test('without a signature, or with a wrong one, is refused', async () => {
    const url = `${gateway.readiness.control}${functions}/api-echo/invocations`;
    const unsigned = await fetch(url, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(403);
    expect(unsigned.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    const wrong = lambdaClient({
      ...gateway,
      clock: gateway.clock,
      readiness: { ...gateway.readiness, credentials: { accessKeyId: 'AKIAWRONG', secretAccessKey: 'x' } },
    });
    const answer = await wrong('POST', `${functions}/api-echo/invocations`, { body: '{}' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-amzn-errortype')).toBe('UnrecognizedClientException');
  });
});

describe('InvokeWithResponseStream', () => {
  const streamed = async (name: string, body: unknown) => {
    const answer = await lambda('POST', `/2021-11-15/functions/${name}/response-streaming-invocations`, { body });
    return { status: answer.status, headers: answer.headers, messages: messagesIn(answer.bytes) };
  };

  test('hands on what is written, and tells of its end', async () => {
    const { status, headers, messages } = await streamed('api-pieces', {});
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/vnd.amazon.eventstream');
    const chunks = messages.filter(({ type }) => type === 'PayloadChunk');
    expect(chunks.map(({ payload }) => payload).join('')).toBe('onetwo');
    expect(chunks.length).toBeGreaterThan(1);
    expect(messages.at(-1)).toEqual({ type: 'InvokeComplete', payload: '{}' });
  });

  test('tells of a failure midway, and of one that never began to stream', async () => {
    const midway = await streamed('api-pieces', { fail: true });
    expect(JSON.parse(midway.messages.at(-1)!.payload)).toMatchObject({
      ErrorCode: 'Unhandled',
      ErrorDetails: expect.stringContaining('midway'),
    });
    const whole = await streamed('api-echo', { n: 1 });
    expect(whole.messages.map(({ type }) => type)).toEqual(['PayloadChunk', 'InvokeComplete']);
  });

  test('holds nothing for a caller that has gone before the first byte, or was refused', async () => {
    const before = listeners.size;
    const headers = { 'x-amz-log-type': 'Tail' };
    const gone = new AbortController();
    const until = join(folder.path, 'go');
    const path = '/2021-11-15/functions/api-late/response-streaming-invocations';
    const leaving = lambda('POST', path, { body: { until }, headers, signal: gone.signal });
    leaving.catch(() => {});
    await eventually(() => listeners.size === before + 1, 'the call');
    gone.abort();
    await expect(leaving).rejects.toThrow('aborted');
    writeFileSync(until, '');
    // The function has one place, which would else be held for the minute that it may run.
    expect((await streamed('api-late', {})).messages.map(({ type }) => type)).toEqual([
      'PayloadChunk',
      'InvokeComplete',
    ]);
    expect((await lambda('POST', path.replace('late', 'off'), { body: {}, headers })).status).toBe(429);
    await eventually(() => listeners.size === before, 'the end of listening');
  });
});

/** Takes an event stream apart; lengths must agree to the last byte. */
const messagesIn = (bytes: Buffer): { type: string; payload: string }[] => {
  const messages = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const headersLength = bytes.readUInt32BE(at + 4);
    const headers = bytes.toString('latin1', at + 12, at + 12 + headersLength);
    const payload = bytes.toString('utf8', at + 12 + headersLength, at + length - 4);
    messages.push({ type: /:event-type\x07..(PayloadChunk|InvokeComplete)/s.exec(headers)![1]!, payload });
    at += length;
  }
  return messages;
};

describe('the control plane', () => {
  test('lists and describes functions', async () => {
    const listed = (await lambda('GET', `${functions}/`)).json.Functions;
    expect(listed.map((one: { FunctionName: string }) => one.FunctionName)).toEqual([
      'api-echo',
      'api-pieces',
      'api-late',
      'api-caller',
      'api-off',
      'api-snake',
    ]);
    const { json } = await lambda('GET', `${functions}/api-echo?Qualifier=live`);
    expect(json.Configuration).toMatchObject({
      FunctionName: 'api-echo',
      FunctionArn: `${arn}:live`,
      Version: '1',
      Runtime: 'nodejs24.x',
      Handler: 'echo.handler',
      MemorySize: 128,
      Timeout: 3,
      State: 'Active',
    });
    const configuration = await lambda('GET', `${functions}/api-echo/configuration`);
    expect(configuration.json).toMatchObject({ FunctionArn: arn, Version: '$LATEST', Description: 'says it again' });
    expect((await lambda('GET', `${functions}/api-off`)).json.Concurrency).toEqual({ ReservedConcurrentExecutions: 0 });
  });

  test('publishes versions and moves aliases, which holds over a reload until it is unpinned', async () => {
    const published = await lambda('POST', `${functions}/api-echo/versions`, { body: { Description: 'first' } });
    expect(published.status).toBe(201);
    expect(published.json).toMatchObject({ Version: '2', FunctionArn: `${arn}:2`, Description: 'first' });
    const versions = (await lambda('GET', `${functions}/api-echo/versions`)).json.Versions;
    expect(versions.map(({ Version }: { Version: string }) => Version)).toEqual(['$LATEST', '1', '2']);

    const made = await lambda('POST', `${functions}/api-echo/aliases`, {
      body: { Name: 'candidate', FunctionVersion: '2', Description: 'next' },
    });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ AliasArn: `${arn}:candidate`, FunctionVersion: '2', Description: 'next' });
    const again = await lambda('POST', `${functions}/api-echo/aliases`, {
      body: { Name: 'candidate', FunctionVersion: '2' },
    });
    expect([again.status, again.headers.get('x-amzn-errortype')]).toEqual([409, 'ResourceConflictException']);

    const live = `${functions}/api-echo/aliases/live`;
    const { RevisionId } = (await lambda('GET', live)).json;
    const shifted = await lambda('PUT', live, {
      body: { FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { 2: 1 } }, RevisionId },
    });
    expect(shifted.json.RoutingConfig).toEqual({ AdditionalVersionWeights: { 2: 1 } });
    const stale = await lambda('PUT', live, { body: { FunctionVersion: '2', RevisionId } });
    expect([stale.status, stale.headers.get('x-amzn-errortype')]).toEqual([412, 'PreconditionFailedException']);
    expect((await invoke('api-echo:live', {})).headers.get('x-amz-executed-version')).toBe('2');
    await gateway.reload();
    expect((await invoke('api-echo:live', {})).headers.get('x-amz-executed-version')).toBe('2');
    const moved = await lambda('PUT', live, { body: { FunctionVersion: '2', RoutingConfig: {} } });
    expect(moved.json.RoutingConfig).toBeUndefined();
    expect((await lambda('GET', `${functions}/api-echo/aliases?FunctionVersion=2`)).json.Aliases).toHaveLength(2);

    const { control, credentials } = gateway.readiness;
    expect((await fetch(`${control}/unpin`, { method: 'POST' })).status).toBe(403);
    const basic = Buffer.from(`${credentials.accessKeyId}:${credentials.secretAccessKey}`).toString('base64');
    const unpinned = await fetch(`${control}/unpin`, { method: 'POST', headers: { authorization: `Basic ${basic}` } });
    expect(await unpinned.json()).toEqual({ unpinned: ['api-echo'] });
    expect((await invoke('api-echo:live', {})).headers.get('x-amz-executed-version')).toBe('1');
    expect((await lambda('GET', `${functions}/api-echo/aliases/candidate`)).json.Message).toBe(
      `Cannot find alias arn: ${arn}:candidate`,
    );
  });

  test('sets concurrency', async () => {
    const path = '/functions/api-echo/concurrency';
    const put = await lambda('PUT', `/2017-10-31${path}`, { body: { ReservedConcurrentExecutions: 0 } });
    expect(put.json).toEqual({ ReservedConcurrentExecutions: 0 });
    expect((await invoke('api-echo', {})).status).toBe(429);
    expect((await lambda('DELETE', `/2017-10-31${path}`)).status).toBe(204);
    expect((await lambda('GET', `/2019-09-30${path}`)).json).toEqual({});
    expect((await invoke('api-echo', {})).status).toBe(200);
    const tooMuch = await lambda('PUT', `/2017-10-31${path}`, { body: { ReservedConcurrentExecutions: 901 } });
    expect([tooMuch.status, tooMuch.json.message]).toEqual([400, expect.stringContaining('minimum value of [100]')]);

    const provisioned = '/2019-09-30/functions/api-echo/provisioned-concurrency?Qualifier=live';
    expect((await lambda('GET', provisioned)).status).toBe(404);
    expect((await lambda('PUT', provisioned, { body: { ProvisionedConcurrentExecutions: 1 } })).status).toBe(202);
    expect((await lambda('GET', provisioned)).json).toMatchObject({ Status: 'READY' });
    const list = await lambda('GET', '/2019-09-30/functions/api-echo/provisioned-concurrency?List=ALL');
    expect(list.json.ProvisionedConcurrencyConfigs).toMatchObject([{ FunctionArn: `${arn}:live`, Status: 'READY' }]);
    expect((await lambda('DELETE', provisioned)).status).toBe(204);
  });

  test.each([
    ['PUT', '/2015-03-31/functions/api-echo/code', /UpdateFunctionCode: functions come from the template/],
    ['POST', '/2014-11-13/functions/api-echo/invoke-async/', /InvokeAsync/],
    ['GET', '/2018-10-31/layers', /GET \/2018-10-31\/layers is no operation/],
  ])('%s %s is refused by its name', async (method, path, message) => {
    const answer = await lambda(method, path, method === 'GET' ? {} : { body: '{}' });
    expect(answer.status).toBe(501);
    expect(answer.json.message).toMatch(message);
  });
});
