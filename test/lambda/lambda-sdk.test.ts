import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  ResourceNotFoundException,
  UpdateAliasCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { temporaryFolder } from '../commands/gavel.ts';

const folder = temporaryFolder();
let gateway: Gateway;
let client: LambdaClient;

beforeAll(async () => {
  writeFileSync(
    join(folder.path, 'index.mjs'),
    `export const handler = async ({ fail, ...event }) => { if (fail) throw new RangeError('as asked'); return event; };
     export const pieces = awslambda.streamifyResponse(async (event, stream) => { stream.write('one, '); stream.end('two'); });`,
  );
  writeFileSync(
    join(folder.path, 'template.yaml'),
    `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: . } }
Resources:
  Echo: { Type: AWS::Serverless::Function, Properties: { FunctionName: sdk-echo, Handler: index.handler } }
  Pieces: { Type: AWS::Serverless::Function, Properties: { FunctionName: sdk-pieces, Handler: index.pieces } }
`,
  );
  gateway = await startGateway({ template: join(folder.path, 'template.yaml') });
  const { control, credentials } = gateway.readiness;
  client = new LambdaClient({ endpoint: control, region: 'us-east-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await gateway.stop();
  folder.remove();
});

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
const invoke = (payload: object, more: object = {}) =>
  client.send(new InvokeCommand({ FunctionName: 'sdk-echo', Payload: JSON.stringify(payload), ...more }));

test('the SDK calls a function in all three ways', async () => {
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 10 }, { FunctionName: 'sdk-echo' });
  const answered = await invoke({ a: 1 }, { LogType: 'Tail' });
  expect([answered.StatusCode, answered.ExecutedVersion, text(answered.Payload)]).toEqual([200, '$LATEST', '{"a":1}']);
  expect(Buffer.from(answered.LogResult ?? '', 'base64').toString()).toContain('REPORT RequestId');
  const failed = await invoke({ fail: true });
  expect(failed.FunctionError).toBe('Unhandled');
  expect(JSON.parse(text(failed.Payload))).toMatchObject({ errorType: 'RangeError', errorMessage: 'as asked' });
  expect((await invoke({}, { InvocationType: 'Event' })).StatusCode).toBe(202);
  expect((await invoke({}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  await expect(invoke({}, { Qualifier: 'nowhere' })).rejects.toBeInstanceOf(ResourceNotFoundException);
});

test('the SDK reads a streamed answer', async () => {
  const { EventStream } = await client.send(new InvokeWithResponseStreamCommand({ FunctionName: 'sdk-pieces' }));
  const seen: string[] = [];
  for await (const event of EventStream!) {
    if (event.PayloadChunk) seen.push(text(event.PayloadChunk.Payload));
    if (event.InvokeComplete) seen.push(`complete ${event.InvokeComplete.ErrorCode ?? 'well'}`);
  }
  expect([seen.slice(0, -1).join(''), seen.at(-1)]).toEqual(['one, two', 'complete well']);
});

test('the SDK publishes a version and moves an alias to it', async () => {
  const FunctionName = 'sdk-echo';
  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName }));
  expect([Configuration?.Runtime, Configuration?.Handler]).toEqual(['nodejs24.x', 'index.handler']);
  const { Version } = await client.send(new PublishVersionCommand({ FunctionName }));
  const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions?.map((version) => version.Version)).toEqual(['$LATEST', Version]);
  await client.send(new CreateAliasCommand({ FunctionName, Name: 'blue', FunctionVersion: Version }));
  await client.send(
    new UpdateAliasCommand({ FunctionName, Name: 'blue', RoutingConfig: { AdditionalVersionWeights: {} } }),
  );
  expect(await client.send(new GetAliasCommand({ FunctionName, Name: 'blue' }))).toMatchObject({
    Name: 'blue',
    FunctionVersion: Version,
  });
  expect((await invoke({}, { Qualifier: 'blue' })).ExecutedVersion).toBe(Version);
  await client.send(new DeleteAliasCommand({ FunctionName, Name: 'blue' }));
  await expect(client.send(new GetAliasCommand({ FunctionName, Name: 'blue' }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
});
